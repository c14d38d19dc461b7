import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Box, Command } from '../src/api/central/fleet';
import type { Account, Proposal } from '../src/api/central/money';
import { speak } from '../src/i18n/i18n.svelte';
import { eventDetail } from '../src/screens/central/event-detail';
import { getsAtOnce, isLow, stateNow } from '../src/screens/central/box/lease';
import { goesOn, GROUNDS, keyOf, scopesOf, stops, suspendedName } from '../src/screens/central/box/suspension';
import { e164, numbersOf } from '../src/screens/central/numbers/e164';
import { chosen, grouped, mismatched, summed } from '../src/screens/central/fleet/groups';
import { effectOfPayment, isInDebt, mayDecide, walletOf } from '../src/screens/central/money/account-state';
import { differences, inWords, priceListOf } from '../src/screens/central/money/price-list';
import { handlesMoney, keepsFleet, suspends } from '../src/state/rights';
import { signIn } from '../src/state/session.svelte';
import * as central from '../gallery/central-fixtures';

const NOW = Date.parse('2026-11-24T08:00:00Z');

beforeEach(() => speak('ru'));
afterEach(() => vi.unstubAllGlobals());

const line = (over: Record<string, string> = {}) => ({ service: 'CALL_TIME', price: '24.0000', unit: 'PT1M', step: 'PT1S', minimum: '0.00', ...over });
const list = (...lines: unknown[]) => priceListOf(JSON.stringify({ version: 'v', publishedAt: '2026-01-01T00:00:00Z', lines }))!;

describe('a price list (SH-TAR-06)', () => {
  const change = (before: Record<string, string>, after: Record<string, string>) => differences(list(line(before)), list(line(after)))[0]!.change;

  it('is read exactly, and nothing else is read at all', () => {
    expect(list(line({ price: '1.1111', minimum: '12.5' })).lines[0]).toMatchObject({ price: 11_111n, unitMillis: 60_000, stepMillis: 1000, minimumTiyn: 1250n });
    for (const wrong of ['', '[]', '{"version":"v"}', 'null', '{"version":1,"lines":[]}']) expect(priceListOf(wrong), wrong).toBeUndefined();
    const wrongs: Record<string, string>[] = [{ price: '1.11111' }, { price: '-1' }, { price: '1e3' }, { unit: 'minute' }, { unit: 'PT' }, { step: 'PT0S' }, { minimum: '0.001' }];
    for (const wrong of wrongs) {
      expect(priceListOf(JSON.stringify({ version: 'v', lines: [line(wrong)] })), JSON.stringify(wrong)).toBeUndefined();
    }
  });

  it('is compared by what time costs, whatever its unit', () => {
    expect(change({}, {})).toBe('same');
    expect(change({}, { price: '1440', unit: 'PT1H' })).toBe('same');
    expect(change({}, { price: '24.0001' })).toBe('dearer');
    expect(change({}, { price: '0.4', unit: 'PT1S' })).toBe('same');
    expect(change({}, { price: '23.9999' })).toBe('cheaper');
    expect(change({}, { minimum: '5.00' })).toBe('dearer');
  });

  it('is dearer with a longer step only where that always rounds up to more', () => {
    expect(change({ step: 'PT1S' }, { step: 'PT10S' })).toBe('dearer');
    expect(change({ step: 'PT10S' }, { step: 'PT1S' })).toBe('cheaper');
    // 61 s are 66 s by the one and 70 s by the other, but 70 s are 72 s and 70 s.
    expect(change({ step: 'PT10S' }, { step: 'PT6S' })).toBe('other');
    expect(change({}, { price: '25', step: 'PT0.5S' })).toBe('other');
  });

  it('shows what is new and what is gone', () => {
    const found = differences(list(line(), line({ service: 'REC_TIME' })), list(line({ service: 'STT_TIME' }), line()));
    expect(found.map((one) => [one.service, one.change])).toEqual([['STT_TIME', 'added'], ['CALL_TIME', 'same'], ['REC_TIME', 'removed']]);
    expect(differences(undefined, list(line())).map((one) => one.change)).toEqual(['added']);
  });

  it('is told in words', async () => {
    const [first] = list(line({ price: '60.0000', unit: 'PT1H', step: 'PT6S', minimum: '12.00' })).lines;
    expect(inWords(first!)).toBe('60 ₸/ч, шаг 6 с, не меньше 12 ₸');
    await speak('en');
    expect(inWords(list(line({ price: '1.1000', unit: 'PT1M', step: 'PT0.25S' })).lines[0]!)).toBe('1,10 ₸/min, step 250 ms');
    expect(inWords(list(line({ unit: 'PT30S' })).lines[0]!)).toContain('24 ₸/30 s');
  });
});

