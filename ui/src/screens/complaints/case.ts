/// What is said of complaints at a box and at central alike.
import { span } from '../../format/time';

/// How a complaint is called in talk and in notices.
export function shortName(complaintId: string): string {
  return complaintId.slice(0, 8);
}

/// How long it is until then, as a key of `span.*` and its count; undefined once it is over.
export function timeLeft(until: string, now: number): { key: string; count: number } | undefined {
  const seconds = (Date.parse(until) - now) / 1000;
  return seconds > 0 ? span(seconds) : undefined;
}
