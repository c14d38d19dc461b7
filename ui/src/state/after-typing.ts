const PAUSE_MS = 350;

interface Question<A> {
  ask: () => Promise<A>;
  take: (answer: A) => void;
  fail: (failure: unknown) => void;
}

/// Asks a moment after the last key. For an effect: what it returns drops the question, and an answer that comes too
/// late for what was typed since is left out.
export function afterTyping<A>({ ask, take, fail }: Question<A>): () => void {
  let late = false;
  const timer = setTimeout(async () => {
    try {
      const answer = await ask();
      if (!late) take(answer);
    } catch (failure) {
      if (!late) fail(failure);
    }
  }, PAUSE_MS);
  return () => {
    late = true;
    clearTimeout(timer);
  };
}
