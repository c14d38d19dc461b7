import { Resource } from './resource.svelte';
import { toastFailure } from './toasts.svelte';

/// A list that only grows, read from its newest row on, as far back as somebody wants to look.
export class Unrolled<Row> extends Resource<Row[]> {
  /// Whether there is nothing before what is shown.
  atEnd = $state(false);
  fetching = $state(false);
  readonly #load: (before?: Row) => Promise<Row[]>;
  readonly #size: number;

  /// `load` answers at most `size` rows before the one it is given.
  constructor(load: (before?: Row) => Promise<Row[]>, size: number) {
    super(async () => {
      const newest = await load();
      this.atEnd = newest.length < size;
      return newest;
    });
    this.#load = load;
    this.#size = size;
  }

  async more(): Promise<void> {
    const shown = this.value ?? [];
    this.fetching = true;
    try {
      const older = await this.#load(shown.at(-1));
      // Whoever asked anew meanwhile sees another list.
      if (this.value !== shown) return;
      this.value = [...shown, ...older];
      this.atEnd = older.length < this.#size;
    } catch (failure) {
      toastFailure(failure);
    } finally {
      this.fetching = false;
    }
  }
}
