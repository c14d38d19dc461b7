/// Made-up data of a licensing server with a small fleet.
import type * as Cases from '../src/api/central/complaints';
import type * as Central from '../src/api/central/fleet';
import type * as Promotions from '../src/api/central/promotions';
import type * as Inquiries from '../src/api/central/inquiries';
import type * as Money from '../src/api/central/money';
import { hours, random, uuid } from './box-fixtures';

const NOW = Date.now();
const iso = (msAgo: number) => new Date(NOW - msAgo).toISOString();
const MIN = 60_000;
const DAY = 24 * 60 * MIN;

const PEOPLE: Record<string, [string, string]> = {
  fleet: ['Нұрлан Оспанов', 'FLEET'], billing: ['Айгүл Сәрсенова', 'BILLING'], approver: ['Марат Ким', 'BILLING'], complaints: ['Динара Абаева', 'COMPLAINTS'], auditor: ['Ольга Ли', 'AUDITOR'],
};

/// Whoever signs in; another login than these is taken for the one who keeps the fleet.
export function person(login: string) {
  const [name, role] = PEOPLE[login] ?? PEOPLE['fleet']!;
  return { login: PEOPLE[login] ? login : 'fleet', name, role, mustChangePassword: false };
}

const PLACES: [string, string][] = [
  ['ТОО «Дала Сервис»', 'Астана'], ['Клиника «Шипа»', 'Алматы'], ['КСК «Көктем»', 'Қарағанды'], ['ИП Ким', 'Павлодар'],
  ['АО «Жол»', 'Шымкент'], ['ТОО «Теміртау Жылу»', 'Теміртау'], ['Аптеки «Емдеу»', 'Өскемен'], ['Лицей № 12', 'Көкшетау'],
  ['ТОО «Арман Логистик»', 'Ақтөбе'], ['Стоматология «Күлкі»', 'Тараз'], ['ОЮЛ «Береке»', 'Атырау'], ['ТОО «Дала Сервис»', 'Астана'],
  ['ТОО «Дала Сервис»', 'Қостанай'], ['Клиника «Шипа»', 'Талдықорған'],
];

/// A customer for each name, in the order of the names.
const NAMES = [...new Set(PLACES.map(([organisation]) => organisation))];
const customerId = (name: string) => uuid(700 + NAMES.indexOf(name));

const dice = random(3);

