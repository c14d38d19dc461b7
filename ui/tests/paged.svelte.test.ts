import { fireEvent, render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import { soon } from '../src/live/soon.svelte';
import { whileShown } from '../src/live/while-shown.svelte';
import SearchBox from '../src/parts/SearchBox.svelte';
import Blocked from '../src/screens/box/blocked/Blocked.svelte';
import Calls from '../src/screens/box/calls/Calls.svelte';
import { filterBy, Paged, turnTo, type Page } from '../src/state/paged.svelte';
import { query, setQuery } from '../src/state/route.svelte';
import * as box from '../gallery/box-fixtures';

/// What a screen would make in its script, and how that screen goes.
function onScreen<T>(make: () => T): [made: T, goes: () => void] {
  let made!: T;
  const goes = $effect.root(() => {
    made = make();
  });
  flushSync();
  return [made, goes];
}

function atAddress(changes: Record<string, string | undefined>) {
  setQuery(changes);
  flushSync();
}

const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  setQuery({ search: undefined, state: undefined, tab: undefined, page: undefined });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a list page by page', () => {
  const bySearch = () => ({ search: query('search') ?? '' });
  const nothing = async (): Promise<Page<string>> => ({ items: [], total: 0 });

  it('shows the latest answer when an older one comes after it', async () => {
    const answers: Record<string, (page: Page<string>) => void> = {};
    const [list, goes] = onScreen(() => new Paged(({ search }) => new Promise<Page<string>>((answer) => (answers[search] = answer)), bySearch));
    atAddress({ search: 'a' });
    atAddress({ search: 'ab' });
    answers['ab']!({ items: ['abc'], total: 1 });
    await settled();
    answers['a']!({ items: ['abc', 'acb'], total: 2 });
    answers['']!({ items: ['abc', 'acb', 'cab'], total: 3 });
    await settled();
    expect(list.value).toEqual({ items: ['abc'], total: 1 });
    expect(list.loading).toBe(false);
    goes();
  });

  it('keeps its rows when they cannot be fetched again, and says why', async () => {
    const load = vi.fn(async (): Promise<Page<string>> => ({ items: ['abc'], total: 1 }));
    const [list, goes] = onScreen(() => new Paged(load, bySearch));
    await settled();
    load.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    atAddress({ search: 'a' });
    await settled();
    expect(list.value?.items).toEqual(['abc']);
    expect(list.problem?.problem.code).toBe('NETWORK');
    await list.reload();
    expect(list.problem).toBeUndefined();
    goes();
  });

  it('begins at its first page when a filter changes', async () => {
    const load = vi.fn(nothing);
    const [list, goes] = onScreen(() => new Paged(load, bySearch));
    turnTo(3);
    flushSync();
    expect(list.page).toBe(3);
    expect(load).toHaveBeenLastCalledWith({ search: '' }, 3, list.size);
    filterBy({ search: 'a' });
    flushSync();
    expect(list.page).toBe(0);
    expect(load).toHaveBeenLastCalledWith({ search: 'a' }, 0, list.size);
    expect(load).toHaveBeenCalledTimes(3);
    expect(location.hash).toBe('#/?search=a');
    goes();
  });

  it('is asked for once at first and not for what does not concern it', () => {
    const load = vi.fn(nothing);
    const [list, goes] = onScreen(() => new Paged(load, bySearch));
    atAddress({ state: 'DONE' });
    expect(load).toHaveBeenCalledOnce();
    expect(list.filtered).toBe(false);
    atAddress({ search: 'a' });
    expect(list.filtered).toBe(true);
    goes();
  });

  it('is not asked for while the other of two lists is looked at', () => {
    const load = vi.fn(nothing);
    const [, goes] = onScreen(() => new Paged(load, bySearch, () => query('tab') !== 'rejects'));
    load.mockClear();
    filterBy({ tab: 'rejects' });
    flushSync();
    turnTo(2);
    flushSync();
    expect(load).not.toHaveBeenCalled();
    filterBy({ tab: undefined });
    flushSync();
    expect(load).toHaveBeenCalledExactlyOnceWith({ search: '' }, 0, 50);
    goes();
  });

  it('is not asked for once the screen has gone', () => {
    const load = vi.fn(nothing);
    const [, goes] = onScreen(() => new Paged(load, bySearch));
    goes();
    load.mockClear();
    atAddress({ search: 'a' });
    expect(load).not.toHaveBeenCalled();
  });
});

describe('news for a screen', () => {
  it('have it fetch once for a burst, and again for the next', () => {
    const fetchAgain = vi.fn();
    const [tell, goes] = onScreen(() => soon(3000, fetchAgain));
    tell();
    vi.advanceTimersByTime(2000);
    tell();
    vi.advanceTimersByTime(1000);
    expect(fetchAgain).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(10_000);
    expect(fetchAgain).toHaveBeenCalledOnce();
    tell();
    vi.advanceTimersByTime(3000);
    expect(fetchAgain).toHaveBeenCalledTimes(2);
    goes();
  });

  it('are neither waited for nor listened to once the screen has gone', () => {
    const fetchAgain = vi.fn();
    const ended = vi.fn();
    const [tell, goes] = onScreen(() => {
      whileShown(() => [ended, ended]);
      return soon(3000, fetchAgain);
    });
    tell();
    expect(ended).not.toHaveBeenCalled();
    goes();
    vi.advanceTimersByTime(10_000);
    expect(fetchAgain).not.toHaveBeenCalled();
    expect(ended).toHaveBeenCalledTimes(2);
  });
});

describe('screens of long lists', () => {
  const json = (value: unknown) => new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });

  beforeEach(() => speak('ru'));

  it('tell that what they show is old, and go on showing it', async () => {
    const answer = vi.fn(async () => json(box.blocked));
    vi.stubGlobal('fetch', answer);
    render(Blocked);
    await settled();
    expect(screen.getByText('Жалоба №118')).toBeTruthy();
    answer.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await fireEvent.input(screen.getByRole('searchbox'), { target: { value: '701' } });
    await vi.advanceTimersByTimeAsync(300);
    expect(answer).toHaveBeenCalledTimes(2);
    expect(screen.getByRole('button', { name: 'Повторить' })).toBeTruthy();
    expect(screen.getByText('Жалоба №118')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Повторить' }));
    await settled();
    expect(screen.queryByRole('button', { name: 'Повторить' })).toBeNull();
  });

  it('fetch calls again a while after one has ended, unless the screen has gone', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (request: Request) => {
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      return json(pathname.endsWith('/calls') ? { total: 1, items: box.calls.slice(0, 1) } : box.campaigns);
    });
    let ended!: () => void;
    vi.spyOn(live, 'on').mockImplementation((_, listener) => {
      ended = () => listener({ state: 'ENDED' } as never);
      return () => {};
    });
    const { unmount } = render(Calls);
    await settled();
    asked.length = 0;
    ended();
    ended();
    await vi.advanceTimersByTimeAsync(3000);
    expect(asked).toEqual(['/api/calls']);
    ended();
    unmount();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual(['/api/calls']);
  });

  it('do not write a search into the address of the next screen', async () => {
    const search = vi.fn();
    const { unmount } = render(SearchBox, { value: '', label: 'Поиск', onsearch: search });
    await fireEvent.input(screen.getByRole('searchbox'), { target: { value: '701' } });
    unmount();
    await vi.advanceTimersByTimeAsync(1000);
    expect(search).not.toHaveBeenCalled();
  });
});
