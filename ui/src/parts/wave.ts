/// Drawing of a two-channel waveform: what one side said above the line, the other below.

/// The loudest of the peaks that fall on each of `bars` bars.
export function resample(peaks: readonly number[], bars: number): number[] {
  if (peaks.length === 0 || bars <= 0) return [];
  return Array.from({ length: bars }, (_, i) => {
    const from = Math.floor((i * peaks.length) / bars);
    const to = Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / bars));
    let most = 0;
    for (let at = from; at < to && at < peaks.length; at++) most = Math.max(most, peaks[at]!);
    return Math.min(1, most);
  });
}

/// Which utterance is being heard at a second: the last one that has begun and not long ended.
export function heardAt(utterances: readonly { from: number; to: number }[], second: number): number {
  let found = -1;
  for (const [i, utterance] of utterances.entries()) {
    if (utterance.from <= second + 0.05 && second <= utterance.to + 0.4) {
      if (found < 0 || utterance.from >= utterances[found]!.from) found = i;
    }
  }
  return found;
}