export const boxes: Central.Box[] = PLACES.map(([organisation, site], i) => {
  const state = i === 9 ? 'NEVER_SEEN' : i === 7 ? 'REVOKED' : i === 4 ? 'OFFLINE' : 'ONLINE';
  const online = state === 'ONLINE';
  const channels = [30, 60, 10, 10, 120, 30, 60, 10, 60, 30, 120, 30, 10, 30][i]!;
  const target = [15_000_000, 30_000_000, 5_000_000, 3_000_000, 20_000_000][i % 5]!;
  const used = state === 'NEVER_SEEN' ? 0 : Math.round(20_000_000 + dice() * 80_000_000);
  const left = i === 4 ? -1_240_000 : i === 7 ? 0 : state === 'NEVER_SEEN' ? target : Math.round(target * (i === 2 || i === 8 ? 0.12 : 0.4 + dice() * 0.5));
  return {
    id: uuid(900 + i), serial: `QB-26-${String(1041 + i * 7).padStart(5, '0')}`, organisationId: customerId(organisation), organisation, site, state, enrolledAt: iso((90 - i * 4) * DAY),
    usageMessages: state === 'NEVER_SEEN' ? 0 : Math.round(dice() * 60_000), booksDisagree: false,
    legalHolds: i === 0 ? [{ id: uuid(881), from: '2026-10-01', to: '2026-10-31', reason: 'Иск № 7119-26-00-2/4411: спор о качестве обслуживания', by: 'fleet', since: iso(9 * DAY) }] : i === 6 ? [{ id: uuid(882), reason: 'Запрос следователя от 12.11.2026', by: 'fleet', since: iso(3 * DAY) }] : [],
    money: { targetTiyn: i === 7 ? 0 : target, grantedTiyn: used + left + (i === 1 ? 2_000_000 : 0), returnedTiyn: i === 1 ? 2_000_000 : 0, usedTiyn: used, leftTiyn: left, leaseVersion: 14 + i, leaseExpires: iso(-6 * DAY) },
    ...(state === 'NEVER_SEEN' ? {} : {
      version: i === 4 ? '0.0.9' : '0.1.0', lastSeen: iso(online ? 8000 + i * 2000 : (i === 7 ? 12 : 2) * DAY), certificateExpires: iso(-(i === 2 ? 9 : 300) * DAY),
      asterisk: online ? 'READY' : 'UNKNOWN', trunkReachable: i !== 5,
      trunks: [
        { id: 't0000000a', name: 'Beeline', condition: i === 5 ? 'UNREACHABLE' : 'UP', activeCalls: online ? Math.round(channels * 0.4) : 0, channelLimit: Math.ceil(channels * 0.6), score: i === 5 ? 0 : 98 },
        { id: 't0000000b', name: 'Kcell, запасная', condition: i === 1 ? 'SUSPENDED' : 'QUARANTINED', activeCalls: 0, channelLimit: Math.floor(channels * 0.4), score: 41 },
      ],
      activeCalls: online ? Math.round(channels * dice() * 0.8) : 0, channelLimit: channels,
      outboxDepth: i === 4 ? 812 : i === 8 ? 14 : 0, diskUsedPercent: i === 6 ? 93 : Math.round(18 + dice() * 45), alarms: i === 3 ? ['LEDGER_MISMATCH'] : i === 5 ? ['TRUNK_DOWN'] : i === 6 ? ['DISK_NEARLY_FULL'] : [],
      availableTiyn: Math.max(0, left - 180_000), tariff: { version: i % 3 === 0 ? 'autocall-2026-2' : 'autocall-2026-1', since: iso((i % 3 === 0 ? 20 : 80) * DAY) },
      license: { version: 3, expires: iso(-(i === 2 ? 6 : 220) * DAY), modules: ['calls', 'recording', 'recognition'], channels, callsPerMinute: channels * 4,
        suspensions: i === 1 ? [{ trunk: 't0000000b', ground: 'INTRUSION', since: iso(50 * MIN), note: 'По этой линии звонит кто-то чужой, мы разбираемся.' }] : i === 0 ? [{ module: 'recording', ground: 'SECURITY_EMERGENCY', since: iso(5 * 60 * MIN), note: 'Записи отдавались без пароля. Закройте порт 8080 снаружи и напишите нам.' }] : i === 4 ? [{ ground: 'BALANCE_EXHAUSTED', since: iso(DAY), note: 'Баланс ниже нуля. Оплатите счёт 1207.' }] : [] },
    }),
  };
});

export const openSuspensions: Central.OpenSuspension[] = boxes
  .filter((box) => box.state !== 'REVOKED')
  .flatMap((box) => (box.license?.suspensions ?? []).map((one) => ({ ...one, boxId: box.id, organisation: box.organisation, site: box.site, name: one.trunk ? 'Kcell, запасная' : (one.module ?? ''), by: 'fleet' })));

export const poolNumbers: Central.PoolNumber[] = Array.from({ length: 9 }, (_, i) => ({
  number: `+7717269400${i}`, addedAt: iso(200 * DAY),
  ...(i < 5 ? { assignment: { boxId: boxes[i]!.id, organisation: boxes[i]!.organisation, site: boxes[i]!.site, note: `Договор ${100 + i}`, since: iso((90 - i) * DAY), by: 'fleet' } } : {}),
}));

export const ratingCases: Money.RatingCase[] = [
  { id: uuid(641), organisationId: boxes[3]!.organisationId, boxId: boxes[3]!.id, why: 'OTHER_PRICE', service: 'CALL_TIME', boxVersion: 'autocall-2026-1', centralVersion: 'autocall-2026-1', items: 18, boxTiyn: 21_600, centralTiyn: 20_400, firstItem: 'call/0d0c', lastItem: 'call/9ae1', firstAt: iso(3 * DAY), lastAt: iso(DAY) },
  { id: uuid(642), organisationId: boxes[1]!.organisationId, boxId: boxes[1]!.id, why: 'OTHER_VERSION', service: 'STT_TIME', boxVersion: 'autocall-2026-1', centralVersion: 'autocall-2026-2', items: 1, boxTiyn: 1200, centralTiyn: 1300, firstItem: 'call/77', lastItem: 'call/77', firstAt: iso(9 * DAY), lastAt: iso(9 * DAY), closedBy: 'billing', closedAt: iso(8 * DAY), note: 'Прайс сменился, пока бокс был без связи' },
];

