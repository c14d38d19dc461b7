/// What a browser remembers of its person's taste. A browser that keeps nothing is no reason to fail.

type Taste = 'language' | 'theme' | 'volume';

export function remembered(what: Taste): string | undefined {
  try {
    return localStorage.getItem(`qonyrau.${what}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(what: Taste, value: string): void {
  try {
    localStorage.setItem(`qonyrau.${what}`, value);
  } catch {
    // Private windows and full disks: the choice holds until the page is closed.
  }
}
