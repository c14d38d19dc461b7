import { Resource } from './resource.svelte';
import { query, setQuery } from './route.svelte';
import { whenChanged } from './when-changed.svelte';

export interface Page<Row> {
  items: Row[];
  total: number;
}

const SIZE = 50;

/// One page of a long list. The address says which page and which filters, so that a find can be returned to and sent
/// to somebody; another address has the list asked for again. For the script of a screen.
export class Paged<Row, Filter extends object> extends Resource<Page<Row>> {
  readonly size = SIZE;
  readonly #filter: () => Filter;

  /// Where two lists share an address, `shown` tells which of them is looked at: only that one asks again.
  constructor(load: (filter: Filter, page: number, size: number) => Promise<Page<Row>>, filter: () => Filter, shown: () => boolean = () => true) {
    super(() => load(filter(), pageAsked(), SIZE));
    this.#filter = filter;
    whenChanged(
      () => [shown(), filter(), pageAsked()],
      () => {
        if (shown()) void this.reload();
      },
    );
  }

  get page(): number {
    return pageAsked();
  }

  /// Whether rows may be missing only for the sake of a filter.
  get filtered(): boolean {
    return Object.values(this.#filter()).some(Boolean);
  }
}

/// Another filter makes another list, which begins at its first page.
export function filterBy(changes: Record<string, string | undefined>): void {
  setQuery({ ...changes, page: undefined, before: undefined });
}

export function turnTo(page: number): void {
  setQuery({ page: page ? String(page) : undefined });
}

function pageAsked(): number {
  return Number(query('page') ?? 0);
}