export const fleet: Central.Fleet = {
  boxes: boxes.length, online: boxes.filter((b) => b.state === 'ONLINE').length, offline: 1, neverSeen: 1, activeCalls: boxes.reduce((sum, b) => sum + (b.activeCalls ?? 0), 0),
  today: { attempts: 21_480, answered: 12_905, answeredSeconds: 251_000, amountTiyn: 41_231_700 }, hours: hours(48, 3100),
  alarms: [
    { at: iso(12 * MIN), boxId: uuid(905), kind: 'TRUNK_DOWN', detail: 'The carrier does not answer OPTIONS.' },
    { at: iso(70 * MIN), boxId: uuid(906), kind: 'DISK_NEARLY_FULL', detail: '93 % used' },
    { at: iso(3 * 60 * MIN), boxId: uuid(903), kind: 'LEDGER_MISMATCH', detail: 'statement 4410: the box spent 81200.00 KZT, its messages before it say 81164.00 KZT' },
    { at: iso(2 * DAY), boxId: uuid(904), kind: 'OFFLINE', detail: 'No heartbeat for 5 minutes.' },
  ],
};

export const timeline: Central.TimelineEntry[] = [
  { at: iso(4 * MIN), boxId: uuid(900), kind: 'COMMAND_GIVEN', detail: 'SEND_STATEMENT: вопрос клиента о счёте', by: 'fleet' },
  { at: iso(9 * MIN), boxId: uuid(900), kind: 'LEASE_RENEWED', detail: 'version 14: 105000.00 KZT more', by: 'central' },
  { at: iso(40 * MIN), boxId: uuid(900), kind: 'COMMAND_ANSWERED', detail: 'COLLECT_DIAGNOSTICS: DONE' },
  { at: iso(5 * 60 * MIN), boxId: uuid(900), kind: 'SUSPENDED', detail: 'recording, SECURITY_EMERGENCY: Записи отдавались без пароля. Закройте порт 8080 снаружи и напишите нам.', by: 'fleet' },
  { at: iso(7 * 60 * MIN), boxId: uuid(900), kind: 'ONLINE', detail: 'Heartbeat after 4 min 10 s of silence.' },
  { at: iso(7.1 * 60 * MIN), boxId: uuid(900), kind: 'OFFLINE', detail: 'No heartbeat for 60 s.' },
  { at: iso(10 * DAY), boxId: uuid(900), kind: 'LEASE_TARGET', detail: '150000.00 KZT: больше звонков осенью', by: 'fleet' },
  { at: iso(20 * DAY), boxId: uuid(900), kind: 'TARIFF_PINNED', detail: 'version autocall-2026-2' },
  { at: iso(12 * DAY), boxId: uuid(900), kind: 'LICENSE_ISSUED', detail: 'Version 3, 30 channels', by: 'fleet' },
  { at: iso(90 * DAY), boxId: uuid(900), kind: 'ENROLLED', detail: 'Certificate issued.' },
];

export const claims: Central.Claim[] = [
  { id: uuid(801), organisation: 'ТОО «Қала Су»', site: 'Астана, склад', createdAt: iso(2 * 60 * MIN), expires: iso(-70 * 60 * MIN), state: 'OPEN' },
  { id: uuid(802), organisation: 'ТОО «Дала Сервис»', site: 'Астана', createdAt: iso(90 * DAY), expires: iso(87 * DAY), state: 'USED', boxId: uuid(900) },
  { id: uuid(803), organisation: 'ИП Сериков', site: 'Семей', createdAt: iso(20 * DAY), expires: iso(17 * DAY), state: 'EXPIRED' },
];

