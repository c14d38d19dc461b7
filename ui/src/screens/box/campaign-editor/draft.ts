import type { CampaignOrder, CampaignTemplate, Weekday, Window } from '../../../api/box/door';
import { today } from '../../../format/time';
import { emptyQuestion, gapsOf, questionDraftOf, questionOf, type QuestionDraft } from './question';
import { emptyRetries, machineGaps, retriesDraftOf, retriesOf, retryGaps, type RetriesDraft } from './retries';

export const WEEKDAYS: Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/// A campaign or a template.
type Ordered = Pick<CampaignTemplate, 'order'>;

/// The order as a form holds it: everything is there.
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
  onDaysOff: boolean;
  channels: number;
  callsPerMinute: number;
  priority: NonNullable<CampaignOrder['priority']>;
  ringingSeconds: number;
  record: boolean;
  recordingBasis: string;
  recordingConfirmed: boolean;
  asks: boolean;
  question: QuestionDraft;
  machines: MachineChoice;
  retries: RetriesDraft;
}

/// What a person chooses for machines: to hang up and call again later is a choice of its own.
export type MachineChoice = NonNullable<CampaignOrder['machines']> | 'CALL_LATER';

export function machineChoice(order: CampaignOrder): MachineChoice {
  return order.retries?.reasons.some(({ reason }) => reason === 'MACHINE') ? 'CALL_LATER' : (order.machines ?? 'CARRY_ON');
}

export function emptyWindow(now: number): Window {
  return { dateFrom: today(now), dateTo: today(now, 7), weekdays: WEEKDAYS.slice(0, 5), start: '10:00', end: '19:00' };
}

export function emptyDraft(now: number): Draft {
  return {
    name: '', category: 'SERVICE', senderName: '', senderContact: '', listIds: [], promptKind: 'TEXT', audioId: '', text: '', language: 'ru', voice: '',
    windows: [emptyWindow(now)], onDaysOff: false, channels: 5, callsPerMinute: 60, priority: 'NORMAL', ringingSeconds: 30, record: false, recordingBasis: '', recordingConfirmed: false,
    asks: true, question: emptyQuestion(), machines: 'CARRY_ON', retries: emptyRetries(),
  };
}

/// The same again under another name. Windows that are past begin today and are as long.
export function copyOf(campaign: Ordered, now: number, name: string): Draft {
  const draft = draftOf(campaign);
  const first = today(now);
  const windows = draft.windows.map((window) => {
    if (window.dateTo >= first) return window;
    const days = Math.round((Date.parse(window.dateTo) - Date.parse(window.dateFrom)) / 86_400_000);
    return { ...window, dateFrom: first, dateTo: today(now, days) };
  });
  return { ...draft, name: name.slice(0, 120), windows };
}

/// A new campaign after a template: it gets lists of its own, and begins today.
export function fromTemplate(template: CampaignTemplate, now: number): Draft {
  return { ...copyOf(template, now, template.name), listIds: [], recordingConfirmed: false };
}

export function draftOf({ order }: Ordered): Draft {
  return {
    name: order.name, category: order.category, senderName: order.senderName, senderContact: order.senderContact, listIds: [...order.listIds],
    promptKind: order.prompt.kind, audioId: order.prompt.audioId ?? '', text: order.prompt.text ?? '', language: order.prompt.language ?? 'ru', voice: order.prompt.voice ?? '',
    windows: order.windows.map((window) => ({ ...window, weekdays: [...window.weekdays] })), onDaysOff: order.onDaysOff ?? false, channels: order.channels, callsPerMinute: order.callsPerMinute, priority: order.priority ?? 'NORMAL',
    ringingSeconds: order.ringingSeconds ?? 30, record: order.record, recordingBasis: order.recordingBasis ?? '', recordingConfirmed: order.record,
    asks: order.question !== undefined, question: order.question ? questionDraftOf(order.question) : emptyQuestion(), machines: machineChoice(order),
    retries: retriesDraftOf(order.retries),
  };
}

export function orderOf(draft: Draft): CampaignOrder {
  const retries = retriesOf(draft.retries, draft.machines === 'CALL_LATER');
  return {
    name: draft.name.trim(), category: draft.category, senderName: draft.senderName.trim(), senderContact: draft.senderContact.trim(), listIds: draft.listIds,
    prompt: draft.promptKind === 'AUDIO' ? { kind: 'AUDIO', audioId: draft.audioId } : { kind: 'TEXT', text: draft.text.trim(), language: draft.language, ...(draft.voice ? { voice: draft.voice } : {}) },
    windows: draft.windows, onDaysOff: draft.onDaysOff, channels: draft.channels, callsPerMinute: draft.callsPerMinute, priority: draft.priority, ringingSeconds: draft.ringingSeconds, record: draft.record,
    ...(draft.record ? { recordingBasis: draft.recordingBasis.trim() } : {}),
    machines: draft.machines === 'CALL_LATER' ? 'HANG_UP' : draft.machines,
    ...(retries ? { retries } : {}),
    ...(draft.asks ? { question: questionOf(draft.question, draft.language) } : {}),
  };
}

/// Said at the beginning of a message that is recorded (AC-REC-03), in the message's language.
export const RECORDING_NOTICE: Record<Draft['language'], string> = {
  ru: 'Этот разговор записывается.',
  kk: 'Бұл сөйлесу жазылып алынады.',
  en: 'This call is recorded.',
};

export const saysItIsRecorded = (draft: Draft) => draft.text.trimStart().startsWith(RECORDING_NOTICE[draft.language]);

/// The message begins by saying that it is recorded; whatever basis somebody wrote down stays.
export function sayItIsRecorded(draft: Draft, basis: string): void {
  if (saysItIsRecorded(draft)) return;
  draft.text = `${RECORDING_NOTICE[draft.language]} ${draft.text.trimStart()}`;
  if (!draft.recordingBasis.trim()) draft.recordingBasis = basis;
}

export type Section = 'about' | 'lists' | 'prompt' | 'windows' | 'pace' | 'retries' | 'recording' | 'listening';

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
  retryGaps(draft.retries).forEach((key) => say('retries', key, true));
  say('recording', 'basis', draft.record && (draft.recordingBasis.trim() === '' || !draft.recordingConfirmed));
  if (draft.asks) gapsOf(draft.question).forEach((key) => say('listening', key, true));
  if (draft.machines === 'CALL_LATER') machineGaps(draft.retries).forEach((key) => say('listening', key, true));
  return found;
}

/// The end of a day is 24:00 to the box, which a clock shows as 00:00.
const END_OF_DAY = '24:00';
export const endOnClock = (end: string) => (end === END_OF_DAY ? '00:00' : end);
export const endFromClock = (time: string) => (time === '00:00' ? END_OF_DAY : time);

export function crossesMidnight(window: Window): boolean {
  return window.start !== '' && window.end !== '' && window.end < window.start;
}
