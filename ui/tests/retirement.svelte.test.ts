import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Retirement } from '../src/api/box/door';
import { codeInWords } from '../src/api/problem';
import { speak } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import RetirementBanner from '../src/screens/box/RetirementBanner.svelte';
import RetirementCard from '../src/screens/box/system/RetirementCard.svelte';
import { signIn } from '../src/state/session.svelte';
import * as box from '../gallery/box-fixtures';

const boxId = box.system.boxId!;
const retirement: Retirement = { stage: 'OWNERS_TIME', begunAt: '2026-11-24T04:00:00Z', ownerUntil: '2026-12-08T04:00:00Z', reason: 'Договор окончен' };

/// What the back end answers, by path; what it was sent stands in `sent`.
let answers: Record<string, [number, unknown]>;
let sent: string[];
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
    const path = new URL(request.url, 'http://localhost').pathname.replace(/^\/api/, '');
    if (request.method !== 'GET') sent.push(await request.clone().text());
    const [status, body] = answers[path] ?? [404, { status: 404, code: 'NOT_FOUND', detail: '' }];
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } });
  });
  await speak('ru');
});
afterEach(() => {
  cleanup();
  live.close();
  vi.unstubAllGlobals();
});

const enter = async (role: string) => {
  answers['/session'] = [200, { login: 'x', name: 'x', role, mustChangePassword: false }];
  await signIn('x', 'x');
};
const button = (name: string) => screen.getByText(name, { selector: '.text' }).closest('button')!;

describe('the end of a box (PLT-22)', () => {
  const show = (now: Retirement = retirement) => {
    const confirmed: Retirement[] = [];
    render(RetirementCard, { retirement: now, boxId, onconfirmed: (told: Retirement) => confirmed.push(told) });
    return confirmed;
  };

  it('is confirmed only with the id of the box typed', async () => {
    await enter('OWNER');
    const done: Retirement = { ...retirement, stage: 'LAST_REPORTS', confirmedBy: 'owner' };
    answers['/system/retirement/confirmation'] = [200, done];
    sent = [];
    const confirmed = show();
    await fireEvent.click(button('Я забрал всё, стереть бокс'));
    const field = screen.getByLabelText('Номер бокса');
    expect(button('Стереть навсегда').disabled).toBe(true);
    await fireEvent.input(field, { target: { value: 'да' } });
    expect(button('Стереть навсегда').disabled).toBe(true);
    await fireEvent.input(field, { target: { value: ` ${boxId} ` } });
    await fireEvent.click(button('Стереть навсегда'));
    await vi.waitFor(() => expect(confirmed).toEqual([done]));
    expect(sent.map((body) => JSON.parse(body))).toEqual([{ boxId }]);
  });

  it('tells why a confirmation was refused and stays', async () => {
    await enter('OWNER');
    answers['/system/retirement/confirmation'] = [409, { status: 409, code: 'RETIREMENT_CONFIRMED', detail: 'over' }];
    const confirmed = show();
    await fireEvent.click(button('Я забрал всё, стереть бокс'));
    await fireEvent.input(screen.getByLabelText('Номер бокса'), { target: { value: boxId } });
    await fireEvent.click(button('Стереть навсегда'));
    expect(await screen.findByText(/Подтверждать уже нечего/)).toBeTruthy();
    expect(confirmed).toEqual([]);
  });

  it('shows the owner what to take away where, and until when', async () => {
    await enter('OWNER');
    show();
    expect(screen.getByText('Выписка').getAttribute('href')).toBe('#/ledger');
    expect(screen.getByText('Журнал действий').getAttribute('href')).toBe('#/audit');
    expect(screen.getByText('Договор окончен')).toBeTruthy();
    expect(screen.getByText(/^До 08\.12\.2026, 09:00/)).toBeTruthy();
  });

  it('is not for an operator or a technician to confirm', async () => {
    for (const role of ['OPERATOR', 'TECHNICIAN']) {
      await enter(role);
      show();
      expect(screen.queryByText('Я забрал всё, стереть бокс')).toBeNull();
      expect(screen.getByText(/только владелец/)).toBeTruthy();
      expect(screen.queryAllByText('Выписка')).toHaveLength(role === 'OPERATOR' ? 1 : 0);
      cleanup();
    }
  });

  it('has nothing to confirm once that time is over', async () => {
    await enter('OWNER');
    show({ ...retirement, stage: 'ANSWERED', confirmedBy: 'owner' });
    expect(screen.queryByText('Я забрал всё, стереть бокс')).toBeNull();
    expect(screen.getByText(/центр примет последний ответ/)).toBeTruthy();
  });
});

describe('the banner on every page', () => {
  it('is there from the moment on that central ordered it, and follows', async () => {
    answers['/system'] = [200, box.system];
    render(RetirementBanner);
    live.open();
    await vi.waitFor(() => expect(heard.has('retirement')).toBe(true));
    expect(screen.queryByRole('status')).toBeNull();
    const tell = (now: Retirement) => heard.get('retirement')!({ type: 'retirement', data: JSON.stringify(now) });
    tell(retirement);
    expect((await screen.findByRole('status')).textContent).toMatch(/Заберите данные до 08\.12\.2026/);
    tell({ ...retirement, stage: 'LAST_REPORTS' });
    await vi.waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/последние отчёты/));
  });

  it('is there when a page is opened later', async () => {
    answers['/system'] = [200, { ...box.system, retirement }];
    render(RetirementBanner);
    expect((await screen.findByRole('status')).textContent).toMatch(/Бокс выводится из работы/);
    expect(screen.getByText('Подробнее').getAttribute('href')).toBe('#/system');
  });
});

it('says why nothing is dialled', async () => {
  for (const language of ['ru', 'kk', 'en'] as const) {
    await speak(language);
    expect(codeInWords('RETIRING', '')).not.toBe('');
  }
});