export const commands: Central.Command[] = [
  { id: uuid(600), order: 'SEND_STATEMENT', state: 'OPEN', reason: 'вопрос клиента о счёте', by: 'fleet', issuedAt: iso(4 * MIN), expires: iso(-6 * MIN), facts: {} },
  {
    id: uuid(601), order: 'COLLECT_DIAGNOSTICS', state: 'DONE', reason: 'жалоба на паузы в разговоре', by: 'fleet', issuedAt: iso(41 * MIN), expires: iso(31 * MIN), answeredAt: iso(40 * MIN),
    facts: { 'version': '0.1.0', 'java.version': '25.0.1', 'os': 'Debian 13', 'cpu.load': '0.42', 'memory.freeBytes': '2120413184', 'disk.freeBytes': '81604378624', 'asterisk.state': 'READY', 'trunk.reachable': 'true', 'calls.active': '11', 'outbox.depth': '0' },
  },
  { id: uuid(602), order: 'RESTART', state: 'UNANSWERED', reason: 'после обновления', by: 'fleet', issuedAt: iso(3 * DAY), expires: iso(3 * DAY - 10 * MIN), facts: {} },
  { id: uuid(603), order: 'RESUME_CAMPAIGNS', state: 'EXPIRED', reason: 'работы закончены', by: 'fleet', issuedAt: iso(6 * DAY), expires: iso(6 * DAY - 10 * MIN), answeredAt: iso(6 * DAY - 30 * MIN), facts: {} },
  { id: uuid(604), order: 'PAUSE_CAMPAIGNS', state: 'DONE', reason: 'работы у оператора', by: 'fleet', issuedAt: iso(6.2 * DAY), expires: iso(6.2 * DAY - 10 * MIN), answeredAt: iso(6.2 * DAY - 1 * MIN), facts: {} },
];

/// The newest does not agree at the box whose alarm says so.
export function statements(of: Central.Box): Central.BookStatement[] {
  const { money } = of;
  const wrong = of.alarms?.includes('LEDGER_MISMATCH');
  const one = (seq: number, ago: number, spentTiyn: number, cause: Central.BookStatement['cause']): Central.BookStatement => ({
    seq, at: iso(ago), cause, state: 'AGREES', leaseVersion: money.leaseVersion, grantedTiyn: money.grantedTiyn, returnedTiyn: money.returnedTiyn, spentTiyn, spentHereTiyn: spentTiyn,
    heldTiyn: 180_000, availableTiyn: money.grantedTiyn - money.returnedTiyn - spentTiyn - 180_000, rows: seq * 4, head: 'b7'.repeat(32),
  });
  const newest = one(4410, 3 * 60 * MIN, money.usedTiyn, 'RECONNECT');
  return [
    wrong ? { ...newest, state: 'MISMATCH', spentTiyn: money.usedTiyn + 3600, finding: 'the box spent 81200.00 KZT, its messages before it say 81164.00 KZT' } : newest,
    one(4102, 15 * 60 * MIN, money.usedTiyn - 900_000, 'DAILY'),
    one(3711, 39 * 60 * MIN, money.usedTiyn - 2_400_000, 'DAILY'),
  ];
}

const line = (service: string, price: string, unit: string, step: string, minimum = '0.00') => ({ service, price, unit, step, minimum });
const priceList = (version: string, publishedAt: string, lines: unknown[]) => JSON.stringify({ version, publishedAt, lines }, null, 2);
const FIRST_LIST = priceList('autocall-2026-1', iso(120 * DAY), [line('CALL_TIME', '24.0000', 'PT1M', 'PT1S'), line('REC_TIME', '1.2000', 'PT1M', 'PT10S'), line('STT_TIME', '6.0000', 'PT1M', 'PT1M')]);
const SECOND_LIST = priceList('autocall-2026-2', iso(30 * DAY), [line('CALL_TIME', '25.5000', 'PT1M', 'PT1S'), line('REC_TIME', '1.2000', 'PT1M', 'PT10S'), line('STT_TIME', '5.4000', 'PT1M', 'PT1M'), line('AI_DIALOG_TIME', '60.0000', 'PT1H', 'PT6S', '12.00')]);
const THIRD_LIST = priceList('autocall-2027-1', iso(0), [line('CALL_TIME', '25.5000', 'PT1M', 'PT6S'), line('STT_TIME', '5.4000', 'PT1M', 'PT1M'), line('AI_DIALOG_TIME', '54.0000', 'PT1H', 'PT6S', '12.00')]);

export const tariffs: Money.Tariff[] = [
  { number: 2, version: 'autocall-2026-2', publishedAt: iso(30 * DAY), publishedBy: 'approver', list: SECOND_LIST },
  { number: 1, version: 'autocall-2026-1', publishedAt: iso(120 * DAY), publishedBy: 'central', list: FIRST_LIST },
];

