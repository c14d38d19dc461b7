import { Resource } from './resource.svelte';
import type { Page } from './paged.svelte';
import { query, setQuery } from './route.svelte';
import { whenChanged } from './when-changed.svelte';

const SIZE = 50;

/// A list so long that its pages are not counted from the first: each begins where the one before ended, so that the
/// last costs no more than the first. The address keeps where every page so far ended; it can be returned to and sent
/// to somebody like that of a `Paged`. For the script of a screen.
export class Leafed<Row, Filter extends object, Found extends Page<Row> = Page<Row>> extends Resource<Found> {
  readonly size = SIZE;
  readonly #filter: () => Filter;
  readonly #key: (row: Row) => number;

  constructor(load: (filter: Filter, before: number | undefined, size: number) => Promise<Found>, filter: () => Filter, key: (row: Row) => number) {
    super(() => load(filter(), ends().at(-1), SIZE));
    this.#filter = filter;
    this.#key = key;
    whenChanged(
      () => [filter(), ends()],
      () => void this.reload(),
    );
  }

  get page(): number {
    return ends().length;
  }

  get filtered(): boolean {
    return Object.values(this.#filter()).some(Boolean);
  }

  /// One page on, or to any page before.
  readonly turn = (page: number): void => {
    const so = ends();
    const last = this.value?.items.at(-1);
    if (page < so.length) setQuery({ before: so.slice(0, page).join('.') });
    else if (page === so.length + 1 && last) setQuery({ before: [...so, this.#key(last)].join('.') });
  };
}

function ends(): number[] {
  const rows = (query('before') ?? '').split('.').filter(Boolean).map(Number);
  return rows.every((row) => Number.isSafeInteger(row) && row > 0) ? rows : [];
}
