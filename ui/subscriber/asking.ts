/// What a subscriber writes and what becomes of it, without a page around it.
import type { components } from '../src/generated/central';
import { wholeNumber } from '../src/format/number';
import { momentOf } from '../src/format/time';

export type Form = components['schemas']['AskForm'];
export type Standing = components['schemas']['AskStanding'];
export type Opened = components['schemas']['AskOpened'];

/// As it is typed.
export interface Draft {
  purpose: 'who' | 'complain';
  number: string;
  shown: string;
  shownUnknown: boolean;
  at: string;
  reason: 'CONTACT_MISSING' | 'NOT_REACHABLE' | '';
  text: string;
}

export const EMPTY: Draft = { purpose: 'who', number: '', shown: '', shownUnknown: false, at: '', reason: '', text: '' };

export type Field = 'number' | 'shown' | 'at' | 'reason' | 'text';
export type Fault = 'wrong.number' | 'wrong.when' | 'wrong.future' | 'wrong.reason' | 'wrong.text';

/// What is sent, or what is wrong, by field.
export function read(draft: Draft, now: number): { form: Form } | { faults: Partial<Record<Field, Fault>> } {
  const faults: Partial<Record<Field, Fault>> = {};
  const number = wholeNumber(draft.number);
  const shown = wholeNumber(draft.shown);
  const at = momentOf(draft.at);
  const complains = draft.purpose === 'complain';
  const needsShown = complains || !draft.shownUnknown;
  const text = draft.text.trim().replaceAll('\r\n', '\n').replace(/\t/g, ' ');
  if (!number) faults.number = 'wrong.number';
  if (needsShown && !shown) faults.shown = 'wrong.number';
  if (!at) faults.at = 'wrong.when';
  else if (Date.parse(at) > now) faults.at = 'wrong.future';
  if (!complains && draft.reason === '') faults.reason = 'wrong.reason';
  if (complains && (text === '' || text.length > 500)) faults.text = 'wrong.text';
  if (!number || !at || Object.keys(faults).length > 0) return { faults };
  return {
    form: {
      number: `+${number}`,
      contactAt: at,
      reason: complains ? 'COMPLAINS' : (draft.reason as 'CONTACT_MISSING' | 'NOT_REACHABLE'),
      ...(needsShown ? { shownNumber: `+${shown}` } : {}),
      ...(complains ? { text } : {}),
    },
  };
}

/// A refusal of the back end by its code; `NETWORK` if it could not be reached.
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

async function talk<T>(path: string, method: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api/ask${path}`, {
      method,
      credentials: 'omit',
      cache: 'no-store',
      headers: { 'X-Requested-With': 'qonyrau', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused('NETWORK');
  }
  const said: unknown = answer.status === 204 ? undefined : await answer.json().catch(() => undefined);
  if (!answer.ok) throw new Refused((said as { code?: string } | undefined)?.code ?? 'FAULT');
  return said as T;
}

export const ask = (form: Form): Promise<Opened> => talk('', 'POST', form);
export const standing = (token: string): Promise<Standing> => talk(`/${encodeURIComponent(token)}`, 'GET');
export const forget = (token: string): Promise<void> => talk(`/${encodeURIComponent(token)}`, 'DELETE');

/// A request that this browser has made, so that its answer is found again on another day.
export interface Kept {
  opened: Opened;
  purpose: Draft['purpose'];
}

const PLACE = 'qonyrau.ask';

export function kept(): Kept | undefined {
  try {
    const text = localStorage.getItem(PLACE);
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}

export function keep(one: Kept | undefined): void {
  try {
    if (one) localStorage.setItem(PLACE, JSON.stringify(one));
    else localStorage.removeItem(PLACE);
  } catch {
    // A private window: the request lasts as long as the page.
  }
}

/// How long to wait until it is asked again how a request stands, in milliseconds.
export function pause(asked: number): number {
  return asked < 60 ? 3_000 : 20_000;
}

export function isOver(state: Standing['state']): boolean {
  return state !== 'AWAITING_PROOF' && state !== 'ASKING';
}
