/// Made-up data of a box: one plausible working day, the same on every run apart from the clock.
import type * as Box from '../src/api/box/door';
import type { CallReport, CallSums } from '../src/api/box/reports';
import { daysOf } from '../src/screens/box/reports/periods';

const NOW = Date.now();
const iso = (msAgo: number) => new Date(NOW - msAgo).toISOString();
const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

/// Small and repeatable; good enough for pictures.
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

const dice = random(7);
const pick = <T>(things: readonly T[]): T => things[Math.floor(dice() * things.length)]!;

export const person: Box.Person = { login: 'owner', name: 'Айгүл Сәрсенова', role: 'OWNER', mustChangePassword: false };

/// The number of whoever is signed in.
export const OWN = '+77012345678';

export const balance: Box.Balance = { availableTiyn: 48_215_350, heldTiyn: 1_260_000 };

export const telephony: Box.Telephony = { asterisk: 'READY', since: iso(6 * HOUR), restarts: 1, trunkReachable: true, trunkRoundTripMillis: 18, activeCalls: 7, channelLimit: 30 };

export const recognition: Box.Recognition = {
  overloaded: false, deafened: 4,
  languages: [
    { code: 'ru', state: 'READY', listenings: 5, busyPercent: 31, behindMillis: 90, restarts: 1, lastFault: 'exit status 134', memoryBytes: 96_000_000 },
    { code: 'kk', state: 'STARTING', listenings: 0, busyPercent: 0, behindMillis: 0, restarts: 0, memoryBytes: 0 },
  ],
};

export const uplink: Box.Uplink = { state: 'ONLINE', since: iso(2 * HOUR), outboxDepth: 0, lastReceiptAt: iso(40_000) };

export const license: Box.License = { state: 'VALID', organisation: 'ТОО «Дала Сервис»', expires: iso(-200 * DAY), modules: ['calls', 'recording', 'recognition'], channels: 30 };

