import { cleanup, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LANGUAGES, speak } from '../src/i18n/i18n.svelte';
import CallBacks from '../src/screens/box/call-backs/CallBacks.svelte';
import { whom } from '../src/screens/box/whom';
import * as box from '../gallery/box-fixtures';

let page: unknown;
let asked: unknown;

beforeEach(async () => {
  page = box.callBacks;
  asked = box.inquiries;
  vi.stubGlobal('fetch', async (request: Request) => new Response(JSON.stringify(request.url.includes('/inquiries') ? asked : page), { headers: { 'Content-Type': 'application/json' } }));
  await speak('ru');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function rows(): Promise<HTMLElement[]> {
  render(CallBacks);
  return within(await screen.findByRole('table')).getAllByRole('row').slice(1);
}

describe('who called back', () => {
  it('is told what he heard and what he asked for', async () => {
    const [now, complained, leftAlone] = await rows();

    expect(within(now!).getByText('слушает сейчас')).toBeTruthy();
    expect(within(complained!).getByText('Кто ему звонил')).toBeTruthy();
    expect(within(complained!).getByText('Пожаловался')).toBeTruthy();
    expect(within(complained!).getByRole('link', { name: 'к жалобе' }).getAttribute('href')).toBe(`#/complaints/${box.callBacks.items[1]!.id}`);
    expect(within(leftAlone!).getByText('Больше не звонить')).toBeTruthy();
    expect(within(leftAlone!).getByText('ещё 2 звонка в тот день без ответа')).toBeTruthy();
  });

  it('leads to the number, the campaign and the call', async () => {
    const [, one] = await rows();

    const hrefs = within(one!).getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(hrefs).toEqual(['#/contacts/77012456791', `#/campaigns/${box.campaigns[0]!.id}`, `#/calls/${box.uuid(501)}`, `#/complaints/${box.callBacks.items[1]!.id}`]);
  });

  it('may hide his number, call from abroad, or have been called by a campaign that is gone', async () => {
    const [, , , abroad, hidden, gone] = await rows();

    expect(within(abroad!).getByText('+4930123456')).toBeTruthy();
    expect(within(abroad!).queryByRole('link')).toBeNull();
    expect(within(hidden!).getByText('номер скрыт')).toBeTruthy();
    expect(within(gone!).getByText(/повесил трубку раньше/)).toBeTruthy();
  });
});

describe('campaigns after which many call back', () => {
  it('are named', async () => {
    await rows();
    expect(screen.getByText('Люди не понимают, кто им звонил')).toBeTruthy();
    expect(screen.getByText(/: 12 человек/)).toBeTruthy();
  });

  it('are not mentioned when there are none', async () => {
    page = { ...box.callBacks, frequent: [] };
    await rows();
    expect(screen.queryByText('Люди не понимают, кто им звонил')).toBeNull();
  });
});

describe('those who asked the provider', () => {
  it('are told with time and campaign, and no number', async () => {
    await rows();
    const card = (await screen.findByText('Кто спросил у провайдера')).closest('section') ?? document.body;
    expect(within(card).getByText(/2 раза кто-то не смог понять/)).toBeTruthy();
    expect(within(card).getByRole('link', { name: 'удалённая кампания' })).toBeTruthy();
    expect(within(card).queryByText(/\+7/)).toBeNull();
  });

  it('are not mentioned when there are none', async () => {
    asked = { total: 0, items: [] };
    await rows();
    expect(screen.queryByText('Кто спросил у провайдера')).toBeNull();
  });
});

it('an empty list says what will appear in it', async () => {
  page = { total: 0, items: [], frequent: [] };
  asked = { total: 0, items: [] };
  render(CallBacks);
  expect(await screen.findByText('Пока никто не перезвонил')).toBeTruthy();
});

it('whoever was no person has a name in each language', async () => {
  const names = { kk: 'қайта қоңырау шалғандар желісі', ru: 'линия для перезвонивших', en: 'call-back line' };
  for (const language of LANGUAGES) {
    await speak(language);
    expect(whom('call-back line')).toBe(names[language]);
    expect(whom('owner')).toBe('owner');
  }
});