describe('a customer’s account', () => {
  const account = (over: Partial<Account> = {}): Account => ({
    id: 'a', name: 'a', boxes: 1, topUps: [], wallets: [{ wallet: 'AUTOCALL', freeTiyn: 5, leasedTiyn: 5, totalTiyn: 10 }],
    pinned: { version: '1', since: '', list: '', benefit: false }, published: { version: '2', publishedAt: '', list: '' }, ...over,
  });

  it('switches its price list only with a payment for calls (SH-TAR-03)', () => {
    expect(effectOfPayment(account(), 'AUTOCALL')).toBe('switches');
    expect(effectOfPayment(account(), 'ANALYTICS')).toBe('nothing');
    expect(effectOfPayment(account({ published: { version: '1', publishedAt: '', list: '' } }), 'AUTOCALL')).toBe('nothing');
    const { pinned: _, ...fresh } = account();
    expect(effectOfPayment(fresh, 'AUTOCALL')).toBe('pins');
    const { published: __, ...early } = account();
    expect(effectOfPayment(early, 'AUTOCALL')).toBe('nothing');
  });

  it('is in debt with any wallet below zero, and has wallets that are not told of', () => {
    expect(isInDebt(account())).toBe(false);
    expect(isInDebt(account({ wallets: [{ wallet: 'XTRACK', freeTiyn: -1, leasedTiyn: 0, totalTiyn: -1 }] }))).toBe(true);
    expect(isInDebt(account({ wallets: [{ wallet: 'AUTOCALL', freeTiyn: 0, leasedTiyn: 0, totalTiyn: 0 }] }))).toBe(false);
    expect(walletOf(account(), 'XTRACK')).toEqual({ wallet: 'XTRACK', freeTiyn: 0, leasedTiyn: 0, totalTiyn: 0 });
  });
});

describe('a proposal (SH-BAL-17)', () => {
  const proposal: Proposal = { id: 'p', kind: 'PENALTY', reason: 'r', proposedBy: 'billing', proposedAt: '', state: 'OPEN' };

  it('is decided by another person of billing than who proposed it', () => {
    expect(mayDecide(proposal, 'approver', true)).toBe('decides');
    expect(mayDecide(proposal, 'billing', true)).toBe('own');
    expect(mayDecide(proposal, 'fleet', false)).toBe('looks');
    expect(mayDecide({ ...proposal, state: 'APPROVED' }, 'approver', true)).toBe('over');
  });
});

describe('what a role may do at central', () => {
  it.each([
    ['FLEET', { keepsFleet: true, handlesMoney: false, suspends: true }],
    ['BILLING', { keepsFleet: false, handlesMoney: true, suspends: true }],
    ['AUDITOR', { keepsFleet: false, handlesMoney: false, suspends: false }],
  ])('%s', async (role, rights) => {
    // Who has to change the password first opens no line of live updates.
    const person = { login: 'x', name: 'x', role, mustChangePassword: true };
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(person), { headers: { 'Content-Type': 'application/json' } })));
    await signIn('x', 'x');
    expect({ keepsFleet: keepsFleet(), handlesMoney: handlesMoney(), suspends: suspends() }).toEqual(rights);
  });
});

describe('a lease (SH-BAL-15)', () => {
  it('is low at 30 % of its target, and below zero', () => {
    expect(isLow({ targetTiyn: 1000, leftTiyn: 301 })).toBe(false);
    expect(isLow({ targetTiyn: 1000, leftTiyn: 300 })).toBe(true);
    expect(isLow({ targetTiyn: 1000, leftTiyn: -1 })).toBe(true);
    expect(isLow({ targetTiyn: 0, leftTiyn: 0 })).toBe(false);
  });

  it('gets up to its target at once if it is low, as far as there is free money', () => {
    expect(getsAtOnce(1000, 300, 5000)).toBe(700);
    expect(getsAtOnce(1000, 300, 50)).toBe(50);
    expect(getsAtOnce(1000, 301, 5000)).toBe(0);
    expect(getsAtOnce(1000, -200, 5000)).toBe(1200);
    expect(getsAtOnce(1000, 0, -5)).toBe(0);
    expect(getsAtOnce(0, 0, 5000)).toBe(0);
  });
});

it('a command that was open has no answer once it has expired', () => {
  const command: Command = { id: 'c', order: 'RESTART', state: 'OPEN', reason: 'r', by: 'b', issuedAt: '', expires: '2026-11-24T08:00:00Z', facts: {} };
  expect(stateNow(command, NOW - 1)).toBe('OPEN');
  expect(stateNow(command, NOW)).toBe('UNANSWERED');
  expect(stateNow({ ...command, state: 'DONE' }, NOW)).toBe('DONE');
});

describe('a suspension (SH-SUS-01)', () => {
  it('offers every ground once', () => {
    expect(new Set(GROUNDS).size).toBe(15);
  });

  it('says what stops and what goes on, of modules that are not known here too', () => {
    expect(stops({})).toContain('всё, за что списываются деньги');
    expect(stops({ module: 'recording' })).toContain('Запись новых звонков');
    expect(stops({ module: 'telepathy' })).toContain('telepathy');
    expect(stops({ trunk: 't0000000a' })).toContain('через эту линию');
    expect(goesOn({})).toHaveLength(1);
    expect(goesOn({ module: 'calls' })[0]).toBe('Остальные модули работают.');
    expect(goesOn({ trunk: 't0000000a' })[0]).toContain('Остальные линии');
  });

  it('can be of everything, of each module and of each trunk', () => {
    const scopes = scopesOf({ license: { modules: ['calls'] }, trunks: [{ id: 't0000000a', name: 'Beeline' }] } as Box);
    expect(scopes.map(keyOf)).toEqual(['', 'calls', 'trunk/t0000000a']);
    expect(scopes.map((one) => suspendedName(one, 'Beeline'))).toEqual(['Всё платное', 'Обзвон', 'Линия «Beeline»']);
  });
});

