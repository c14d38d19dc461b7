import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../src/i18n/i18n.svelte';
import TopUpDialog from '../src/screens/central/account/TopUpDialog.svelte';
import CommandsCard from '../src/screens/central/box/CommandsCard.svelte';
import LeaseDialog from '../src/screens/central/box/LeaseDialog.svelte';
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
