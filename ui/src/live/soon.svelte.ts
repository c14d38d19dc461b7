/// News come in bursts. What is returned may be called for each of them and has the work done once, `ms` after the
/// first. For the script of a screen: what still waits when the screen goes is not done.
export function soon(ms: number, work: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  $effect(() => () => clearTimeout(waiting));
  return () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      work();
    }, ms);
  };
}
