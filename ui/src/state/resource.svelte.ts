import { asProblem, type ProblemError } from '../api/problem';

/// Something fetched: loading, there, or failed with a reason, and reloadable. What was there stays on
/// the page while it is fetched again.
export class Resource<T> {
  value = $state.raw<T>();
  problem = $state.raw<ProblemError>();
  loading = $state(true);
  readonly #load: () => Promise<T>;
  #round = 0;
  #late: Partial<T>[] = [];

  constructor(load: () => Promise<T>) {
    this.#load = load;
    void this.reload();
  }

  /// Puts news into what is there. News that come while it is fetched may be newer than the answer, so
  /// they are put into that too.
  patch(news: Partial<T>): void {
    if (this.loading) this.#late.push(news);
    if (this.value !== undefined) this.value = { ...this.value, ...news };
  }

  async reload(): Promise<void> {
    const round = ++this.#round;
    this.loading = true;
    this.#late = [];
    try {
      const value = await this.#load();
      if (round !== this.#round) return; // A later question was asked meanwhile.
      this.value = this.#late.reduce<T>((known, news) => ({ ...known, ...news }), value);
      this.problem = undefined;
    } catch (failure) {
      if (round !== this.#round) return;
      this.problem = asProblem(failure);
    } finally {
      if (round === this.#round) this.loading = false;
    }
  }
}
