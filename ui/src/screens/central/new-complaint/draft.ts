/// A complaint as somebody writes it down, and what is still wrong with it.
import type { ComplaintForm } from '../../../api/central/complaints';
import type { ProblemError } from '../../../api/problem';
import { wholeNumber } from '../../../format/number';
import { inLines, reachedOf, wrongIn as reachedWrong, type ReachedDraft, type ReachedField } from '../../complaints/case';

export const SOURCES = ['SUBSCRIBER', 'OPERATOR', 'STAFF', 'THIRD_PARTY'] as const;

export interface Draft extends ReachedDraft {
  source: ComplaintForm['source'];
  numberProof: string;
  against: 'customer' | 'shown';
  organisationId: string | undefined;
  shownNumber: string;
}

export type DraftField = ReachedField | 'numberProof' | 'organisationId' | 'shownNumber';

export function emptyDraft(): Draft {
  return { number: '', channel: 'CALL', source: 'SUBSCRIBER', contactAt: '', text: '', numberProof: '', against: 'customer', organisationId: undefined, shownNumber: '' };
}

/// The keys of what is wrong, by field.
export function wrongIn(draft: Draft, now: number): Partial<Record<DraftField, string>> {
  const wrong: Partial<Record<DraftField, string>> = reachedWrong(draft, now);
  if (draft.against === 'customer' && !draft.organisationId) wrong.organisationId = 'problem.MISSING';
  if (draft.against === 'shown' && !wholeNumber(draft.shownNumber)) wrong.shownNumber = 'complaint.badNumber';
  return wrong;
}

/// What is sent of a draft with which nothing is wrong.
export function formOf(draft: Draft): ComplaintForm {
  const proof = inLines(draft.numberProof);
  return {
    ...reachedOf(draft),
    source: draft.source,
    ...(proof ? { numberProof: proof } : {}),
    ...(draft.against === 'customer' ? { organisationId: draft.organisationId! } : { shownNumber: `+${wholeNumber(draft.shownNumber)}` }),
  };
}

const FIELDS: Record<string, (draft: Draft) => DraftField> = {
  CUSTOMER_UNKNOWN: () => 'organisationId',
  NUMBER_NOT_SHOWN: () => 'shownNumber',
  AGAINST_WHOM: (draft) => (draft.against === 'customer' ? 'organisationId' : 'shownNumber'),
  IN_THE_FUTURE: () => 'contactAt',
};

/// At which field a refusal is shown; undefined where it is about all of it.
export function fieldOf(problem: ProblemError, draft: Draft): DraftField | undefined {
  return Object.hasOwn(FIELDS, problem.problem.code) ? FIELDS[problem.problem.code]!(draft) : undefined;
}
