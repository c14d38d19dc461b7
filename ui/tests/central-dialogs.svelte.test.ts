import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../src/i18n/i18n.svelte';
import TopUpDialog from '../src/screens/central/account/TopUpDialog.svelte';
import CommandsCard from '../src/screens/central/box/CommandsCard.svelte';
import LeaseDialog from '../src/screens/central/box/LeaseDialog.svelte';
import RatingCases from '../src/screens/central/decisions/RatingCases.svelte';
import ToLift from '../src/screens/central/fleet/ToLift.svelte';
import SuspensionsCard from '../src/screens/central/box/SuspensionsCard.svelte';
import { Resource } from '../src/state/resource.svelte';
import { signIn } from '../src/state/session.svelte';
import * as central from '../gallery/central-fixtures';

const box = central.boxes[0]!;

beforeEach(() => speak('ru'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const button = (name: string) => screen.getByText(name, { selector: '.text' }).closest('button')!;
const type = (label: string | RegExp, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });

describe('a payment that switches the price list (SH-TAR-06)', () => {
  const account = central.accounts.find((one) => one.pinned?.version === 'autocall-2026-1')!;
  const show = () => render(TopUpDialog, { account, onclose: () => {}, ondone: () => {} });

  async function fill() {
    await type('Сумма, ₸', '1 500,50');
    await type('Номер платежа в банке', 'KZ-1');
    await type('Основание', 'Счёт 1');
  }

  it('shows what changes and waits until the customer was told', async () => {
    show();
    await fill();
    expect(screen.getByText('дороже')).toBeTruthy();
    expect(button('Зачислить и сменить прайс').disabled).toBe(true);
    await fireEvent.click(screen.getByRole('checkbox', { hidden: true }));
    expect(button('Зачислить и сменить прайс').disabled).toBe(false);
  });

  it('is told of only for the wallet that has a price list', async () => {
    show();
    await fill();
    await fireEvent.change(screen.getByLabelText('Кошелёк'), { target: { value: 'ANALYTICS' } });
    expect(screen.queryByText('дороже')).toBeNull();
    expect(button('Зачислить').disabled).toBe(false);
  });
});

describe('how much a box has at once (SH-BAL-15)', () => {
  it('tells what comes of it before it is set', async () => {
    render(LeaseDialog, { box: { ...box, money: { ...box.money, leftTiyn: 100_00, targetTiyn: 1000_00 } }, freeTiyn: 300_00, onclose: () => {}, ondone: () => {} });
    expect(screen.getByText(/Сейчас боксу выделят 300,00 ₸/)).toBeTruthy();
    expect(screen.getByText(/не хватает/)).toBeTruthy();
    await type('Сумма, ₸', '0');
    expect(screen.getByText(/больше не выделяются/)).toBeTruthy();
    await type('Сумма, ₸', '200');
    expect(screen.getByText(/Выделят, когда останется 60,00 ₸/)).toBeTruthy();
    await type('Сумма, ₸', 'сто');
    expect(screen.getByText(/Не похоже на сумму/)).toBeTruthy();
    expect(button('Задать').disabled).toBe(true);
  });
});

describe('commands (PLT-13)', () => {
  async function show(role: string) {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ login: 'x', name: 'x', role, mustChangePassword: true }), { headers: { 'Content-Type': 'application/json' } })));
    await signIn('x', 'x');
    render(CommandsCard, { box, commands: new Resource(() => Promise.resolve(central.commands)), ondone: () => {} });
    await screen.findByText('10 фактов');
  }

  it('are given only by who keeps the fleet', async () => {
    await show('BILLING');
    expect(screen.queryByText('Дать команду')).toBeNull();
  });

  it('end a box for good only with its serial typed', async () => {
    await show('FLEET');
    await fireEvent.click(button('Дать команду'));
    await fireEvent.change(screen.getByLabelText('Что сделать'), { target: { value: 'DECOMMISSION' } });
    await type('Причина', 'договор окончен');
    expect(screen.getByText(/Отменить это нельзя/)).toBeTruthy();
    expect(button('Вывести из работы навсегда').disabled).toBe(true);
    await type('Серийный номер бокса', 'QB-26-99999');
    expect(button('Вывести из работы навсегда').disabled).toBe(true);
    await type('Серийный номер бокса', box.serial);
    expect(button('Вывести из работы навсегда').disabled).toBe(false);
  });
});

