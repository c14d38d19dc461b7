import type { LiveCall } from '../../../api/box/door';

/// What one event says about a call. Events of a transcript may carry only what was heard.
export type CallNews = Partial<LiveCall> & { id: string };

/// How long an ended call stays on the page, so that a person can read its outcome.
export const FAREWELL_MS = 4000;

export type ShownCall = LiveCall & { endedAt?: number };

/// The calls on the page after one more event; oldest first, as they are in the answer of the back end.
export function afterNews(calls: readonly ShownCall[], news: CallNews, now: number): ShownCall[] {
  const at = calls.findIndex((call) => call.id === news.id);
  if (at < 0) {
    return isWhole(news) && news.state !== 'ENDED' ? [...calls, news] : [...calls];
  }
  const before = calls[at]!;
  const call: ShownCall = { ...before, ...news };
  if (call.state === 'ENDED' && before.endedAt === undefined) call.endedAt = now;
  return calls.with(at, call);
}

/// The calls without those that have said farewell.
export function stillShown(calls: readonly ShownCall[], now: number): ShownCall[] {
  return calls.filter((call) => call.endedAt === undefined || now - call.endedAt < FAREWELL_MS);
}

function isWhole(news: CallNews): news is LiveCall {
  return news.number !== undefined && news.state !== undefined && news.since !== undefined;
}
