/// Keys that work everywhere: `/` search, `?` the list of keys, `g` and a letter to go to a page.
import { navigate } from '../state/route.svelte';

export interface Destination {
  key: string;
  path: string;
}

const state = $state<{ helpOpen: boolean }>({ helpOpen: false });

export function helpIsOpen(): boolean {
  return state.helpOpen;
}

export function showHelp(open: boolean): void {
  state.helpOpen = open;
}

/// Listens until the returned function is called.
export function startShortcuts(destinations: Destination[]): () => void {
  let goPressedAt = 0;
  const listener = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    if (goPressedAt && event.timeStamp - goPressedAt < 1200) {
      goPressedAt = 0;
      const there = destinations.find((destination) => destination.key === letter(event));
      if (there) {
        navigate(there.path);
        event.preventDefault();
      }
      return;
    }
    if (event.key === '?') state.helpOpen = true;
    else if (event.key === '/') {
      const search = document.querySelector<HTMLInputElement>('[data-search]');
      if (!search) return;
      search.focus();
      search.select();
    } else if (letter(event) === 'g') goPressedAt = event.timeStamp;
    else return;
    event.preventDefault();
  };
  addEventListener('keydown', listener);
  return () => removeEventListener('keydown', listener);
}

/// The Latin letter on the key, also while a Russian or Kazakh layout is on.
function letter(event: KeyboardEvent): string {
  return event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