const window: Box.Window = { dateFrom: iso(0).slice(0, 10), dateTo: iso(-14 * DAY).slice(0, 10), weekdays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'], start: '09:00', end: '19:30' };

const question: Box.Question = {
  languages: ['ru', 'kk'], seconds: 6, interruptible: true,
  answers: [
    { name: 'Приду', key: '1', phrases: { ru: ['да', 'да приду', 'конечно'], kk: ['иә', 'келемін'] }, replies: { ru: 'Спасибо! Ждём вас завтра.', kk: 'Рақмет! Ертең күтеміз.' } },
    { name: 'Не приду', key: '2', phrases: { ru: ['нет', 'не приду'], kk: ['жоқ'] }, replies: { ru: 'Хорошо, запись отменена.' } },
    { name: 'Оператор', key: '0', phrases: { ru: ['оператор'] } },
  ],
  silence: { repeats: 2, hint: 'Вас не слышно.', goodbye: 'Мы перезвоним. До свидания.' },
  notUnderstood: { repeats: 1, hint: 'Скажите, пожалуйста, «да» или «нет».' },
};

function order(name: string, more: Partial<Box.CampaignOrder> = {}): Box.CampaignOrder {
  return {
    name,
    category: 'SERVICE',
    senderName: 'ТОО «Дала Сервис»',
    senderContact: '+77172550055',
    listIds: [uuid(101)],
    prompt: { kind: 'TEXT', text: 'Здравствуйте! Напоминаем о записи на завтра, в 10 часов. Если вы придёте, скажите «да».', language: 'ru' },
    windows: [window],
    channels: 12,
    callsPerMinute: 60,
    record: true,
    recordingBasis: 'Абонента предупреждает начало сообщения.',
    machines: 'HANG_UP',
    question,
    ...more,
  };
}

export const campaigns: Box.Campaign[] = [
  {
    id: uuid(201), order: order('Напоминание о записи к врачу', { retries: { mostAttempts: 4, reasons: [{ reason: 'NO_ANSWER', times: 2, pauseMinutes: 60, growing: false, next: 'OTHER' }, { reason: 'BUSY', times: 3, pauseMinutes: 15, growing: true, next: 'SAME' }, { reason: 'MACHINE', times: 2, pauseMinutes: 120, growing: false, next: 'SAME' }] } }), state: 'RUNNING', createdAt: iso(5 * HOUR), createdBy: 'owner', startedAt: iso(4 * HOUR), costTiyn: 3_845_200,
    voiced: { ready: 1960, recipients: 2400 },
    progress: { recipients: 2400, pending: 812, waiting: 126, capped: 0, active: 7, done: 1455, outcomes: { ANSWERED: 921, NO_ANSWER: 286, BUSY: 117, REJECTED: 64, UNREACHABLE: 41, INVALID_NUMBER: 18, OPERATOR_FAILURE: 6, PLATFORM_FAULT: 2 }, excluded: { NO_CONSENT: 48, WITHDRAWN: 5 } },
  },
  {
    id: uuid(202), order: order('Опрос после доставки', { category: 'TRANSACTIONAL', channels: 6 }), state: 'SCHEDULED', stateReason: 'NO_WINDOW', stateUntil: iso(-9 * HOUR), createdAt: iso(DAY), createdBy: 'operator', startedAt: iso(20 * HOUR), costTiyn: 912_400,
    progress: { recipients: 640, pending: 402, waiting: 0, capped: 0, active: 0, done: 238, outcomes: { ANSWERED: 150, NO_ANSWER: 61, BUSY: 20, REJECTED: 7 }, excluded: {} },
  },
  {
    id: uuid(203), order: order('Новогодняя скидка на установку', { category: 'ADVERTISING' }), state: 'SUSPENDED_FUNDS', stateReason: 'NO_FUNDS', createdAt: iso(2 * DAY), createdBy: 'owner', startedAt: iso(30 * HOUR), costTiyn: 5_511_000,
    progress: { recipients: 8200, pending: 5700, waiting: 0, capped: 0, active: 0, done: 2500, outcomes: { ANSWERED: 1400, NO_ANSWER: 700, BUSY: 240, REJECTED: 120, UNREACHABLE: 40 }, excluded: {} },
  },
  { id: uuid(204), order: order('Отключение воды 27 ноября', { record: false, machines: 'CARRY_ON' }), state: 'DRAFT', createdAt: iso(30 * MIN), createdBy: 'owner', costTiyn: 0, progress: { recipients: 0, pending: 0, waiting: 0, capped: 0, active: 0, done: 0, outcomes: {}, excluded: {} } },
  {
    id: uuid(205), order: order('Приглашение на день открытых дверей'), state: 'COMPLETED', createdAt: iso(9 * DAY), createdBy: 'owner', startedAt: iso(9 * DAY), endedAt: iso(8 * DAY), costTiyn: 2_200_350,
    progress: { recipients: 1200, pending: 0, waiting: 0, capped: 0, active: 0, done: 1200, outcomes: { ANSWERED: 802, NO_ANSWER: 251, BUSY: 72, REJECTED: 40, UNREACHABLE: 22, INVALID_NUMBER: 13 }, excluded: {} },
  },
];

export const templates: Box.CampaignTemplate[] = [0, 1, 4].map((i) => ({ id: uuid(230 + i), name: campaigns[i]!.order.name, order: campaigns[i]!.order, keptAt: iso((3 + 9 * i) * DAY), keptBy: 'owner' }));

const HEARD = ['да конечно приду', 'перезвоните пожалуйста после обеда', 'нет не смогу', 'алло кто это', 'жоқ рахмет', 'да всё верно спасибо'];
const number = (n: number) => `+770${1 + (n % 8)}${String(2_000_000 + ((n * 7919) % 7_999_999)).padStart(7, '0')}`;

export const liveCalls: Box.LiveCall[] = (
  ['LISTENING', 'PLAYING', 'DIALING', 'LISTENING', 'DIALING', 'HOLDING', 'CLOSING'] as const
).map((state, i) => ({
  id: uuid(301 + i), number: number(i + 3), campaignId: uuid(201), campaignName: campaigns[0]!.order.name, state, since: iso(4000 + i * 5300), deaf: i === 3, ...(i === 6 ? { answeredBy: 'MACHINE' as const } : {}),
  ...(state === 'LISTENING' || state === 'CLOSING' ? { heard: HEARD[i % HEARD.length]!, final: state === 'CLOSING' } : {}),
}));

export function hours(size: number, peak = 420): Box.HourOfUsage[] {
  const dice = random(11);
  const start = Math.floor(NOW / HOUR) * HOUR;
  return Array.from({ length: size }, (_, i) => {
    const at = start - (size - 1 - i) * HOUR;
    const astana = new Date(at + 5 * HOUR).getUTCHours();
    const busy = astana < 9 || astana > 19 ? 0 : Math.round(peak * (0.45 + 0.55 * Math.sin(((astana - 8) / 12) * Math.PI)) * (0.8 + dice() * 0.4));
    const share = (part: number) => Math.round(busy * part * (0.8 + dice() * 0.4));
    const outcomes = { ANSWERED: share(0.58), NO_ANSWER: share(0.2), BUSY: share(0.09), REJECTED: share(0.06), UNREACHABLE: share(0.04), INVALID_NUMBER: share(0.015), OPERATOR_FAILURE: share(0.01) };
    const attempts = Object.values(outcomes).reduce((a, b) => a + b, 0);
    return { hour: new Date(at).toISOString(), attempts, answered: outcomes.ANSWERED, answeredSeconds: outcomes.ANSWERED * 19, amountTiyn: outcomes.ANSWERED * 2640, outcomes };
  });
}

export const dashboard: Box.Dashboard = {
  boxName: 'Дала Сервис, Астана', balance, telephony, recognition, uplink, license, liveCalls, hours: hours(24), campaigns: campaigns.slice(0, 3),
  today: { attempts: 1462, answered: 921, answeredSeconds: 17_640, amountTiyn: 3_845_200 },
};

const attestation: Box.Attestation = { origin: 'Анкеты клиентов при заключении договора', collectedFrom: '2025-01-10', collectedTo: '2026-10-31', channels: ['CALLS'], lawful: true, statedBy: 'Айгүл Сәрсенова', statedAt: iso(3 * DAY) };

export const lists: Box.ContactList[] = [
  { id: uuid(101), name: 'Пациенты, ноябрь', state: 'READY', createdAt: iso(6 * HOUR), contacts: 2400, duplicates: 31, rejected: 12, otherNumbers: 1720, numbersLeftOut: 2, linesRead: 2443, variables: ['name', 'time'], attestation },
  { id: uuid(102), name: 'Клиенты 2024–2026', state: 'IMPORTING', createdAt: iso(20_000), contacts: 84_120, duplicates: 950, rejected: 411, otherNumbers: 0, numbersLeftOut: 0, linesRead: 85_481, progress: 0.43, variables: ['name', 'contract', 'sum'] },
  { id: uuid(103), name: 'Жители микрорайона', state: 'READY', createdAt: iso(2 * DAY), contacts: 8200, duplicates: 0, rejected: 0, otherNumbers: 0, numbersLeftOut: 0, linesRead: 8200, variables: [] },
  { id: uuid(104), name: 'выгрузка (3).csv', state: 'FAILED', failure: 'Файл обрывается посреди кавычек в строке 812.', createdAt: iso(3 * DAY), contacts: 0, duplicates: 0, rejected: 0, otherNumbers: 0, numbersLeftOut: 0, linesRead: 811 },
];

const NAMES = ['Айдос', 'Мәдина', 'Ольга', 'Ержан', 'Светлана', 'Дәурен', 'Гүлнар', 'Пётр', 'Әсел', 'Нұрлан'];

const home = (i: number) => number(i + 40).replace('+770', '+772');
const calledAt = (i: number, nth = 0) => ({ callId: uuid(500 + i + 100 * nth), number: nth % 2 && i % 3 === 2 ? home(i) : number(i + 40), startedAt: iso(i * 47_000), byMachine: i % 11 === 4 });
const EVERYBODY: Box.Recipient[] = Array.from({ length: 60 }, (_, i): Box.Recipient => {
  const otherNumbers = i % 3 === 2 ? [home(i)] : [];
  const at = { number: number(i + 40), otherNumbers, dials: i % 7 === 2 && otherNumbers.length ? home(i) : number(i + 40) };
  if (i % 13 === 5) return { ...at, state: 'EXCLUDED', exclusion: 'NO_CONSENT', reason: 'NO_CONSENT', calls: [] };
  if (i > 55) return { ...at, state: 'CAPPED', reason: 'CAP_REACHED', reasonUntil: iso(-600 * MIN), calls: [] };
  if (i > 40) return { ...at, state: 'PENDING', reason: 'IN_TURN', calls: [] };
  if (i % 7 === 2) return { ...at, state: 'WAITING', outcome: 'NO_ANSWER', dueAt: iso(-25 * MIN), reason: 'WAITING_TO_RETRY', reasonUntil: iso(-25 * MIN), calls: [{ ...calledAt(i), outcome: 'NO_ANSWER' }] };
  if (i === 40) return { ...at, state: 'ACTIVE', reason: 'IN_CALL', calls: [calledAt(i)] };
  return { ...at, state: 'DONE', reason: 'CALLED', outcome: i % 5 === 3 ? 'BUSY' : 'ANSWERED', calls: Array.from({ length: 1 + (i % 3) }, (_, nth) => ({ ...calledAt(i, nth), outcome: 'ANSWERED' })) };
});

export function recipients(page: number, size: number, search: string, state: string | null): Box.RecipientPage {
  const found = EVERYBODY.filter((one) => one.number.includes(search) && (!state || one.state === state));
  return { total: found.length, items: found.slice(page * size, (page + 1) * size) };
}

export const blocked: Box.BlockPage = {
  total: 4,
  items: [
    { number: number(3), list: 'SUBSCRIBER', reason: 'Нажал 9 в звонке', by: 'system', since: iso(40 * MIN), liftable: true },
    { number: number(7), list: 'OWN', reason: 'Попросил не звонить по вечерам', by: 'operator', since: iso(5 * HOUR), liftable: true },
    { number: number(7), list: 'COMPLAINT', reason: 'Жалоба №118', by: 'office', since: iso(2 * DAY), liftable: false },
    { number: number(11), list: 'LEGAL', reason: 'Определение суда', by: 'office', since: iso(30 * DAY), liftable: false },
  ],
};

export function contacts(page: number, size: number, search: string): Box.ContactPage {
  const all = Array.from({ length: 240 }, (_, i) => ({
    number: number(i * 13 + 5),
    otherNumbers: i % 3 === 1 ? [number(i * 13 + 5).replace('+770', '+772')] : [],
    consentCalls: (i % 17 === 3 ? 'WITHDRAWN' : i % 29 === 7 ? 'BLOCKED' : i % 3 === 0 ? 'UNKNOWN' : 'GRANTED') as 'GRANTED',
    variables: { name: NAMES[i % NAMES.length]!, time: `${9 + (i % 9)}:${i % 2 ? '30' : '00'}` },
  })).filter((contact) => contact.number.includes(search.replace(/\D/g, '')));
  return { total: all.length, items: all.slice(page * size, (page + 1) * size) };
}

export function foundContacts(search: string): Box.FoundContacts {
  const hits = contacts(0, 240, search).items.map(({ number }, i) => ({ number, lists: lists.slice(0, 1 + (i % 2) * 2).map(({ id, name }) => ({ id, name })) }));
  return { items: hits.slice(0, 20), more: hits.length > 20 };
}

export function contactCard(digits: string): Box.ContactCard {
  return {
    number: `+${digits}`,
    leftAlone: 'BLOCKED',
    lists: [
      { listId: uuid(101), listName: 'Пациенты, ноябрь', number: '+77014445566', otherNumbers: ['+77272445566'], consentCalls: 'BLOCKED', variables: { name: 'Айгүл', time: '10:30' }, origin: { text: attestation.origin, statedBy: 'owner', statedAt: iso(6 * HOUR) } },
      { listId: uuid(103), listName: 'Жители микрорайона', number: '+77014445566', otherNumbers: [], consentCalls: 'BLOCKED', variables: {} },
    ],
    blocks: [
      { list: 'COMPLAINT', reason: 'Жалоба №118', by: 'office', since: iso(2 * DAY) },
      { list: 'SUBSCRIBER', reason: 'Нажал 9: «больше не звоните»', by: 'system', since: iso(3 * DAY) },
    ],
    campaigns: [
      { campaignId: uuid(201), campaignName: 'Напоминание о приёме', campaignState: 'RUNNING', state: 'EXCLUDED', exclusion: 'BLOCKED' },
      { campaignId: uuid(202), campaignName: 'Опрос после визита', campaignState: 'COMPLETED', state: 'DONE', outcome: 'ANSWERED' },
    ],
    callsTotal: 3,
    calls: [
      { callId: uuid(301), campaignId: uuid(202), campaignName: 'Опрос после визита', startedAt: iso(3 * DAY), outcome: 'ANSWERED', byMachine: false },
      { callId: uuid(302), campaignId: uuid(202), campaignName: 'Опрос после визита', startedAt: iso(3 * DAY + HOUR), outcome: 'NO_ANSWER', byMachine: false },
      { callId: uuid(303), campaignId: uuid(202), campaignName: 'Опрос после визита', startedAt: iso(4 * DAY), outcome: 'UNREACHABLE', byMachine: true },
    ],
  };
}

export const rejects: Box.RejectPage = {
  total: 12,
  items: [
    { line: 18, code: 'EMPTY_NUMBER', detail: 'No number.', text: 'Иванов;;10:00', taken: false },
    { line: 77, code: 'FOREIGN', detail: 'Column 3: Only numbers of Kazakhstan are accepted.', text: 'Smith;87017946001;+44 20 7946 0018;11:30', taken: true },
    { line: 402, code: 'NOT_A_NUMBER', detail: 'The number has too few digits.', text: 'Гүлнар;8701234;12:00', taken: false },
    { line: 1210, code: 'UNBALANCED_QUOTES', detail: 'The quotes are not closed.', text: 'Ержан', taken: false },
  ],
};

export const upload: Box.Upload = {
  id: uuid(1), fileName: 'пациенты-ноябрь.csv', bytes: 184_220, encoding: 'WINDOWS_1251', delimiter: 'SEMICOLON', header: true, approximateRows: 2440,
  columns: [
    { index: 0, title: 'ФИО', role: 'VARIABLE', variable: 'name' },
    { index: 1, title: 'Телефон', role: 'NUMBER' },
    { index: 2, title: 'Время приёма', role: 'VARIABLE', variable: 'time' },
    { index: 3, title: 'Домашний', role: 'OTHER_NUMBER' },
    { index: 4, title: 'Примечание', role: 'IGNORED' },
  ],
  rows: [
    { line: 2, cells: ['Айдос Қалиев', '8 701 234 56 78', '10:00', '8 7272 50 00 01', ''], number: '+77012345678' },
    { line: 3, cells: ['Ольга Ким', '+7 (705) 111-22-33', '10:30', '', 'повторно'], number: '+77051112233' },
    { line: 4, cells: ['Иванов', '', '11:00', '', ''], reason: 'NOT_A_NUMBER', detail: 'No number could be read.' },
    { line: 5, cells: ['John Smith', '+44 20 7946 0018', '11:30', '', ''], reason: 'FOREIGN', detail: 'Only numbers of Kazakhstan are accepted.' },
    { line: 6, cells: ['Мәдина Ізбасар', '87771234567', '12:00', '8 (7172) 70-00-02', ''], number: '+77771234567' },
  ],
};

export const blockImport: Box.BlockImport = {
  id: uuid(1), list: 'OWN', state: 'DONE', rows: 9_312, done: 9_312, added: 9_020, present: 181, repeated: 109, refused: 2,
  first: [
    { line: 17, code: 'FOREIGN', detail: 'Only numbers of Kazakhstan are accepted.', text: '+44 20 7946 0018' },
    { line: 4_011, code: 'EMPTY_NUMBER', detail: 'The cell of the number is empty.', text: 'Иванов;' },
  ],
};

export const audios: Box.Audio[] = [
  { id: uuid(401), name: 'Приветствие и запись', seconds: 14.2, createdAt: iso(DAY) },
  { id: uuid(402), name: 'Отключение воды', seconds: 22.8, createdAt: iso(5 * DAY), warnings: ['QUIET'] },
];

export const estimate: Box.Estimate = { recipients: 2361, excluded: { WITHDRAWN: 21, BLOCKED: 6, NO_CONSENT: 12 }, secondsPerCall: 19.5, durationSeconds: 9200, costTiyn: 6_233_040, availableTiyn: 48_215_350, tariffVersion: '2026-11', blockers: [], dryRun: { contacts: 2407, parts: [{ reason: 'WITHDRAWN', amount: 21 }, { reason: 'BLOCKED', amount: 6 }, { reason: 'NO_CONSENT', amount: 12 }, { reason: 'CAP_REACHED', amount: 40 }, { reason: 'IN_TURN', amount: 2321 }, { reason: 'DUPLICATE', amount: 7 }] } };

export const breakdown: Box.Breakdown = {
  contacts: 2460,
  parts: [
    { reason: 'CALLED', amount: 1455 }, { reason: 'IN_CALL', amount: 7 }, { reason: 'WAITING_TO_RETRY', amount: 126, until: iso(-12 * MIN) }, { reason: 'CAP_REACHED', amount: 31, until: iso(-600 * MIN) },
    { reason: 'NUMBER_RESTING', amount: 12 }, { reason: 'IN_TURN', amount: 769 }, { reason: 'WITHDRAWN', amount: 5 }, { reason: 'NO_CONSENT', amount: 48 }, { reason: 'DUPLICATE', amount: 7 },
  ],
};

export const rules: Box.Rules = {
  contacts: { gapMinutes: 30, perDay: 2, perMonth: 10 },
  daysOff: [{ date: '2026-12-16', name: 'INDEPENDENCE_DAY' }, { date: '2026-12-31', name: 'Склад закрыт' }, { date: '2027-01-01', name: 'NEW_YEAR' }],
};

export const log: Box.CampaignEvent[] = [
  { at: iso(4 * HOUR), state: 'RUNNING', by: 'system', why: 'DIALING' },
  { at: iso(4.2 * HOUR), state: 'SCHEDULED', by: 'owner' },
  { at: iso(4.21 * HOUR), state: 'READY', by: 'system' },
  { at: iso(4.22 * HOUR), state: 'CHECKING', by: 'owner' },
  { at: iso(5 * HOUR), state: 'DRAFT', by: 'owner' },
];

const CAUSES: Record<string, string> = { ANSWERED: 'Q.850 16', BUSY: 'Q.850 17 / SIP 486', NO_ANSWER: 'Q.850 19 / SIP 480', REJECTED: 'Q.850 21 / SIP 603', UNREACHABLE: 'Q.850 20 / SIP 480', INVALID_NUMBER: 'Q.850 1 / SIP 404', OPERATOR_FAILURE: 'Q.850 34 / SIP 503' };

export const campaignAnswers: Box.CampaignAnswers = {
  calls: 921,
  answers: [
    { result: 'ANSWERED', choice: 'Приду', language: 'ru', by: 'SPEECH', calls: 402 },
    { result: 'ANSWERED', choice: 'Приду', language: 'kk', by: 'SPEECH', calls: 171 },
    { result: 'SILENT', calls: 96 },
    { result: 'ANSWERED', choice: 'Не приду', language: 'ru', by: 'SPEECH', calls: 88 },
    { result: 'ANSWERED', choice: 'Приду', language: 'ru', by: 'KEY', calls: 61 },
    { result: 'CUT_OFF', calls: 42 },
    { result: 'ANSWERED', choice: 'Не приду', language: 'kk', by: 'SPEECH', calls: 31 },
    { result: 'NOT_UNDERSTOOD', calls: 21 },
    { result: 'ANSWERED', choice: 'Оператор', language: 'ru', by: 'SPEECH', calls: 9 },
  ],
};

export const matrix: Box.AnsweringMatrix = {
  calls: 312,
  cells: [
    { verdict: 'HUMAN', truth: 'HUMAN', calls: 241 }, { verdict: 'HUMAN', truth: 'MACHINE', calls: 9 }, { verdict: 'HUMAN', truth: 'ANNOUNCEMENT', calls: 4 },
    { verdict: 'MACHINE', truth: 'HUMAN', calls: 5 }, { verdict: 'MACHINE', truth: 'MACHINE', calls: 38 },
    { verdict: 'ANNOUNCEMENT', truth: 'ANNOUNCEMENT', calls: 12 }, { verdict: 'SILENCE', truth: 'SILENCE', calls: 3 },
  ],
  verdicts: [{ who: 'HUMAN', calls: 254 }, { who: 'MACHINE', calls: 43 }, { who: 'ANNOUNCEMENT', calls: 12 }, { who: 'SILENCE', calls: 3 }],
  truths: [{ who: 'HUMAN', calls: 246 }, { who: 'MACHINE', calls: 47 }, { who: 'ANNOUNCEMENT', calls: 16 }, { who: 'SILENCE', calls: 3 }],
  humansHungUpOnPercent: 2, machinesCaughtPercent: 79.4,
};

export const calls: Box.Call[] = Array.from({ length: 137 }, (_, i) => {
  const outcome = pick(['ANSWERED', 'ANSWERED', 'ANSWERED', 'NO_ANSWER', 'BUSY', 'REJECTED', 'UNREACHABLE', 'INVALID_NUMBER', 'OPERATOR_FAILURE'] as const);
  const startedAt = iso(i * 95_000 + 30_000);
  const answered = outcome === 'ANSWERED';
  const seconds = answered ? 8 + Math.round(dice() * 30) : 0;
  const start = Date.parse(startedAt);
  return {
    id: uuid(500 + i), number: number(i + 40), campaignId: uuid(201), campaignName: campaigns[0]!.order.name, state: 'CLOSED', startedAt, outcome,
    endedAt: new Date(start + (8 + seconds) * 1000).toISOString(), faultDomain: outcome === 'OPERATOR_FAILURE' ? 'OPERATOR' : 'SUBSCRIBER', cause: CAUSES[outcome]!,
    ...(answered ? { answeredAt: new Date(start + 7000).toISOString(), answeredSeconds: seconds, costTiyn: seconds * 110, recording: { state: 'KEPT' as const, seconds, codec: 'FLAC' as const } } : { costTiyn: 0 }),
  };
});

export const legalHolds: Box.LegalHold[] = [
  { id: uuid(781), from: '2026-10-01', to: '2026-10-31', reason: 'Иск № 7119-26-00-2/4411: спор о качестве обслуживания', by: 'fleet', since: iso(9 * DAY) },
  { id: uuid(782), reason: 'Запрос следователя от 12.03.2026', by: 'fleet', since: iso(250 * DAY), liftedAt: iso(190 * DAY) },
];

export const tickets: Box.Ticket[] = [
  { id: uuid(791), reason: 'Обращение 812: клиент слышит эхо', givenBy: 'owner', givenAt: iso(2 * 60 * MIN), until: iso(-22 * 60 * MIN), heard: { by: 'technician', at: iso(60 * MIN) } },
  { id: uuid(792), reason: 'Обращение 790', givenBy: 'owner', givenAt: iso(6 * DAY), until: iso(5 * DAY) },
];

export const openTickets: Box.OpenTicket[] = [
  { id: uuid(791), callId: uuid(301), until: iso(-22 * 60 * MIN), heard: true, read: false },
  { id: uuid(793), callId: uuid(305), until: iso(-3 * 60 * MIN), heard: false, read: false },
];

export const ticketTranscript: Box.TicketTranscript = {
  lines: [
    { side: 'BOX', from: 0.4, to: 5.1, text: 'Здравствуйте! Напоминаем о записи на завтра, в 10 часов.' },
    { side: 'SUBSCRIBER', from: 10.6, to: 15.2, text: 'алло перезвоните мне на ••• спасибо' },
  ],
};

export const call: Box.Call = {
  ...calls.find((call) => call.outcome === 'ANSWERED')!,
  answeredSeconds: 24.2, costTiyn: 3_264, tariffVersion: '2026-11', digits: '1', keysOnly: false,
  question: { result: 'ANSWERED', choice: 'Приду', language: 'ru', by: 'SPEECH' },
  answeredBy: { by: 'MACHINE', rule: 'LONG_SPEECH', confidence: 0.72, corrected: 'HUMAN' }, onLegalHold: true,
  lines: [
    { service: 'CALL_TIME', quantity: '25 s', unitPrice: '0.9000', unitSeconds: 1, amountTiyn: 2_250 },
    { service: 'STT_TIME', quantity: '10 s', unitPrice: '0.6000', unitSeconds: 1, amountTiyn: 600 },
    { service: 'REC_TIME', quantity: '25 s', unitPrice: '0.1656', unitSeconds: 1, amountTiyn: 414 },
  ],
  recording: { state: 'KEPT', seconds: 24.2, codec: 'FLAC', sha256: '9f2c4be8a1d07c3355e0b1a6d4f8c90e7ab2516fd3c84e90117a6b5cd20e8f41', retainUntil: iso(-90 * DAY) },
  transcript: [
    utterance('BOX', 0.4, 'Здравствуйте! Напоминаем о записи на завтра, в 10 часов.', 0.23),
    utterance('BOX', 6.0, 'Если вы придёте, скажите «да».', 0.3),
    utterance('SUBSCRIBER', 10.6, 'алло да здравствуйте', 0.34, 0.91),
    utterance('SUBSCRIBER', 13.9, 'да конечно приду только перезвоните если время поменяется', 0.42, 0.78),
    utterance('BOX', 19.4, 'Спасибо! Ждём вас завтра.', 0.33),
    { ...utterance('SUBSCRIBER', 22.1, 'рақмет сау болыңыз', 0.4, 0.64), language: 'kk' },
  ],
};

function utterance(channel: 'SUBSCRIBER' | 'BOX', from: number, text: string, pace: number, confidence = 1): Box.Utterance {
  const words = text.split(' ').map((word, i) => ({ text: word, from: from + i * pace * 1.3, to: from + i * pace * 1.3 + pace, confidence: Math.max(0.2, confidence - (i % 3) * 0.14) }));
  return { channel, text, from, to: words.at(-1)!.to, confidence, language: 'ru', words };
}

export const peaks: Box.Peaks = (() => {
  const dice = random(5);
  const buckets = 1200;
  const level = (channel: string) =>
    Array.from({ length: buckets }, (_, i) => {
      const second = (i / buckets) * 24.2;
      const word = call.transcript!.filter((u) => u.channel === channel).flatMap((u) => u.words ?? []).find((w) => second >= w.from && second <= w.to);
      return word ? 0.25 + 0.65 * dice() * Math.sin(((second - word.from) / (word.to - word.from)) * Math.PI) : 0.012 * dice();
    });
  return { seconds: 24.2, subscriber: level('SUBSCRIBER'), box: level('BOX') };
})();

/// A book of 4210 rows: every sixtieth a top-up, the others holds, charges and releases of calls in turn.
export function statement(query: URLSearchParams, size: number): Box.StatementPage {
  const kind = query.get('kind');
  const reservations = query.get('reservations') === 'true' && !query.get('campaignId');
  const before = Number(query.get('before') ?? 1e9);
  const shown = (movement: Box.Movement) =>
    (kind ? movement.kind === kind : reservations || ['TOP_UP', 'TRANSFER', 'CAPTURE'].includes(movement.kind)) &&
    (!query.get('text') || movement.reference.replace('call/', '').startsWith(query.get('text')!)) &&
    (!query.get('campaignId') || movement.campaignId === query.get('campaignId'));
  const all = book().filter(shown);
  const sum = (sign: 1 | -1) => all.filter((one) => !/HOLD|EXTENSION|RELEASE/.test(one.kind) && one.amountTiyn * sign > 0).reduce((total, one) => total + one.amountTiyn * sign, 0);
  return {
    upTo: 4210, openingTiyn: 31_402_500, incomeTiyn: 700_000_000, expensesTiyn: 681_927_150, closingTiyn: 49_475_350,
    total: all.length, foundIncomeTiyn: sum(1), foundExpensesTiyn: sum(-1),
    items: all.filter((one) => one.row < before).slice(0, size),
  };
}

function book(): Box.Movement[] {
  const movements: Box.Movement[] = [];
  let total = 49_475_350;
  for (let row = 4210; row > 0; row--) {
    const kind = row === 4207 ? 'TRANSFER' : row % 60 === 0 ? 'TOP_UP' : row % 3 === 0 ? 'HOLD' : row % 3 === 2 ? 'RELEASE' : 'CAPTURE';
    const seconds = 12 + (row % 50);
    const charges: Box.Charge[] = [
      { service: 'CALL_TIME', billedSeconds: seconds, price: '54.0000', unitSeconds: 60, amountTiyn: seconds * 90 },
      { service: 'STT_TIME', billedSeconds: seconds, price: '36.0000', unitSeconds: 60, amountTiyn: seconds * 60 },
    ];
    const money = kind === 'TOP_UP' ? 10_000_000 : kind === 'TRANSFER' ? -250_000 : kind === 'CAPTURE' ? -seconds * 150 : 0;
    const campaign = campaigns[row % 2]!;
    movements.push({
      row, kind, at: iso((4210 - row) * 21_000), amountTiyn: money || (kind === 'HOLD' ? -18_000 : 18_000 - seconds * 150), balanceTiyn: total, availableTiyn: total - 1_260_000,
      charges: kind === 'CAPTURE' ? charges : [],
      ...(kind === 'TOP_UP' ? { reference: `lease/${row}`, reason: 'credit granted by central' } : {}),
      ...(kind === 'TRANSFER' ? { reference: `correction/${row}`, reason: 'credited twice by mistake' } : {}),
      ...(money === 0 || kind === 'CAPTURE' ? { callId: uuid(row), campaignId: campaign.id, campaignName: campaign.order.name } : {}),
      ...(kind === 'CAPTURE' ? { tariffVersion: '2026-11' } : {}),
      ...(kind === 'TOP_UP' || kind === 'TRANSFER' ? {} : { reference: `call/${uuid(row)}` }),
    } as Box.Movement);
    total -= money;
  }
  return movements;
}

export const brokenVerification: Box.Verification = { sound: false, rows: 4210, firstBrokenRow: 3917, why: 'row 3917 was changed', headHash: 'c3a1f07b99e25d4488b0f6a2de71c5940b8e6d3f2a17955cce04b1837fd2696a' };

export const verification: Box.Verification = { sound: true, rows: 4210, headHash: 'c3a1f07b99e25d4488b0f6a2de71c5940b8e6d3f2a17955cce04b1837fd2696a' };

export const tariff: Box.Tariff = {
  version: '2026-11', publishedAt: '2026-10-25T06:00:00Z', since: '2026-11-03T05:12:00Z',
  lines: [
    { service: 'CALL_TIME', price: '54.0000', unitSeconds: 60, stepSeconds: 1, minimumTiyn: 0 },
    { service: 'STT_TIME', price: '36.0000', unitSeconds: 60, stepSeconds: 1, minimumTiyn: 0 },
    { service: 'REC_TIME', price: '9.9360', unitSeconds: 60, stepSeconds: 1, minimumTiyn: 0 },
    { service: 'TTS_CHARS', price: '0.0500', unitSeconds: 0, stepSeconds: 0, minimumTiyn: 100 },
  ],
};

export const system: Box.System = {
  version: '0.1.0', boxId: uuid(9), startedAt: iso(6 * HOUR), telephony, recognition, uplink, license, clock: 'TRUSTED', lease: { expires: iso(-20 * DAY), expired: false },
  speech: { model: 'ru-telephone-small', words: 212_400, experimental: ['kk'], voices: ['RHVoice: elena, aleksandr-hq, slt, alan', 'espeak-ng'] },
  storage: { usedBytes: 38_654_705_664, totalBytes: 128_849_018_880 },
};

export const notices: Box.Notice[] = [
  { id: uuid(957), code: 'EVIDENCE_ASKED', at: iso(5 * MIN), subject: 'e2b84c70', until: iso(-2 * DAY), origin: 'CENTRAL' },
  { id: uuid(958), code: 'COMPLAINT_RECEIVED', at: iso(15 * MIN), subject: '0a9d5f31', origin: 'CENTRAL' },
  { id: uuid(951), code: 'BALANCE_BELOW_DAY', at: iso(20 * MIN), amountTiyn: 1_184_250, origin: 'BOX' },
  { id: uuid(952), code: 'BALANCE_LOW', at: iso(3 * HOUR), amountTiyn: 1_996_400, origin: 'BOX' },
  { id: uuid(953), code: 'WELCOME_BONUS_LAPSES', at: iso(9 * HOUR), amountTiyn: 500_000, until: iso(-39 * HOUR), origin: 'CENTRAL' },
  { id: uuid(954), code: 'ROAMING_CHANGED', at: iso(DAY), amountTiyn: -12_000, until: iso(-4 * DAY), origin: 'CENTRAL' },
  { id: uuid(955), code: 'PAYMENT_CREDITED', at: iso(2 * DAY), amountTiyn: 15_000_000, origin: 'CENTRAL', dismissedAt: iso(DAY), dismissedBy: 'owner' },
  { id: uuid(956), code: 'WELCOME_BONUS_CREDITED', at: iso(5 * DAY), amountTiyn: 500_000, until: iso(-39 * HOUR), origin: 'CENTRAL', dismissedAt: iso(4 * DAY), dismissedBy: 'owner' },
];

export const warnings: Box.Warnings = { thresholdsTiyn: [5_000_000, 2_000_000], usualDay: true, usualDayTiyn: 1_231_750 };

/// A box whose owner has a week left.
export const dataSummary: Box.DataSummary = { lists: 4, contacts: 12_840, campaigns: 6, calls: 20_311 };

export const retirement: Box.Retirement = { stage: 'OWNERS_TIME', begunAt: iso(7 * DAY), ownerUntil: iso(-7 * DAY), reason: 'Договор окончен' };

export const voices: Box.Voice[] = [
  { id: 'rhvoice-elena', language: 'ru', timbre: 'FEMALE', name: 'elena', engine: 'RHVoice' },
  { id: 'rhvoice-aleksandr-hq', language: 'ru', timbre: 'MALE', name: 'aleksandr-hq', engine: 'RHVoice' },
  { id: 'espeak-ru-female', language: 'ru', timbre: 'FEMALE', name: 'espeak-ng', engine: 'espeak-ng' },
  { id: 'rhvoice-slt', language: 'en', timbre: 'FEMALE', name: 'slt', engine: 'RHVoice' },
  { id: 'rhvoice-alan', language: 'en', timbre: 'MALE', name: 'alan', engine: 'RHVoice' },
  { id: 'espeak-kk-female', language: 'kk', timbre: 'FEMALE', name: 'espeak-ng', engine: 'espeak-ng' },
  { id: 'espeak-kk-male', language: 'kk', timbre: 'MALE', name: 'espeak-ng', engine: 'espeak-ng' },
];

/// Only numbers of one digit are read here; the box knows more.
export function reading(text: string): Box.Reading {
  const words = ['ноль', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять'];
  const changes = [...text.matchAll(/\d/g)].map((digit) => ({ start: digit.index, end: digit.index + 1, written: digit[0], spoken: words[Number(digit[0])]! }));
  return { words: text.replace(/\d/g, (digit) => words[Number(digit)]!), changes };
}

export const speechShelf: Box.SpeechShelf = {
  languages: [
    {
      language: 'ru', inForce: 'ru-2', running: 'ru-2', previous: 'ru-starter',
      models: [
        { id: 'ru-starter', name: 'ru-starter-8k', starter: true, bytes: 10_412_000, words: 51_999, samplesPerSecond: 8000, takesPhrases: true, rejects: true, takesWords: true, onPeople: 'FAIR' },
        { id: 'ru-2', name: 'vosk-model-small-ru-0.22', starter: false, bytes: 91_000_000, words: 212_400, samplesPerSecond: 16000, takesPhrases: true, rejects: true, takesWords: false, onPeople: 'FAIR', sha256: 'ab'.repeat(32), installedAt: iso(3 * DAY) },
        { id: 'ru-3', name: 'vosk-model-ru-0.42', starter: false, bytes: 2_900_000_000, words: 1_190_000, samplesPerSecond: 16000, takesPhrases: false, rejects: true, takesWords: false, onPeople: 'FAIR', installedAt: iso(2 * HOUR) },
        { id: 'ru-4', name: 'ru-starter-8k + свои слова', starter: false, bytes: 11_650_000, words: 52_001, samplesPerSecond: 8000, takesPhrases: true, rejects: true, takesWords: true, onPeople: 'FAIR', base: 'ru-starter', installedAt: iso(HOUR) },
      ],
    },
    {
      language: 'kk', inForce: 'kk-starter', running: 'kk-starter',
      models: [{ id: 'kk-starter', name: 'kk-starter-8k', starter: true, bytes: 10_500_000, words: 52_000, samplesPerSecond: 8000, takesPhrases: true, rejects: true, takesWords: true, onPeople: 'UNMEASURED' }],
    },
    { language: 'en', models: [] },
  ],
  installations: [{ id: uuid(900), language: 'kk', name: 'vosk-model-small-kz', state: 'RUNNING', stage: 'UNPACKING', share: 0.42 }],
};

export const voiceShelf: Box.VoiceShelf = {
  voices: [
    { id: 'piper-kk_KZ-example-medium', name: 'kk_KZ-example-medium', language: 'kk', timbre: 'FEMALE', bytes: 63_100_000, samplesPerSecond: 22_050, speakers: 1, sha256: 'cd'.repeat(32), spokenSeconds: 5.2, tookSeconds: 2.4, installedAt: iso(2 * DAY) },
    { id: 'piper-ru_RU-example-high', name: 'ru_RU-example-high', language: 'ru', timbre: 'MALE', bytes: 113_900_000, samplesPerSecond: 22_050, speakers: 3, sha256: 'ef'.repeat(32), spokenSeconds: 4.8, tookSeconds: 5.9, installedAt: iso(HOUR) },
  ],
  installations: [
    { id: uuid(910), name: 'en_GB-example-low', state: 'RUNNING', stage: 'VERIFYING', share: 0 },
    { id: uuid(911), name: 'de_DE-example-medium', state: 'FAILED', share: 0, fault: 'FOREIGN_LANGUAGE', detail: "the voice speaks 'de'; the box speaks Russian (ru), Kazakh (kk) and English (en)" },
  ],
};

export const ownWords: Box.OwnWords = { words: [{ word: 'қоңырау', saidAs: ['конырау'] }, { word: 'альфатрейд', weight: 5 }], phrases: ['служба альфатрейд'] };

/// Words in Cyrillic letters can be said here, each letter a sound; the box asks espeak-ng.
export const pronunciations = (words: Box.OwnWord[]): Box.SaidWord[] =>
  words.map(({ word, saidAs }) => {
    const ways = (saidAs?.length ? saidAs : [word]).map((way) => [...way].filter((letter) => letter !== ' ').join(' '));
    return ways.some((way) => /[a-z]/.test(way)) ? { word, ways: [], fault: 'OTHER_LANGUAGE', detail: 'made up' } : { word, ways };
  });

/// Only words of Latin letters are unknown here.
export const unknownWords = (phrases: string[]): { words: string[] } => ({ words: [...new Set(phrases.join(' ').toLowerCase().match(/[a-z]+/g) ?? [])] });

export const modelTrial: Box.ModelTrial = { passed: true, heard: '', loadingSeconds: 1.9, realTimeFactor: 0.04, memoryBytes: 310_000_000 };

/// What the calls of a period came to: as many days as are asked for, the same calls each working day.
export function report(query: URLSearchParams): CallReport {
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  const dice = random(5);
  const sums = (size: number): CallSums => {
    const part = (share: number) => Math.round(size * share * (0.8 + dice() * 0.4));
    const outcomes = { ANSWERED: part(0.58), NO_ANSWER: part(0.2), BUSY: part(0.09), REJECTED: part(0.06), UNREACHABLE: part(0.04), INVALID_NUMBER: part(0.015), OPERATOR_FAILURE: part(0.01) };
    return { attempts: Object.values(outcomes).reduce((a, b) => a + b, 0), answered: outcomes.ANSWERED, answeredSeconds: outcomes.ANSWERED * 31, amountTiyn: outcomes.ANSWERED * 1240, outcomes };
  };
  const added = (all: CallSums[]): CallSums => ({
    attempts: all.reduce((sum, one) => sum + one.attempts, 0), answered: all.reduce((sum, one) => sum + one.answered, 0), answeredSeconds: all.reduce((sum, one) => sum + one.answeredSeconds, 0), amountTiyn: all.reduce((sum, one) => sum + one.amountTiyn, 0),
    outcomes: Object.fromEntries(Object.keys(all[0]?.outcomes ?? {}).map((outcome) => [outcome, all.reduce((sum, one) => sum + (one.outcomes[outcome] ?? 0), 0)])),
  });
  const days = daysOf({ from, to }).map((day) => ({ day, sums: sums(new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0 ? 0 : 2400) })).filter(({ sums }) => sums.attempts > 0);
  const whole = added(days.map(({ sums }) => sums));
  const share = (part: number): CallSums => ({ ...whole, attempts: Math.round(whole.attempts * part), answered: Math.round(whole.answered * part), answeredSeconds: Math.round(whole.answeredSeconds * part), amountTiyn: Math.round(whole.amountTiyn * part) });
  return {
    from, to, whole, before: share(0.84), days,
    hoursOfDay: Array.from({ length: 24 }, (_, hour) => ({ hour, sums: hour < 9 || hour > 20 ? { attempts: 0, answered: 0, answeredSeconds: 0, amountTiyn: 0, outcomes: {} } : sums(whole.attempts / 12) })),
    campaigns: campaigns.slice(0, 3).map(({ id, order }, i) => ({ campaignId: id, name: order.name, sums: share([0.6, 0.3, 0.1][i]!) })),
    trunks: [{ trunkId: 't0000000a', name: 'Beeline', sums: share(0.7) }, { trunkId: 't0000000b', name: 'Kcell', sums: share(0.29) }, { sums: share(0.01) }],
    reasons: [{ outcome: 'ANSWERED', cause: 'Q.850 16', sums: share(0.58) }, { outcome: 'NO_ANSWER', cause: 'Q.850 19', sums: share(0.2) }, { outcome: 'BUSY', cause: 'Q.850 17, SIP 486', sums: share(0.09) }],
  };
}

const complaint = (n: number, more: Partial<Box.Complaint>): Box.Complaint => ({
  id: `${['7c1e04b2', '0a9d5f31', 'e2b84c70', '93d07e1c', '51f6a9d8', 'b8425f6a', '2f7c91e5', 'd40b6a38'][n]}-5d0e-4c1f-8a2b-0000000000${10 + n}`, number: `+7701${2345678 + n * 111_113}`,
  channel: n % 3 === 1 ? 'SMS' : 'CALL', source: 'SUBSCRIBER', contactAt: iso((n + 1) * DAY + 5 * HOUR), receivedAt: iso(n * DAY + 90 * MIN), text: 'Звонят третий раз за неделю, согласия я не давал.',
  standing: 'PROVISIONAL', since: iso(n * DAY + 80 * MIN), evidenceReceived: false, answers: 0, ...more,
});

/// The newest first.
export const complaints: Box.Complaint[] = [
  complaint(0, { source: 'CUSTOMER', enteredBy: 'operator', text: 'Сказал, что номер теперь его, и просил больше не звонить.', campaign: { id: campaigns[0]!.id, name: campaigns[0]!.order.name } }),
  complaint(1, {}),
  complaint(2, { source: 'OPERATOR', evidenceDue: iso(-2 * DAY - 3 * HOUR), campaign: { id: campaigns[1]!.id, name: campaigns[1]!.order.name } }),
  complaint(3, { evidenceDue: iso(9 * HOUR), source: 'THIRD_PARTY' }),
  complaint(4, { evidenceDue: iso(1.5 * DAY), evidenceReceived: true, answers: 2 }),
  complaint(5, { standing: 'CONFIRMED', evidenceDue: iso(5 * DAY), source: 'STAFF' }),
  complaint(6, { standing: 'REJECTED', evidenceReceived: true, evidenceDue: iso(6 * DAY), answers: 1 }),
  complaint(7, { standing: 'LIFTED' }),
];

export const listFiles: Box.ListFile[] = [
  { id: uuid(971), name: 'Анкета покупателя.pdf', type: 'application/pdf', bytes: 81_204, addedAt: iso(58 * DAY), addedBy: 'owner' },
  { id: uuid(972), name: 'Договор с магазином.jpg', type: 'image/jpeg', bytes: 2_411_008, addedAt: iso(20 * DAY), addedBy: 'owner' },
];

export function complaintCase(one: Box.Complaint): Box.ComplaintCase {
  return {
    ...one,
    answers: [
      { id: uuid(961), at: iso(2 * DAY), by: 'owner', note: 'Абонент оставил номер в анкете при покупке, согласие подписано. Анкета приложена.', file: 'анкета-0714.pdf', late: false },
      { id: uuid(962), at: iso(DAY), by: 'owner', note: 'Вот и запись разговора, в котором он подтвердил согласие.', late: true },
    ].slice(0, one.answers),
    records: [
      { list: 'Покупатели, осень', importedAt: iso(60 * DAY), origin: 'Анкеты в магазине', forCalls: true, forMessages: true, statedBy: 'owner', statedAt: iso(60 * DAY) },
      { list: 'Розыгрыш', importedAt: iso(200 * DAY), origin: '', forCalls: false, forMessages: false, statedBy: 'operator', statedAt: iso(200 * DAY) },
    ],
    evidence: listFiles.slice(0, 2).map(({ id, name, type, bytes }) => ({ listId: lists[0]!.id, list: lists[0]!.name, fileId: id, name, type, bytes, fits: bytes <= 96 * 1024 })),
  };
}

const callBack = (n: number, more: Partial<Box.CallBack>): Box.CallBack => ({
  id: uuid(970 + n), at: iso(n * 3 * HOUR + 2 * MIN), number: `+7701${2345678 + n * 111_113}`, called: '77172000001', heardSeconds: 24.5, refused: 0, told: 'CALLED',
  contact: { callId: uuid(500 + n), campaign: { id: campaigns[0]!.id, name: campaigns[0]!.order.name }, at: iso(n * 3 * HOUR + 50 * MIN) }, ...more,
});

/// The newest first.
export const callBacks: Box.CallBackPage = {
  total: 6,
  items: [
    ((one) => (delete one.told, one))(callBack(0, { heardSeconds: 0 })),
    callBack(1, { wish: 'COMPLAIN', heardSeconds: 41 }),
    callBack(2, { wish: 'LEAVE_ALONE', refused: 2 }),
    ((one) => (delete one.contact, one))(callBack(3, { told: 'NOT_CALLED', number: '+4930123456', heardSeconds: 7 })),
    ((one) => (delete one.contact, delete one.number, one))(callBack(4, { told: 'HIDDEN', heardSeconds: 9 })),
    callBack(5, { told: 'NOTHING', heardSeconds: 0, contact: { callId: uuid(505), campaign: { id: uuid(299), name: '' }, at: iso(20 * HOUR) } }),
  ],
  frequent: [{ campaign: { id: campaigns[0]!.id, name: campaigns[0]!.order.name }, people: 12 }],
};

export const inquiries: Box.InquiryPage = {
  total: 2,
  items: [
    { at: iso(5 * HOUR), campaign: { id: campaigns[0]!.id, name: campaigns[0]!.order.name } },
    { at: iso(31 * HOUR), campaign: { id: uuid(299), name: '' } },
  ],
};

// ---- published recordings

const published: Box.Promotion[] = [
  { id: uuid(960), callId: call.id, chat: '-1001234567890', message: 4213, consentedAt: iso(20 * DAY), allowed: ['SITE', 'SOCIAL'], state: 'STANDING', publications: [{ outlet: 'SITE', place: 'https://qonyrau.kz/examples/reminder-about-a-visit', at: iso(18 * DAY) }] },
  { id: uuid(961), callId: call.id, chat: '-1001234567890', message: 4101, consentedAt: iso(60 * DAY), allowed: ['SITE'], state: 'TO_REMOVE', withdrawnAt: iso(80 * HOUR), removalDue: iso(8 * HOUR), publications: [{ outlet: 'SITE', place: 'qonyrau.kz', at: iso(58 * DAY) }, { outlet: 'SITE', place: 'qonyrau.kz/kk', at: iso(57 * DAY), removedAt: iso(2 * DAY) }] },
  { id: uuid(962), callId: uuid(502), chat: '-1001234567890', message: 4090, consentedAt: iso(90 * DAY), allowed: ['SOCIAL'], state: 'ENDED', withdrawnAt: iso(30 * DAY), removalDue: iso(27 * DAY), publications: [] },
];
export function promotions(callId: string | undefined): Box.Promotion[] {
  return published.filter((one) => !callId || one.callId === callId);
}
export function withdrawPromotion(id: string): Box.Promotion {
  const found = published.find((one) => one.id === id)!;
  if (found.state === 'STANDING') Object.assign(found, { state: 'ASKED', askedAt: new Date().toISOString(), askedBy: 'owner' });
  return found;
}