export const accounts: Money.Account[] = NAMES.map((name, i) => {
  const its = boxes.filter((box) => box.organisation === name);
  const leasedTiyn = its.reduce((sum, box) => sum + box.money.leftTiyn, 0);
  const freeTiyn = i === 4 ? 0 : i === 2 ? 0 : i === 9 ? 0 : 8_000_000 + i * 3_150_000;
  const old = its[0]!.tariff?.version === 'autocall-2026-1';
  const none = { freeTiyn: 0, leasedTiyn: 0, totalTiyn: 0 };
  return {
    id: customerId(name), name, boxes: its.length,
    wallets: [
      { wallet: 'AUTOCALL' as const, freeTiyn, leasedTiyn, totalTiyn: freeTiyn + leasedTiyn },
      { wallet: 'ANALYTICS' as const, ...none, ...(i === 0 ? { freeTiyn: 1_250_000, totalTiyn: 1_250_000 } : {}) },
      { wallet: 'ANALYTICS_BONUS' as const, ...none },
      { wallet: 'XTRACK' as const, ...none },
    ],
    ...(i === 9 ? {} : { pinned: { version: old ? 'autocall-2026-1' : 'autocall-2026-2', since: iso((old ? 80 : 20) * DAY), list: old ? FIRST_LIST : SECOND_LIST, benefit: false } }),
    published: { version: 'autocall-2026-2', publishedAt: iso(30 * DAY), list: SECOND_LIST },
    topUps: [],
  };
});

export const topUps: Money.TopUp[] = [
  { key: 'KZ-2026-11-20-000188', wallet: 'AUTOCALL', amountTiyn: 15_000_000, reference: 'Счёт 1180', by: 'billing', at: iso(9 * DAY) },
  { key: 'KZ-2026-11-02-000031', wallet: 'ANALYTICS', amountTiyn: 1_250_000, reference: 'Счёт 1151', by: 'billing', at: iso(27 * DAY) },
  { key: 'KZ-2026-09-11-000402', wallet: 'AUTOCALL', amountTiyn: 90_000_000, reference: 'Договор 44/26, аванс', by: 'approver', at: iso(80 * DAY) },
];

export const proposals: Money.Proposal[] = [
  { id: uuid(500), kind: 'PUBLICATION', list: THIRD_LIST, reason: 'Прайс на 2027 год, приказ 18', proposedBy: 'billing', proposedAt: iso(2 * 60 * MIN), state: 'OPEN' },
  { id: uuid(501), kind: 'COMPENSATION', organisationId: uuid(700), wallet: 'AUTOCALL', amountTiyn: 1_200_000, reason: 'Сбой у нас 14 ноября, обращение 311', proposedBy: 'approver', proposedAt: iso(5 * 60 * MIN), state: 'OPEN' },
  { id: uuid(502), kind: 'REVERSAL', organisationId: uuid(701), posting: 'top-up/KZ-2026-11-02-000031', reason: 'Платёж другого клиента с похожим названием', proposedBy: 'approver', proposedAt: iso(DAY), state: 'OPEN' },
  { id: uuid(503), kind: 'PENALTY', organisationId: uuid(704), wallet: 'AUTOCALL', amountTiyn: 500_000, reason: 'Пункт 6.8 договора', proposedBy: 'billing', proposedAt: iso(4 * DAY), state: 'REJECTED', decidedBy: 'approver', decidedAt: iso(3 * DAY), note: 'Сначала письмо клиенту' },
  { id: uuid(504), kind: 'PUBLICATION', list: SECOND_LIST, reason: 'Прайс осени', proposedBy: 'billing', proposedAt: iso(31 * DAY), state: 'APPROVED', decidedBy: 'approver', decidedAt: iso(30 * DAY) },
  { id: uuid(505), kind: 'COMPENSATION', organisationId: uuid(703), wallet: 'AUTOCALL', amountTiyn: 80_000, reason: 'Ошибся суммой', proposedBy: 'billing', proposedAt: iso(33 * DAY), state: 'WITHDRAWN', decidedBy: 'billing', decidedAt: iso(33 * DAY) },
];

export const customers: Cases.CustomerName[] = NAMES.map((name) => ({ id: customerId(name), name })).sort((one, other) => one.name.localeCompare(other.name, 'ru'));

