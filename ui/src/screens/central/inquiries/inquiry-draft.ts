/// What somebody asks who called staff, as it is written down.
import type { InquiryForm } from '../../../api/central/inquiries';
import { wholeNumber } from '../../../format/number';
import { momentOf } from '../../../format/time';
import { inLines } from '../../complaints/case';

export const REASONS = ['CONTACT_MISSING', 'NOT_REACHABLE', 'COMPLAINS'] as const;

export interface Draft {
  number: string;
  shownNumber: string;
  contactAt: string;
  reason: InquiryForm['reason'];
  text: string;
}

export type DraftField = 'number' | 'shownNumber' | 'contactAt' | 'text';

export function emptyDraft(): Draft {
  return { number: '', shownNumber: '', contactAt: '', reason: 'CONTACT_MISSING', text: '' };
}

/// The keys of what is wrong, by field.
export function wrongIn(draft: Draft, now: number): Partial<Record<DraftField, string>> {
  const at = momentOf(draft.contactAt);
  const complains = draft.reason === 'COMPLAINS';
  const wrong: Partial<Record<DraftField, string>> = {};
  if (!wholeNumber(draft.number)) wrong.number = 'complaint.badNumber';
  if ((complains || draft.shownNumber.trim()) && !wholeNumber(draft.shownNumber)) wrong.shownNumber = 'complaint.badNumber';
  if (!at) wrong.contactAt = 'problem.MISSING';
  else if (Date.parse(at) > now) wrong.contactAt = 'complaint.futureTime';
  if (complains && !inLines(draft.text)) wrong.text = 'problem.MISSING';
  return wrong;
}

/// What is sent of a draft with which nothing is wrong.
export function formOf(draft: Draft): InquiryForm {
  const shown = wholeNumber(draft.shownNumber);
  return {
    number: `+${wholeNumber(draft.number)}`,
    contactAt: momentOf(draft.contactAt)!,
    reason: draft.reason,
    ...(shown ? { shownNumber: `+${shown}` } : {}),
    ...(draft.reason === 'COMPLAINS' ? { text: inLines(draft.text) } : {}),
  };
}
