/// Listens for as long as the screen is there. What begins a listening returns what ends it, as `live.on` does.
export function whileShown(begin: () => (() => void)[]): void {
  $effect(() => {
    const ends = begin();
    return () => ends.forEach((end) => end());
  });
}