const complaint = (n: number, of: number, more: Partial<Cases.Complaint>): Cases.Complaint => ({
  id: `${['7c1e04b2', '0a9d5f31', 'e2b84c70', '51f6a9d8', '93d07e1c', 'b8425f6a', '2f7c91e5', 'd40b6a38'][n]}-5d0e-4c1f-8a2b-0000000000${String(10 + n)}`,
  customer: { id: customerId(NAMES[of]!), name: NAMES[of]! }, number: `+7701${String(2345678 + n * 111_113)}`, channel: n % 3 === 1 ? 'SMS' : 'CALL', source: 'SUBSCRIBER',
  contactAt: iso((n + 1) * DAY + 5 * 60 * MIN), receivedAt: iso(n * DAY + 90 * MIN), enteredBy: 'complaints', text: 'Звонят третий раз за неделю, согласия я не давал.', state: 'RECEIVED', stateSince: iso(n * DAY + 80 * MIN),
  evidenceReceived: false, unanswered: false, standing: 'PROVISIONAL', ...more,
});

/// The oldest last, as the list of all shows them.
export const complaints: Cases.Complaint[] = [
  complaint(0, 0, { source: 'CUSTOMER', enteredBy: 'operator', boxId: uuid(900), text: 'Абонент сказал, что номер теперь его, и просил больше не звонить.', campaignId: uuid(201), campaignRecipients: 1840 }),
  complaint(1, 1, { state: 'UNDER_REVIEW', numberProof: 'Прислал SMS с этого номера' }),
  complaint(2, 2, { source: 'OPERATOR', state: 'EVIDENCE_REQUESTED', evidenceDue: iso(-2 * DAY - 3 * 60 * MIN), text: 'Оператор связи переслал обращение абонента: реклама без согласия.' }),
  complaint(3, 0, { state: 'EVIDENCE_RECEIVED', evidenceDue: iso(-DAY), evidenceReceived: true, numberProof: 'Звонил нам с этого номера', campaignId: uuid(201), campaignRecipients: 1840 }),
  complaint(4, 3, { state: 'EVIDENCE_REQUESTED', evidenceDue: iso(9 * 60 * MIN), unanswered: true, source: 'THIRD_PARTY' }),
  complaint(5, 0, { state: 'CONFIRMED_SPAM', standing: 'CONFIRMED', verdict: 'CONFIRMED_SPAM', verdictAt: iso(4 * DAY), evidenceDue: iso(5 * DAY), source: 'STAFF' }),
  complaint(6, 4, { state: 'REJECTED', standing: 'REJECTED', verdict: 'REJECTED', verdictAt: iso(5 * DAY) }),
  complaint(7, 0, { state: 'CLOSED', standing: 'LIFTED', verdict: 'CONFIRMED_SPAM', verdictAt: iso(30 * DAY), liftedAt: iso(6 * DAY) }),
];

export const violations: Cases.Violation[] = [
  { id: uuid(850), customer: complaints[0]!.customer, why: 'REPEATED', openedAt: iso(4 * DAY), complaints: [complaints[7]!.id, complaints[5]!.id, complaints[3]!.id] },
  { id: uuid(851), customer: complaints[2]!.customer, why: 'CAMPAIGN_SHARE', campaignId: uuid(201), openedAt: iso(40 * DAY), complaints: [complaints[6]!.id, complaints[2]!.id] },
];

export function complaintDetail(one: Cases.Complaint): Cases.ComplaintDetail {
  type Kind = Cases.ComplaintDetail['history'][number]['kind'];
  const event = (kind: Kind, ago: number, by: string, note: string) => ({ kind, at: iso(ago), by, note });
  const asked = one.evidenceDue !== undefined;
  return {
    complaint: one,
    history: [
      event('RECEIVED', 4 * DAY, one.enteredBy, ''),
      ...(one.state === 'RECEIVED' ? [] : [event('REVIEW_BEGUN', 3.9 * DAY, 'complaints', 'Абонент перезвонил и подтвердил время звонка.')]),
      ...(asked ? [event('EVIDENCE_REQUESTED', 3.8 * DAY, 'complaints', 'Нужен источник номера и согласие.')] : []),
      ...(one.evidenceReceived ? [event('EVIDENCE_RECEIVED', 2 * DAY, 'owner', '')] : []),
      ...(one.verdict === 'CONFIRMED_SPAM' ? [event('CONFIRMED', DAY, 'complaints', 'Согласия на звонки нет.')] : one.verdict ? [event('REJECTED', DAY, 'complaints', 'Согласие подтверждено договором.')] : []),
      ...(one.liftedAt ? [event('LIFTED', 0.8 * DAY, 'complaints', 'Абонент подписал новое согласие.'), event('CLOSED', 0.5 * DAY, 'complaints', 'Всё сделано.')] : []),
    ],
    answers: one.evidenceReceived
      ? [{
          id: uuid(860), boxId: uuid(900), at: iso(2 * DAY), by: 'owner', note: 'Абонент оставил номер в анкете при покупке, согласие подписано. Анкета приложена.', file: 'анкета-0714.pdf',
          records: [
            { list: 'Покупатели, осень', imported: iso(60 * DAY), origin: 'Анкеты в магазине', forCalls: true, forMessages: true, statedBy: 'owner', statedAt: iso(60 * DAY) },
            { list: 'Розыгрыш', imported: iso(200 * DAY), origin: '', forCalls: false, forMessages: false, statedBy: 'operator', statedAt: iso(200 * DAY) },
          ],
        }]
      : [],
    ...(one.standing === 'CONFIRMED' ? { violationId: uuid(850) } : {}),
  };
}

