import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notice } from '../src/api/box/door';
import { codeInWords } from '../src/api/problem';
import { LANGUAGES, speak, t } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import Dashboard from '../src/screens/box/dashboard/Dashboard.svelte';
import { differs, draftOf, read } from '../src/screens/box/ledger/thresholds';
import WarningsCard from '../src/screens/box/ledger/WarningsCard.svelte';
import Bell from '../src/screens/box/notices/Bell.svelte';
import CountsNotices from '../src/screens/box/notices/CountsNotices.svelte';
import LowBalance from '../src/screens/box/notices/LowBalance.svelte';
import { isLowBalance, sentenceOf, toneOf } from '../src/screens/box/notices/notice-words';
import Notices from '../src/screens/box/notices/Notices.svelte';
import { nowUnread, unreadNotices } from '../src/screens/box/notices/unread.svelte';
import { signIn } from '../src/state/session.svelte';
import * as box from '../gallery/box-fixtures';

const low: Notice = { id: box.uuid(1), code: 'BALANCE_LOW', at: '2026-11-24T04:00:00Z', amountTiyn: 123_450, origin: 'BOX' };
const paid: Notice = { id: box.uuid(2), code: 'PAYMENT_CREDITED', at: '2026-11-23T04:00:00Z', amountTiyn: 1_000_000, origin: 'CENTRAL' };

/// What the back end answers, by path; what it was sent stands in `sent`.
let answers: Record<string, [number, unknown]>;
let sent: { method: string; path: string; body: string }[];
let heard: Map<string, (event: { type: string; data: string }) => void>;

class Source {
  readyState = 1;
  addEventListener(name: string, listener: (event: { type: string; data: string }) => void) {
    heard.set(name, listener);
  }
  close() {}
}

beforeEach(async () => {
  answers = {};
  sent = [];
  heard = new Map();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url, 'http://localhost');
    const path = url.pathname.replace(/^\/api/, '');
    sent.push({ method: request.method, path: path + url.search, body: request.method === 'GET' ? '' : await request.clone().text() });
    const [status, body] = answers[`${request.method} ${path}`] ?? answers[path] ?? [404, { status: 404, code: 'NOT_FOUND', detail: '' }];
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } });
  });
  await speak('ru');
});
afterEach(() => {
  cleanup();
  live.close();
  nowUnread(0);
  vi.unstubAllGlobals();
});

const enter = async (role: string) => {
  answers['/session'] = [200, { login: 'x', name: 'x', role, mustChangePassword: false }];
  await signIn('x', 'x');
};
const there = (...items: Notice[]) => (answers['/notices'] = [200, { undismissed: items.filter((one) => !one.dismissedAt).length, items }]);
const changes = () => sent.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => `${method} ${path} ${body}`);
const button = (name: string) => screen.getByText(name, { selector: '.text' }).closest('button')!;
const tell = (undismissed: number) => heard.get('notice')!({ type: 'notice', data: JSON.stringify({ undismissed }) });

