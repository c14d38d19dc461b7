/// What is said of complaints at a box and at central alike.
import { wholeNumber } from '../../format/number';
import { momentOf, span } from '../../format/time';

/// How a complaint is called in talk and in notices.
export function shortName(complaintId: string): string {
  return complaintId.slice(0, 8);
}

/// How long it is until then, as a key of `span.*` and its count; undefined once it is over.
export function timeLeft(until: string, now: number): { key: string; count: number } | undefined {
  const seconds = (Date.parse(until) - now) / 1000;
  return seconds > 0 ? span(seconds) : undefined;
}

/// What somebody typed or pasted, in lines that can be read: the back ends take no tabs and no control characters.
export function inLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(/[^\P{Cc}\n]/gu, '').trim();
}

/// Who was reached, when and how, and what he says of it, as somebody writes it down.
export interface ReachedDraft {
  number: string;
  channel: 'CALL' | 'SMS';
  /// As a field of a day and a time has it.
  contactAt: string;
  text: string;
}
export type ReachedField = 'number' | 'contactAt' | 'text';

/// The keys of what is wrong with it, by field.
export function wrongIn(draft: ReachedDraft, now: number): Partial<Record<ReachedField, string>> {
  const contactAt = momentOf(draft.contactAt);
  const wrong: Partial<Record<ReachedField, string>> = {};
  if (!wholeNumber(draft.number)) wrong.number = 'complaint.badNumber';
  if (!contactAt) wrong.contactAt = 'problem.MISSING';
  else if (Date.parse(contactAt) > now) wrong.contactAt = 'complaint.futureTime';
  if (inLines(draft.text) === '') wrong.text = 'problem.MISSING';
  return wrong;
}

/// What is sent of it once nothing is wrong.
export function reachedOf(draft: ReachedDraft) {
  return { number: `+${wholeNumber(draft.number)}`, channel: draft.channel, contactAt: momentOf(draft.contactAt)!, text: inLines(draft.text) };
}