describe('the fleet as a tree (PLT-11)', () => {
  const money = (leftTiyn: number, targetTiyn = 1000): Box['money'] => ({ targetTiyn, grantedTiyn: 0, returnedTiyn: 0, usedTiyn: 0, leftTiyn, leaseVersion: 1 });
  const box = (id: string, over: Partial<Box> = {}): Box => ({
    id, serial: id, organisationId: 'o1', organisation: 'Б', site: 'Астана', state: 'ONLINE', enrolledAt: '', usageMessages: 0, booksDisagree: false, legalHolds: [], money: money(500), activeCalls: 2, channelLimit: 10, ...over,
  });
  const boxes = [
    box('1'),
    box('2', { site: 'Алматы', state: 'OFFLINE', money: money(300) }),
    box('3', { organisationId: 'o2', organisation: 'А', money: money(-50), alarms: ['TRUNK_DOWN'] }),
    box('4', { alarms: ['LEDGER_MISMATCH'], money: money(900) }),
  ];

  it('is by organisation and site, by name, with sums', () => {
    const tree = grouped(boxes, NOW);
    expect(tree.map((one) => [one.name, one.sites.map((site) => [site.name, site.boxes.map((box) => box.id)])])).toEqual([
      ['А', [['Астана', ['3']]]],
      ['Б', [['Алматы', ['2']], ['Астана', ['1', '4']]]],
    ]);
    expect(tree[1]!.sums).toEqual({ boxes: 3, online: 2, troubled: 2, activeCalls: 6, channels: 30, leftTiyn: 1700 });
    expect(grouped([], NOW)).toEqual([]);
  });

  it('keeps customers of the same name apart', () => {
    expect(grouped([box('1'), box('2', { organisationId: 'other' })], NOW)).toHaveLength(2);
  });

  it('is filtered by money, alarms and books that do not agree', () => {
    const ids = (wanted: Parameters<typeof chosen>[1], mismatches = new Set<string>()) => chosen(boxes, wanted, mismatches).map((one) => one.id).join();
    expect(ids({})).toBe('1,2,3,4');
    expect(ids({ money: 'low' })).toBe('2,3');
    expect(ids({ money: 'debt' })).toBe('3');
    expect(ids({ alarm: true })).toBe('3,4');
    const mismatches = mismatched([{ ...boxes[0]!, booksDisagree: true }, ...boxes.slice(1)]);
    expect(ids({ mismatch: true }, mismatches)).toBe('1');
    expect(ids({ mismatch: true, money: 'debt' }, mismatches)).toBe('');
  });

  it('sums what is made up, too', () => {
    expect(summed(central.boxes, NOW).boxes).toBe(central.boxes.length);
  });
});

it('tells of an event with its codes in words, and of people’s words as they are', () => {
  const detail = (kind: string, text: string) => eventDetail({ at: '', kind, detail: text });
  expect(detail('COMMAND_GIVEN', 'RESTART: после обновления')).toBe('Перезапустить программу: после обновления');
  expect(detail('COMMAND_ANSWERED', 'RESTART: FAILED')).toBe('Перезапустить программу: Не удалась');
  expect(detail('COMMAND_GIVEN', 'NEWER_ORDER: why')).toBe('NEWER_ORDER: why');
  expect(detail('SUSPENDED', 'everything, ABUSE: SPAM, calls')).toBe('Всё платное, Злоупотребление или недобросовестность: SPAM, calls');
  expect(detail('RESTORED', 'calls: paid')).toBe('Обзвон: paid');
  expect(detail('SUSPENDED', 'trunk Beeline (Abay) (t0000000a), ABUSE: SPAM')).toBe('Линия «Beeline (Abay)», Злоупотребление или недобросовестность: SPAM');
  expect(detail('RESTORED', 'trunk Beeline (t0000000a): clean')).toBe('Линия «Beeline»: clean');
  expect(detail('ONLINE', 'version 0.1.0')).toBe('version 0.1.0');
});

describe('the numbers of the pool (AC-CAL-03)', () => {
  it('are read as people write them', () => {
    for (const text of ['+7 (717) 269-40-00', '8 717 269 40 00', '77172694000', '7172694000']) expect(e164(text)).toBe('+77172694000');
    for (const text of ['+1 717 269 4000', '0', '', '7172', '+7717269400a', '8717269400012']) expect(e164(text)).toBeUndefined();
  });

  it('are taken once each, and what is none is named', () => {
    expect(numbersOf('87172694000\n+7 717 269 40 00; 8 727 300 00 01,\n\nкасса')).toEqual({ numbers: ['+77172694000', '+77273000001'], wrong: ['касса'] });
  });
});
