import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../src/i18n/i18n.svelte';
import OutcomeColumns from '../src/parts/OutcomeColumns.svelte';
import { change, daysOf, periodOf, presetOf } from '../src/screens/box/reports/periods';
import Reports from '../src/screens/box/reports/Reports.svelte';
import { setQuery } from '../src/state/route.svelte';
import { signIn } from '../src/state/session.svelte';
import * as box from '../gallery/box-fixtures';

/// 1 January 2027, 02:30 in Astana, and still December in London.
const NEW_YEAR = Date.parse('2026-12-31T21:30:00Z');

beforeEach(() => {
  speak('ru');
  setQuery({ from: undefined, to: undefined, by: undefined, campaign: undefined });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the period of a report', () => {
  it('is counted in days of Astana, today included', () => {
    expect(periodOf('today', NEW_YEAR)).toEqual({ from: '2027-01-01', to: '2027-01-01' });
    expect(periodOf('week', NEW_YEAR)).toEqual({ from: '2026-12-26', to: '2027-01-01' });
    expect(presetOf({ from: '2026-12-26', to: '2027-01-01' }, NEW_YEAR)).toBe('week');
    expect(presetOf({ from: '2026-12-26', to: '2026-12-31' }, NEW_YEAR)).toBeUndefined();
  });

  it('has all its days, and none if it is no period', () => {
    expect(daysOf({ from: '2026-02-27', to: '2026-03-02' })).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(daysOf({ from: '2026-03-02', to: '2026-03-01' })).toEqual([]);
    expect(daysOf({ from: '2026-03-02', to: '2028-03-01' })).toEqual([]);
    expect(daysOf({ from: 'soon', to: '2028-03-01' })).toEqual([]);
  });

  it('is compared only with something', () => {
    expect(change(12, 10)).toBe(20);
    expect(change(5, 10)).toBe(-50);
    expect(change(5, 0)).toBeUndefined();
  });
});

describe('the page of reports', () => {
  async function show(answers: (query: URLSearchParams) => unknown) {
    vi.stubGlobal('fetch', (request: Request | string) => {
      const url = new URL(typeof request === 'string' ? request : request.url, 'http://localhost');
      const answer = url.pathname.endsWith('/reports/calls') ? answers(url.searchParams) : url.pathname.endsWith('/campaigns') ? box.campaigns : { login: 'x', name: 'x', role: 'OWNER', mustChangePassword: true };
      return Promise.resolve(new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } }));
    });
    await signIn('x', 'x');
    render(Reports);
  }

  it('says the whole in one sentence, then each side', async () => {
    await show(box.report);
    expect(await screen.findByText(/ответили на .* каждый ответ обошёлся в/)).toBeTruthy();
    expect(screen.getAllByText(/на 19 % больше/).length).toBeGreaterThan(2);
    const table = () => within(screen.getByRole('table'));
    expect(table().getByText(box.campaigns[0]!.order.name)).toBeTruthy();
    await fireEvent.click(screen.getByLabelText('Линии'));
    expect(await table().findByText('Kcell')).toBeTruthy();
    expect(table().getByText('до линии не дошло')).toBeTruthy();
    await fireEvent.click(screen.getByLabelText('Исходы и причины'));
    expect(await table().findByText('Q.850 17, SIP 486')).toBeTruthy();
  });

  it('asks for the days that somebody chose', async () => {
    const asked: string[] = [];
    await show((query) => (asked.push(`${query.get('from')}/${query.get('to')}`), box.report(query)));
    await screen.findByText(/каждый ответ обошёлся/);
    await fireEvent.click(screen.getByLabelText('30 дней'));
    await vi.waitFor(() => expect(asked.length).toBe(2));
    const [from, to] = asked[1]!.split('/');
    expect(daysOf({ from: from!, to: to! })).toHaveLength(30);
  });

  it('has an empty state', async () => {
    await show(() => ({ ...box.report(new URLSearchParams({ from: '2026-11-21', to: '2026-11-21' })), whole: { attempts: 0, answered: 0, answeredSeconds: 0, amountTiyn: 0, outcomes: {} } }));
    expect(await screen.findByText('За эти дни звонков не было')).toBeTruthy();
  });
});

describe('columns by outcome', () => {
  it('are read one by one with the arrow keys', async () => {
    render(OutcomeColumns, { label: 'Звонки', columns: [{ key: 'a', title: 'понедельник', attempts: 3, amountTiyn: 100, outcomes: { ANSWERED: 2, BUSY: 1 } }, { key: 'b', title: 'вторник', attempts: 0, amountTiyn: 0, outcomes: {} }] });
    const chart = screen.getByRole('img');
    expect(chart.getAttribute('aria-label')).toContain('3');
    await fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(screen.getByText('понедельник')).toBeTruthy();
    await fireEvent.keyDown(chart, { key: 'End' });
    expect(screen.getByText('вторник')).toBeTruthy();
    expect(screen.getByText('Звонков не было')).toBeTruthy();
    await fireEvent.keyDown(chart, { key: 'Escape' });
    expect(screen.queryByText('вторник')).toBeNull();
  });
});