describe('what is suspended (SH-SUS-02)', () => {
  const answers = (role: string, rest: (url: string, body: unknown) => unknown) =>
    vi.stubGlobal('fetch', async (request: Request | string, init?: RequestInit) => {
      const url = typeof request === 'string' ? request : request.url;
      const text = typeof request === 'string' ? String(init?.body ?? '') : await request.text();
      const answer = url.endsWith('/session') ? { login: 'x', name: 'x', role, mustChangePassword: true } : rest(url, text ? JSON.parse(text) : undefined);
      return answer === undefined ? new Response(null, { status: 204 }) : new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } });
    });

  it('can be one trunk alone, and what is shut is lifted alone', async () => {
    const sent: unknown[] = [];
    answers('FLEET', (_, body) => (sent.push(body), box));
    await signIn('x', 'x');
    sent.length = 0;
    render(SuspensionsCard, { box: central.boxes[1]!, ondone: () => {} });
    expect(screen.getByText('Линия «Kcell, запасная»')).toBeTruthy();
    await fireEvent.click(button('Приостановить'));
    await fireEvent.change(screen.getByLabelText('Что'), { target: { value: 'trunk/t0000000a' } });
    await fireEvent.change(screen.getByLabelText('Основание'), { target: { value: 'INTRUSION' } });
    await type('Владельцу бокса', 'чужие звонки');
    expect(screen.getByText(/Остальные линии, сообщения/)).toBeTruthy();
    await fireEvent.click(screen.getAllByText('Приостановить', { selector: '.text' }).at(-1)!.closest('button')!);
    await vi.waitFor(() => expect(sent).toEqual([{ trunk: 't0000000a', ground: 'INTRUSION', note: 'чужие звонки' }]));
  });

  it('is a list of tasks, the first few of them at once', async () => {
    const many = Array.from({ length: 7 }, (_, i) => ({ ...central.openSuspensions[0]!, boxId: `box-${i}` }));
    answers('FLEET', () => many);
    render(ToLift);
    await screen.findByText('К снятию');
    expect(screen.getAllByRole('link')).toHaveLength(5);
    await fireEvent.click(button('Показать все'));
    expect(screen.getAllByRole('link')).toHaveLength(7);
  });
});

describe('what was rated otherwise (SH-TAR-17)', () => {
  it('is closed by who handles the money, with a finding', async () => {
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', async (request: Request) => {
      if (request.url.endsWith('/session')) return new Response(JSON.stringify({ login: 'x', name: 'x', role: 'BILLING', mustChangePassword: true }), { headers: { 'Content-Type': 'application/json' } });
      if (request.method === 'POST') {
        sent.push(await request.json());
        return new Response(null, { status: 204 });
      }
      return new Response(JSON.stringify(central.ratingCases.slice(0, 1)), { headers: { 'Content-Type': 'application/json' } });
    });
    await signIn('x', 'x');
    sent.length = 0;
    render(RatingCases, { customers: new Map() });
    await screen.findByText('Другая цена за единицу');
    expect(screen.getByText(/18 строк: бокс списал 216,00 ₸, сервер посчитал 204,00 ₸, разница 12,00 ₸/)).toBeTruthy();
    await fireEvent.click(button('Рассмотрено'));
    await type('Что выяснили', 'старый прайс');
    await fireEvent.click(screen.getAllByText('Рассмотрено', { selector: '.text' }).at(-1)!.closest('button')!);
    await vi.waitFor(() => expect(sent).toEqual([{ note: 'старый прайс' }]));
  });
});
