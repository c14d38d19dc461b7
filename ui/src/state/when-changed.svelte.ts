import { untrack } from 'svelte';

/// Does something whenever what is watched becomes another than it was, the first time not counted: whoever watches
/// has just fetched for that. For the script of a screen; it ends with the screen.
export function whenChanged(watched: () => unknown, then: () => void): void {
  // A text, so that a new object that says the same changes nothing.
  const text = $derived(JSON.stringify(watched()));
  let first = true;
  $effect(() => {
    void text;
    if (first) first = false;
    else untrack(then);
  });
}
