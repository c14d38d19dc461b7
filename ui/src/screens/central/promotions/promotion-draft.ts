/// A consent as somebody writes it down, and what is still wrong with it.
import type { PromotionForm, PromotionOutlet } from '../../../api/central/promotions';
import { momentOf } from '../../../format/time';

export const OUTLETS: PromotionOutlet[] = ['SITE', 'SOCIAL'];

export interface Draft {
  organisationId: string | undefined;
  boxId: string;
  callId: string;
  chat: string;
  message: string;
  givenAt: string;
  givenBy: string;
  allowed: Record<PromotionOutlet, boolean>;
}

export type DraftField = 'organisationId' | 'boxId' | 'callId' | 'chat' | 'message' | 'givenAt' | 'givenBy' | 'allowed';

const MOST = 2 ** 31 - 1;

export function emptyDraft(): Draft {
  return { organisationId: undefined, boxId: '', callId: '', chat: '', message: '', givenAt: '', givenBy: '', allowed: { SITE: false, SOCIAL: false } };
}

/// What somebody typed or pasted in one line.
export function inOneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/// The key of what is wrong with a time that somebody gave.
export function wrongTime(field: string, now: number): string | undefined {
  const at = momentOf(field);
  if (!at) return 'problem.MISSING';
  return Date.parse(at) > now ? 'complaint.futureTime' : undefined;
}

/// The keys of what is wrong, by field.
export function wrongIn(draft: Draft, now: number): Partial<Record<DraftField, string>> {
  const wrong: Partial<Record<DraftField, string>> = {};
  if (!draft.organisationId) wrong.organisationId = 'problem.MISSING';
  if (!draft.boxId) wrong.boxId = 'problem.MISSING';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(callOf(draft))) wrong.callId = 'promotions.badCall';
  if (!/^-?[1-9]\d{0,15}$/.test(draft.chat.trim())) wrong.chat = 'promotions.badChat';
  const message = draft.message.trim();
  if (!/^[1-9]\d{0,9}$/.test(message) || Number(message) > MOST) wrong.message = 'promotions.badMessage';
  const time = wrongTime(draft.givenAt, now);
  if (time) wrong.givenAt = time;
  if (!inOneLine(draft.givenBy)) wrong.givenBy = 'problem.MISSING';
  if (!OUTLETS.some((one) => draft.allowed[one])) wrong.allowed = 'promotions.nowhere';
  return wrong;
}

function callOf(draft: Draft): string {
  return draft.callId.trim().toLowerCase();
}

/// What is sent of a draft with which nothing is wrong.
export function formOf(draft: Draft): PromotionForm {
  return {
    boxId: draft.boxId,
    callId: callOf(draft),
    chat: draft.chat.trim(),
    message: Number(draft.message.trim()),
    givenAt: momentOf(draft.givenAt)!,
    givenBy: inOneLine(draft.givenBy),
    allowed: OUTLETS.filter((one) => draft.allowed[one]),
  };
}

/// At which field a refusal is shown.
export const FIELDS: Record<string, DraftField> = {
  BOX_UNKNOWN: 'boxId',
  IN_THE_FUTURE: 'givenAt',
  MESSAGE_TAKEN: 'message',
  WITHDRAWN: 'message',
  CONSENT_STANDS: 'callId',
};