// ---- published recordings

const promotion = (n: number, more: Partial<Promotions.Promotion>): Promotions.Promotion => ({
  id: uuid(950 + n), customer: customers[n % customers.length]!, box: { id: boxes[n % boxes.length]!.id, site: boxes[n % boxes.length]!.site }, callId: uuid(500 + n), chat: '-1001234567890', message: 4210 + n,
  givenAt: iso(20 * DAY), givenBy: 'Айгүл Серік, маркетолог', allowed: ['SITE', 'SOCIAL'], enteredBy: 'complaints', enteredAt: iso(20 * DAY - 2 * 60 * MIN), state: 'STANDING', overdue: false,
  publications: [
    { id: uuid(970 + n), outlet: 'SITE', place: 'https://qonyrau.kz/examples/reminder-about-a-visit', at: iso(18 * DAY), enteredBy: 'complaints' },
    { id: uuid(980 + n), outlet: 'SOCIAL', place: 'Instagram, @qonyrau', at: iso(17 * DAY), enteredBy: 'complaints', removedAt: iso(2 * DAY), removedBy: 'complaints' },
  ],
  ...more,
});
const withdrawal = (hours: number, more: Partial<NonNullable<Promotions.Promotion['withdrawal']>> = {}) => ({ from: iso(hours * 60 * MIN), by: 'owner', at: iso(hours * 60 * MIN), due: iso((hours - 72) * 60 * MIN), ...more });
export const promotions: Promotions.Promotion[] = [
  promotion(0, { state: 'TO_REMOVE', overdue: true, withdrawal: withdrawal(90) }),
  promotion(1, { state: 'TO_REMOVE', withdrawal: withdrawal(20, { by: 'Айгүл Серік', enteredBy: 'complaints' }) }),
  promotion(2, {}),
  promotion(3, { allowed: ['SITE'], publications: [] }),
  promotion(4, { state: 'ENDED', withdrawal: withdrawal(400), publications: [] }),
];

// ---- subscribers who ask who called them

const inquiry = (n: number, more: Partial<Inquiries.Inquiry>): Inquiries.Inquiry => ({
  id: uuid(900 + n), purpose: 'WHO_CALLED', reason: 'CONTACT_MISSING', askedAt: iso((n + 1) * 130 * MIN), state: 'ANSWERED', stateSince: iso((n + 1) * 128 * MIN), found: true, asked: 1, answered: 1, ...more,
});
export const inquiries: Inquiries.Inquiry[] = [
  inquiry(0, { state: 'AWAITING_PROOF', found: false, asked: 0, answered: 0 }),
  inquiry(1, { enteredBy: 'complaints', state: 'ASKING', asked: 9, answered: 7 }),
  inquiry(2, { reason: 'NOT_REACHABLE' }),
  inquiry(3, { purpose: 'COMPLAINT', reason: 'COMPLAINS', state: 'COMPLAINED', found: false, asked: 0, answered: 0 }),
  inquiry(4, { state: 'ANSWERED', found: false, asked: 9, answered: 9 }),
  inquiry(5, { state: 'EXPIRED', found: false, asked: 0, answered: 0 }),
  inquiry(6, { state: 'CLOSED', asked: 9, answered: 8 }),
];
export const inquiryDetail: Inquiries.InquiryDetail = {
  inquiry: inquiries[1]!,
  senders: [{ name: 'Стоматология «Ақ тіс»', contact: '+7 727 300 40 50, aktis.kz', times: [iso(2 * DAY), iso(3 * DAY)] }],
};
