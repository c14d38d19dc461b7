import type { ApiKeyOrder, Scope, StandingStatement } from '../../../api/box/programs';
import type { Weekday } from '../../../api/box/door';

export const SCOPES: Scope[] = ['contacts.read', 'contacts.write', 'campaigns.read', 'campaigns.write', 'calls.read', 'recordings.read', 'reports.read', 'balance.read', 'webhooks'];
const ORDERING: Scope[] = ['campaigns.read', 'campaigns.write', 'contacts.write'];
export const DAYS: Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

export interface KeyDraft {
  name: string;
  scopes: Scope[];
  perMinute: number;
  ordering: boolean;
  lawful: boolean;
  statement: StandingStatement;
}

export function emptyKey(today: string): KeyDraft {
  return {
    name: '',
    scopes: [],
    perMinute: 300,
    ordering: false,
    lawful: false,
    statement: {
      origin: '',
      collectedFrom: today,
      agreed: false,
      senderName: '',
      senderContact: '',
      category: 'SERVICE',
      language: 'ru',
      weekdays: DAYS.slice(0, 5),
      start: '09:00',
      end: '20:00',
      days: 7,
      channels: 10,
      callsPerMinute: 60,
    },
  };
}

/// The scopes of a draft; whoever orders campaigns needs some in any case.
export function scopesOf(draft: KeyDraft): Scope[] {
  return SCOPES.filter((scope) => draft.scopes.includes(scope) || (draft.ordering && ORDERING.includes(scope)));
}

export function isForced(draft: KeyDraft, scope: Scope): boolean {
  return draft.ordering && ORDERING.includes(scope);
}

export function isComplete(draft: KeyDraft): boolean {
  const stated = draft.statement;
  const whole = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most;
  const statement =
    stated.origin.trim().length >= 3 && stated.collectedFrom !== '' && stated.senderName.trim() !== '' && stated.senderContact.trim() !== '' &&
    stated.weekdays.length > 0 && stated.start !== '' && stated.end !== '' && stated.start !== stated.end &&
    whole(stated.days, 1, 30) && whole(stated.channels, 1, 1000) && whole(stated.callsPerMinute, 20, 5000) && draft.lawful;
  return draft.name.trim() !== '' && scopesOf(draft).length > 0 && whole(draft.perMinute, 1, 6000) && (!draft.ordering || statement);
}

export function orderOf(draft: KeyDraft): ApiKeyOrder {
  return {
    name: draft.name.trim(),
    scopes: scopesOf(draft),
    requestsPerMinute: draft.perMinute,
    ...(draft.ordering ? { statement: draft.statement } : {}),
  };
}
