import type { Campaign, CampaignOrder, Weekday, Window } from '../../../api/box/door';
import { today } from '../../../format/time';

export const WEEKDAYS: Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/// The order as a form holds it: everything is there, and phrases are lines of a text.
export interface Draft {
  name: string;
  category: CampaignOrder['category'];
  senderName: string;
  senderContact: string;
  listIds: string[];
  promptKind: 'AUDIO' | 'TEXT';
  audioId: string;
  text: string;
  language: 'ru' | 'kk' | 'en';
  /// Empty for the usual voice of the language.
  voice: string;
  windows: Window[];
  channels: number;
  callsPerMinute: number;
  ringingSeconds: number;
  record: boolean;
  recordingBasis: string;
  recordingConfirmed: boolean;
  listen: boolean;
  listenSeconds: number;
  phrases: string;
}

export function emptyWindow(now: number): Window {
  return { dateFrom: today(now), dateTo: today(now, 7), weekdays: WEEKDAYS.slice(0, 5), start: '10:00', end: '19:00' };
}

export function emptyDraft(now: number): Draft {
  return {
    name: '', category: 'SERVICE', senderName: '', senderContact: '', listIds: [], promptKind: 'TEXT', audioId: '', text: '', language: 'ru', voice: '',
    windows: [emptyWindow(now)], channels: 5, callsPerMinute: 60, ringingSeconds: 30, record: false, recordingBasis: '', recordingConfirmed: false,
    listen: true, listenSeconds: 6, phrases: '',
  };
}

export function draftOf({ order }: Campaign): Draft {
  return {
    name: order.name, category: order.category, senderName: order.senderName, senderContact: order.senderContact, listIds: [...order.listIds],
    promptKind: order.prompt.kind, audioId: order.prompt.audioId ?? '', text: order.prompt.text ?? '', language: order.prompt.language ?? 'ru', voice: order.prompt.voice ?? '',
    windows: order.windows.map((window) => ({ ...window, weekdays: [...window.weekdays] })), channels: order.channels, callsPerMinute: order.callsPerMinute,
    ringingSeconds: order.ringingSeconds ?? 30, record: order.record, recordingBasis: order.recordingBasis ?? '', recordingConfirmed: order.record,
    listen: order.listen, listenSeconds: order.listenSeconds ?? 6, phrases: (order.phrases ?? []).join('\n'),
  };
}

export function orderOf(draft: Draft): CampaignOrder {
  const phrases = phrasesOf(draft.phrases);
  return {
    name: draft.name.trim(), category: draft.category, senderName: draft.senderName.trim(), senderContact: draft.senderContact.trim(), listIds: draft.listIds,
    prompt: draft.promptKind === 'AUDIO' ? { kind: 'AUDIO', audioId: draft.audioId } : { kind: 'TEXT', text: draft.text.trim(), language: draft.language, ...(draft.voice ? { voice: draft.voice } : {}) },
    windows: draft.windows, channels: draft.channels, callsPerMinute: draft.callsPerMinute, ringingSeconds: draft.ringingSeconds, record: draft.record,
    ...(draft.record ? { recordingBasis: draft.recordingBasis.trim() } : {}),
    listen: draft.listen,
    ...(draft.listen ? { listenSeconds: draft.listenSeconds, ...(phrases.length ? { phrases } : {}) } : {}),
  };
}

/// One phrase a line; empty lines and repeats are left out.
export function phrasesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
}

export type Section = 'about' | 'lists' | 'prompt' | 'windows' | 'pace' | 'recording' | 'listening';

/// What is still missing, by section, as keys of `editor.missing.*`.
export function missing(draft: Draft, now: number): { section: Section; key: string }[] {
  const found: { section: Section; key: string }[] = [];
  const say = (section: Section, key: string, when: boolean) => when && found.push({ section, key });
  say('about', 'name', draft.name.trim() === '');
  say('about', 'sender', draft.senderName.trim() === '' || draft.senderContact.trim() === '');
  say('lists', 'lists', draft.listIds.length === 0);
  say('prompt', 'audio', draft.promptKind === 'AUDIO' && draft.audioId === '');
  say('prompt', 'text', draft.promptKind === 'TEXT' && draft.text.trim() === '');
  say('windows', 'windows', draft.windows.length === 0);
  say('windows', 'weekdays', draft.windows.some((window) => window.weekdays.length === 0));
  say('windows', 'dates', draft.windows.some((window) => !window.dateFrom || !window.dateTo || window.dateFrom > window.dateTo));
  say('windows', 'times', draft.windows.some((window) => !window.start || !window.end || window.start === window.end));
  say('windows', 'past', draft.windows.length > 0 && draft.windows.every((window) => window.dateTo !== '' && window.dateTo < today(now)));
  say('pace', 'channels', !(draft.channels >= 1 && draft.channels <= 1000) || !Number.isInteger(draft.channels));
  say('pace', 'rate', !(draft.callsPerMinute >= 20 && draft.callsPerMinute <= 5000) || !Number.isInteger(draft.callsPerMinute));
  say('pace', 'ringing', !(draft.ringingSeconds >= 20 && draft.ringingSeconds <= 120) || !Number.isInteger(draft.ringingSeconds));
  say('recording', 'basis', draft.record && (draft.recordingBasis.trim() === '' || !draft.recordingConfirmed));
  say('listening', 'listenSeconds', draft.listen && (!(draft.listenSeconds >= 1 && draft.listenSeconds <= 60) || !Number.isInteger(draft.listenSeconds)));
  return found;
}

export function crossesMidnight(window: Window): boolean {
  return window.start !== '' && window.end !== '' && window.end < window.start;
}