describe('what a notice says (SH-NOT-01)', () => {
  const codes = ['BALANCE_LOW', 'BALANCE_BELOW_DAY', 'WELCOME_BONUS_CREDITED', 'WELCOME_BONUS_LAPSES', 'WELCOME_BONUS_VOIDED', 'PAYMENT_CREDITED', 'ACCOUNT_CLOSED'];

  it.each(LANGUAGES)('is a sentence for every code in %s (PLT-20)', async (language) => {
    await speak(language);
    const sentences = codes.map((code) => sentenceOf({ ...low, code, until: '2026-11-25T19:00:00Z' }));
    expect(new Set(sentences).size).toBe(codes.length);
    for (const [at, sentence] of sentences.entries()) {
      expect(sentence).not.toMatch(/notices\.|{{|BALANCE|BONUS|undefined/);
      if (codes[at] !== 'ACCOUNT_CLOSED') expect(sentence.replace(/\s/g, ' ')).toContain('1 234,50 ₸');
      if (/CREDITED|LAPSES/.test(codes[at]!) && codes[at] !== 'PAYMENT_CREDITED') expect(sentence).toContain('26.11.2026, 00:00');
    }
    expect(sentenceOf({ ...low, code: 'A_NEW_ONE' })).toContain('A_NEW_ONE');
  });

  it('shows what it can of a code that is unknown', () => {
    expect(sentenceOf({ ...low, code: 'A_NEW_ONE', amountTiyn: -500, until: '2026-11-25T19:00:00Z' })).toBe('Уведомление, которого эти страницы ещё не знают: A_NEW_ONE. −5,00 ₸, срок 26.11.2026, 00:00');
    expect(sentenceOf({ id: box.uuid(3), code: 'toString', at: low.at, origin: 'CENTRAL' })).toBe('Уведомление, которого эти страницы ещё не знают: toString.');
    expect(toneOf({ ...low, code: 'constructor' })).toBe('info');
    expect(isLowBalance(low)).toBe(true);
    expect(isLowBalance(paid)).toBe(false);
  });
});

describe('the page of notices', () => {
  it('shows the newest first and dismisses one', async () => {
    there(low, paid);
    render(Notices);
    expect(await screen.findByText(/осталось 1 234,50/)).toBeTruthy();
    expect(screen.getByText(/Платёж 10 000,00/)).toBeTruthy();
    expect(unreadNotices()).toBe(2);
    answers[`/notices/${low.id}/dismissal`] = [204, undefined];
    there({ ...low, dismissedAt: '2026-11-24T05:00:00Z', dismissedBy: 'owner' }, paid);
    await fireEvent.click(screen.getAllByText('Скрыть', { selector: '.text' })[0]!.closest('button')!);
    expect(await screen.findByText(/скрыл owner 24\.11\.2026, 10:00/)).toBeTruthy();
    expect(changes()).toEqual([`POST /notices/${low.id}/dismissal `]);
    expect(unreadNotices()).toBe(1);
    expect(screen.getAllByText('Скрыть', { selector: '.text' })).toHaveLength(1);
  });

  it('dismisses all that are shown, and only those', async () => {
    const gone = { ...paid, id: box.uuid(9), dismissedAt: paid.at, dismissedBy: 'owner' };
    there(low, paid, gone);
    render(Notices);
    await screen.findByText(/осталось/);
    answers['/notices/dismissal'] = [200, { undismissed: 0 }];
    there({ ...low, dismissedAt: low.at }, { ...paid, dismissedAt: low.at }, gone);
    await fireEvent.click(button('Скрыть все'));
    await vi.waitFor(() => expect(screen.queryByText('Скрыть все', { selector: '.text' })).toBeNull());
    expect(changes()).toEqual([`POST /notices/dismissal ${JSON.stringify({ ids: [low.id, paid.id] })}`]);
  });

  it('has words for an empty page', async () => {
    there();
    render(Notices);
    expect(await screen.findByText('Уведомлений нет')).toBeTruthy();
    expect(screen.queryByText('Скрыть все')).toBeNull();
  });

  it('follows what comes while it is open', async () => {
    there(paid);
    render(Notices);
    live.open();
    await screen.findByText(/Платёж/);
    there(low, paid);
    tell(2);
    expect(await screen.findByText(/осталось/)).toBeTruthy();
  });
});

describe('the bell', () => {
  it('counts, and follows', async () => {
    there(low, paid);
    render(CountsNotices);
    render(Bell);
    live.open();
    expect((await screen.findByLabelText('Уведомления: 2 новых')).getAttribute('href')).toBe('#/notices');
    tell(120);
    expect(await screen.findByText('99+')).toBeTruthy();
    tell(0);
    await vi.waitFor(() => expect(screen.getByLabelText('Уведомления').textContent?.trim()).toBe(''));
  });

  it('forgets its count with whoever signs out', async () => {
    there(low);
    const counts = render(CountsNotices);
    await vi.waitFor(() => expect(unreadNotices()).toBe(1));
    counts.unmount();
    expect(unreadNotices()).toBe(0);
  });
});

describe('the banner of a low balance (SH-BAL-18)', () => {
  it('shows the newest and leads to the ledger', async () => {
    there(paid, low, { ...low, id: box.uuid(3), code: 'BALANCE_BELOW_DAY' });
    render(LowBalance);
    expect(await screen.findByText(/осталось 1 234,50/)).toBeTruthy();
    expect(screen.getByText('Выписка и пороги').getAttribute('href')).toBe('#/ledger');
    answers['/notices/dismissal'] = [200, { undismissed: 1 }];
    there(paid);
    await fireEvent.click(button('Скрыть'));
    await vi.waitFor(() => expect(screen.queryByText(/осталось/)).toBeNull());
    expect(changes()).toEqual([`POST /notices/dismissal ${JSON.stringify({ ids: [low.id, box.uuid(3)] })}`]);
  });

  it('is not there for other notices', async () => {
    there(paid);
    render(LowBalance);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(screen.queryByText('Выписка и пороги')).toBeNull();
  });

  it('is for the owner alone', async () => {
    answers['/dashboard'] = [200, box.dashboard];
    there(low);
    await enter('OPERATOR');
    render(Dashboard);
    await screen.findAllByText('Выписка');
    expect(sent.some(({ path }) => path.startsWith('/notices'))).toBe(false);
    cleanup();
    await enter('OWNER');
    render(Dashboard);
    expect(await screen.findByText(/осталось 1 234,50/)).toBeTruthy();
  });
});

describe('the thresholds (SH-BAL-18)', () => {
  it('are read as people type them', () => {
    expect(read(['1 000', '99,50', '', ' 0.01 ₸'])).toEqual({ tiyn: [100_000, 9_950, 1], faults: [undefined, undefined, undefined, undefined] });
    expect(read(['0', '-5', 'x', '10000000000,01', '5', '5,00', '1,234']).faults).toEqual(['badAmount', 'badAmount', 'badAmount', 'tooLarge', undefined, 'twice', 'badAmount']);
    const saved = { thresholdsTiyn: [100_050, 5_000, 1], usualDay: true };
    expect(draftOf(saved).lines).toEqual(['1000,50', '50', '0,01']);
    expect(differs(draftOf(saved), saved)).toBe(false);
    expect(differs({ lines: ['0,01', '50', '', '1000,5'], usualDay: true }, saved)).toBe(false);
    expect(differs({ ...draftOf(saved), usualDay: false }, saved)).toBe(true);
    expect(differs({ lines: ['50'], usualDay: true }, saved)).toBe(true);
  });

  it('are set, validated and shown as saved', async () => {
    answers['/warnings'] = [200, { thresholdsTiyn: [100_000], usualDay: true, usualDayTiyn: 250_000 }];
    render(WarningsCard);
    expect(await screen.findByText(/Обычный день — 2 500,00/)).toBeTruthy();
    expect(button('Сохранить').disabled).toBe(true);
    await fireEvent.click(button('Добавить порог'));
    const fields = () => screen.getAllByLabelText('Осталось меньше, ₸') as HTMLInputElement[];
    await fireEvent.input(fields()[1]!, { target: { value: '1000,00' } });
    expect(screen.getByText('Такой порог уже есть.')).toBeTruthy();
    expect(button('Сохранить').disabled).toBe(true);
    await fireEvent.input(fields()[1]!, { target: { value: '2 000' } });
    await fireEvent.click(screen.getByRole('switch'));
    answers['PUT /warnings'] = [200, { thresholdsTiyn: [200_000, 100_000], usualDay: false, usualDayTiyn: 250_000 }];
    await fireEvent.click(button('Сохранить'));
    expect(await screen.findByText('Сохранено')).toBeTruthy();
    expect(changes()).toEqual(['PUT /warnings {"thresholdsTiyn":[100000,200000],"usualDay":false}']);
    expect(fields().map((field) => field.value)).toEqual(['2000', '1000']);
    await fireEvent.click(screen.getAllByLabelText('Убрать порог')[0]!);
    expect(screen.queryByText('Сохранено')).toBeNull();
    expect(button('Сохранить').disabled).toBe(false);
  });

  it('are at most five', async () => {
    answers['/warnings'] = [200, { thresholdsTiyn: [5, 4, 3, 2, 1], usualDay: true }];
    render(WarningsCard);
    expect(await screen.findByText(/Обычный день ещё неизвестен/)).toBeTruthy();
    await vi.waitFor(() => expect(screen.getAllByLabelText('Осталось меньше, ₸')).toHaveLength(5));
    expect(screen.queryByText('Добавить порог')).toBeNull();
  });

  it('stay as typed when they are refused', async () => {
    answers['/warnings'] = [200, { thresholdsTiyn: [], usualDay: true }];
    render(WarningsCard);
    await screen.findByText('Добавить порог');
    await fireEvent.click(button('Добавить порог'));
    await fireEvent.input(screen.getByLabelText('Осталось меньше, ₸'), { target: { value: '5' } });
    answers['PUT /warnings'] = [422, { status: 422, code: 'INVALID_WARNINGS', detail: 'no' }];
    await fireEvent.click(button('Сохранить'));
    expect(await screen.findByText('Такие пороги задать нельзя.')).toBeTruthy();
    expect((screen.getByLabelText('Осталось меньше, ₸') as HTMLInputElement).value).toBe('5');
  });

  it.each(LANGUAGES)('have words for a refusal and for the audit log in %s', async (language) => {
    await speak(language);
    expect(codeInWords('INVALID_WARNINGS', '')).not.toBe('');
    for (const action of ['WARNINGS_CHANGED', 'NOTICES_DISMISSED']) expect(t(`auditAction.${action}`)).not.toContain(action);
  });
});
