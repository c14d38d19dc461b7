import { fireEvent, render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../src/i18n/i18n.svelte';
import StatementTable from '../src/screens/box/ledger/StatementTable.svelte';
import Verdict from '../src/screens/box/ledger/Verdict.svelte';
import { periodOf, presetOf } from '../src/screens/box/ledger/period';
import { Leafed } from '../src/state/leafed.svelte';
import { filterBy, type Page } from '../src/state/paged.svelte';
import { query, setQuery } from '../src/state/route.svelte';
import * as box from '../gallery/box-fixtures';

/// 1 January 2027, 02:30 in Astana, and still December in London.
const NEW_YEAR = Date.parse('2026-12-31T21:30:00Z');

beforeEach(() => setQuery({ before: undefined, search: undefined }));

describe('the period of a statement', () => {
  it('is counted in days of Astana', () => {
    expect(periodOf('today', NEW_YEAR)).toEqual({ from: '2027-01-01', to: '2027-01-01' });
    expect(periodOf('month', NEW_YEAR)).toEqual({ from: '2027-01-01', to: '2027-01-31' });
    expect(periodOf('lastMonth', NEW_YEAR)).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(periodOf('month', Date.parse('2028-02-10T00:00:00Z'))).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  });

  it('is known by its days', () => {
    expect(presetOf({}, NEW_YEAR)).toBe('always');
    expect(presetOf({ from: '2026-12-01', to: '2026-12-31' }, NEW_YEAR)).toBe('lastMonth');
    expect(presetOf({ from: '2026-12-01' }, NEW_YEAR)).toBeUndefined();
  });
});

describe('a list whose pages begin where the one before ended', () => {
  function leafed() {
    const load = vi.fn(async (_: object, before: number | undefined): Promise<Page<number>> => {
      const end = before ?? 10;
      return { items: [end - 1, end - 2], total: 9 };
    });
    let list!: Leafed<number, { search: string }>;
    const goes = $effect.root(() => {
      list = new Leafed<number, { search: string }>(load, () => ({ search: query('search') ?? '' }), (row) => row);
    });
    flushSync();
    return { list, load, goes };
  }
  const settled = async () => {
    flushSync();
    await Promise.resolve();
    await Promise.resolve();
    await new Promise((done) => setTimeout(done));
  };

  it('goes on and back, and its address says where', async () => {
    const { list, load, goes } = leafed();
    await settled();
    list.turn(1);
    await settled();
    list.turn(2);
    await settled();
    expect(list.page).toBe(2);
    expect(load).toHaveBeenLastCalledWith({ search: '' }, 6, list.size);
    expect(query('before')).toBe('8.6');
    list.turn(1);
    await settled();
    expect(load).toHaveBeenLastCalledWith({ search: '' }, 8, list.size);
    list.turn(0);
    await settled();
    expect(query('before')).toBeUndefined();
    expect(load).toHaveBeenLastCalledWith({ search: '' }, undefined, list.size);
    goes();
  });

  it('begins anew with another filter, and with nonsense in the address', async () => {
    setQuery({ before: '8.6' });
    const { list, load, goes } = leafed();
    await settled();
    expect(list.page).toBe(2);
    filterBy({ search: 'a' });
    await settled();
    expect(list.page).toBe(0);
    expect(load).toHaveBeenLastCalledWith({ search: 'a' }, undefined, list.size);
    setQuery({ before: '8.-1.x' });
    flushSync();
    expect(list.page).toBe(0);
    goes();
  });
});

describe('the statement', () => {
  it('says what a charge is made of', async () => {
    await speak('ru');
    const rows = box.statement(new URLSearchParams({ kind: 'CAPTURE' }), 1).items;
    render(StatementTable, { rows, busy: false, reservations: false });
    expect(screen.getByText(/Время разговора: 0:22 × 54,00 ₸/)).toBeTruthy();
    expect(screen.getByText(/тариф 2026-11 · строка 4.210/)).toBeTruthy();
    expect(screen.queryByText(/доступно/)).toBeNull();
  });

  it('tells reservations apart, and shows what is available beside them', async () => {
    await speak('en');
    const rows = box.statement(new URLSearchParams({ reservations: 'true' }), 6).items;
    render(StatementTable, { rows, busy: false, reservations: true });
    expect(screen.getAllByText(/available/)).toHaveLength(6);
    expect(screen.getAllByText(/^\(.+₸\)$/).length).toBeGreaterThan(1);
  });

  it('names the broken row, says what to do and gives the hash to copy', async () => {
    await speak('en');
    const writeText = vi.fn(async () => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    render(Verdict, { verdict: box.brokenVerification });
    expect(screen.getByText(/First broken row: 3.917 of 4.210/)).toBeTruthy();
    expect(screen.getByText(/correct and delete nothing/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button'));
    expect(writeText).toHaveBeenCalledWith(box.brokenVerification.headHash);
    vi.unstubAllGlobals();
  });
});
