/// What the back end tells without being asked, over one EventSource.
///
/// EventSource connects again by itself after a dropped line but gives up on an answer that is no event
/// stream (a proxy's error page, an expired session), so that case is tried again here. Whoever shows
/// something must fetch it again after a gap: events that were missed do not come back.

export type LiveState = 'connecting' | 'open' | 'lost';

type Listener = (event: never) => void;

export class Live {
  state = $state<LiveState>('connecting');
  readonly #address: string;
  readonly #make: (address: string) => EventSource;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #afterGap = new Set<() => void>();
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #hadGap = false;

  constructor(address = '/api/live', make = (address: string) => new EventSource(address)) {
    this.#address = address;
    this.#make = make;
  }

  open(): void {
    if (this.#source) return;
    const source = this.#make(this.#address);
    this.#source = source;
    source.onopen = () => {
      this.state = 'open';
      this.#attempts = 0;
      if (this.#hadGap) for (const listener of this.#afterGap) listener();
      this.#hadGap = false;
    };
    source.onerror = () => {
      this.state = 'lost';
      this.#hadGap = true;
      if (source.readyState === EventSource.CLOSED) this.#tryAgainLater();
    };
    for (const name of this.#listeners.keys()) source.addEventListener(name, this.#deliver);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
    this.state = 'connecting';
    this.#hadGap = true;
  }

  /// Listens until the returned function is called.
  on<T>(name: string, listener: (event: T) => void): () => void {
    let listeners = this.#listeners.get(name);
    if (!listeners) {
      listeners = new Set();
      this.#listeners.set(name, listeners);
      this.#source?.addEventListener(name, this.#deliver);
    }
    listeners.add(listener as Listener);
    return () => listeners.delete(listener as Listener);
  }

  /// Told when the line is back and something may have been missed.
  onReturn(listener: () => void): () => void {
    this.#afterGap.add(listener);
    return () => this.#afterGap.delete(listener);
  }

  readonly #deliver = (message: MessageEvent<string>): void => {
    let event: unknown;
    try {
      event = JSON.parse(message.data);
    } catch {
      return; // A broken event is as good as a missed one; the next fetch repairs it.
    }
    for (const listener of this.#listeners.get(message.type) ?? []) (listener as (event: unknown) => void)(event);
  };

  #tryAgainLater(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#timer);
    const seconds = Math.min(30, 2 ** this.#attempts++);
    this.#timer = setTimeout(() => this.open(), seconds * 1000);
  }
}

/// The one line of this page.
export const live = new Live();
