/// Addresses live behind the `#`, so that the server only ever serves one file.

const state = $state<{ path: string; query: URLSearchParams }>({ path: '/', query: new URLSearchParams() });

export function startRouting(): void {
  addEventListener('hashchange', read);
  read();
}

export function path(): string {
  return state.path;
}

export function query(name: string): string | undefined {
  return state.query.get(name) ?? undefined;
}

export function navigate(to: string): void {
  location.hash = to;
}

/// Changes parameters of the present address without leaving a step to go back to.
export function setQuery(changes: Record<string, string | undefined>): void {
  const next = new URLSearchParams(state.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  history.replaceState(null, '', `#${state.path}${text ? `?${text}` : ''}`);
  state.query = next;
}

/// The named parts of an address that fits the pattern, for example `/calls/:id`.
export function matched(pattern: string, address: string): Record<string, string> | undefined {
  const want = pattern.split('/');
  const have = address.split('/');
  if (want.length !== have.length) return undefined;
  const found: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const actual = have[i]!;
    if (part.startsWith(':')) {
      if (actual === '') return undefined;
      found[part.slice(1)] = decodeURIComponent(actual);
    } else if (part !== actual) return undefined;
  }
  return found;
}

function read(): void {
  const raw = location.hash.replace(/^#/, '') || '/';
  const [path = '/', query = ''] = raw.split('?');
  const changed = path !== state.path;
  state.path = path;
  state.query = new URLSearchParams(query);
  if (changed) scrollTo(0, 0);
}
