import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wholeNumber } from '../src/format/number';
import { speak } from '../src/i18n/i18n.svelte';
import ContactCard from '../src/screens/box/contact/ContactCard.svelte';
import FindNumber from '../src/screens/box/lists/FindNumber.svelte';
import { query, setQuery } from '../src/state/route.svelte';
import * as box from '../gallery/box-fixtures';

const asked: { method: string; path: string; body: string }[] = [];

function answering(answer: (path: string, search: URLSearchParams) => unknown) {
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url, 'http://localhost');
    asked.push({ method: request.method, path: url.pathname + url.search, body: request.method === 'GET' ? '' : await request.text() });
    return new Response(JSON.stringify(answer(url.pathname, url.searchParams)), { headers: { 'Content-Type': 'application/json' } });
  });
}

beforeEach(() => {
  speak('ru');
  asked.length = 0;
  setQuery({ number: undefined });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a whole number', () => {
  it('is told from a part of one', () => {
    for (const text of ['+7 701 234-56-78', '8 (701) 234 56 78', '701 234 56 78', '77012345678']) expect(wholeNumber(text)).toBe('77012345678');
    for (const text of ['', '701', '2345678', '+1 701 234 56 78', '770123456789', 'abc']) expect(wholeNumber(text)).toBeUndefined();
  });
});

describe('the search for a number', () => {
  it('asks with the digits that were typed, and shows where each number stands', async () => {
    answering((_, search) => box.foundContacts(search.get('search') ?? ''));
    setQuery({ number: '+7 70' });
    render(FindNumber);

    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(asked[0]!.path).toBe('/api/contacts?search=770');
    expect(rows.length).toBe(21);
    expect(screen.getByText('Показаны не все. Введите больше цифр.')).toBeTruthy();
    expect(screen.getAllByText('Пациенты, ноябрь').length).toBeGreaterThan(1);
  });

  it('of a whole number that is in no list offers what is known all the same', async () => {
    answering(() => ({ items: [], more: false }));
    setQuery({ number: '8 701 234 56 78' });
    render(FindNumber);

    expect(await screen.findByText('В списках такого номера нет')).toBeTruthy();
    expect(screen.getByRole('link', { name: /Что известно о/ }).getAttribute('href')).toBe('#/contacts/77012345678');
  });

  it('asks nothing for nothing', async () => {
    answering(() => ({ items: [], more: false }));
    render(FindNumber);
    await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'Айгүл' } });
    await vi.waitFor(() => expect(query('number')).toBe('Айгүл'));

    expect(asked).toEqual([]);
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('the card of a number', () => {
  it('tells of blocks, lists, campaigns and calls', async () => {
    answering(() => box.contactCard('77012345678'));
    render(ContactCard, { id: '77012345678' });

    expect(await screen.findByText('Этому номеру не звонит ни одна кампания')).toBeTruthy();
    expect(screen.getByText('Жалоба №118')).toBeTruthy();
    const [lists, campaigns, calls] = screen.getAllByRole('table');
    expect(within(lists!).getByText('Айгүл')).toBeTruthy();
    expect(within(lists!).getByText('не указан')).toBeTruthy();
    expect(within(campaigns!).getByText('В чёрном списке')).toBeTruthy();
    expect(within(calls!).getAllByRole('row').length).toBe(4);
  });

  it('of a stranger says that it stands nowhere, and takes him off all campaigns with a reason', async () => {
    let blocked = false;
    answering((path) => {
      if (path !== '/api/blocks') return { number: '+77770000000', ...(blocked ? { leftAlone: 'BLOCKED' } : {}), lists: [], campaigns: [], callsTotal: 0, calls: [], blocks: blocked ? [{ list: 'OWN', reason: 'Попросил', by: 'owner', since: '2026-11-24T04:00:00Z' }] : [] };
      blocked = true;
      return { added: 1, present: 0, refused: [] };
    });
    render(ContactCard, { id: '77770000000' });

    for (const text of ['Ни в одном списке', 'Не был ни в одной кампании', 'Ему ещё не звонили']) expect(await screen.findByText(text)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Не звонить' }));
    // What is not really open, as here, is hidden from roles.
    const dialog = within(document.querySelector('dialog')!);
    const send = () => dialog.getByRole('button', { name: 'Не звонить', hidden: true });
    expect(send().hasAttribute('disabled')).toBe(true);
    await fireEvent.input(dialog.getByRole('textbox', { hidden: true }), { target: { value: ' Попросил ' } });
    await fireEvent.click(send());

    expect(await screen.findByText('Этому номеру не звонит ни одна кампания')).toBeTruthy();
    expect(asked.find(({ method }) => method === 'POST')).toEqual({ method: 'POST', path: '/api/blocks', body: JSON.stringify({ numbers: ['+77770000000'], reason: 'Попросил' }) });
  });
});
