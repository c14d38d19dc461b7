import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Campaign, CampaignOrder, CampaignTemplate } from '../src/api/box/door';
import { speak } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import { fromTemplate } from '../src/screens/box/campaign-editor/draft';
import SaveAsTemplate from '../src/screens/box/campaign/SaveAsTemplate.svelte';
import Templates from '../src/screens/box/campaign-templates/Templates.svelte';
import { asked } from '../src/state/question.svelte';
import { signIn } from '../src/state/session.svelte';

const NOW = Date.parse('2026-12-01T05:00:00Z');
const order: CampaignOrder = {
  name: 'Напоминание', category: 'SERVICE', senderName: 'АкБота', senderContact: '+7 700 000 00 01', listIds: ['0a3bbd42-6a63-4c69-9f6f-3f9d2f5e7f10'],
  prompt: { kind: 'TEXT', text: 'Пора платить', language: 'ru' },
  windows: [{ dateFrom: '2026-03-02', dateTo: '2026-03-06', weekdays: ['MONDAY'], start: '10:00', end: '19:00' }],
  channels: 3, callsPerMinute: 60, record: true, recordingBasis: 'Согласие', machines: 'CARRY_ON',
};
const template: CampaignTemplate = { id: '5f2f4f9e-52a4-4d7c-9a6a-0f6e5d0d3a11', name: 'Долги', order, keptAt: '2026-11-20T04:00:00Z', keptBy: 'owner' };

class Source {
  addEventListener() {}
  close() {}
}

let sent: { method: string; path: string; body: string }[];
let stored: CampaignTemplate[];
let refuse: string | undefined;

beforeEach(async () => {
  await speak('ru');
  sent = [];
  stored = [template];
  refuse = undefined;
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    if (path.endsWith('/session')) return Response.json({ login: 'owner', name: 'Owner', role: 'OWNER', mustChangePassword: false });
    if (request.method === 'GET') return Response.json(stored);
    sent.push({ method: request.method, path, body: await request.text() });
    if (refuse) return Response.json({ status: 422, code: refuse, detail: 'said in English' }, { status: 422, headers: { 'Content-Type': 'application/problem+json' } });
    if (request.method === 'DELETE') {
      stored = [];
      return new Response(null, { status: 204 });
    }
    return Response.json(template, { status: request.method === 'POST' ? 201 : 200 });
  });
  await signIn('owner', 'x');
});

afterEach(() => {
  cleanup();
  live.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('a new campaign after a template has its own lists and days, and confirms anew that it may record', () => {
  const draft = fromTemplate(template, NOW);

  expect(draft.name).toBe('Долги');
  expect(draft.text).toBe('Пора платить');
  expect(draft.listIds).toEqual([]);
  expect(draft.windows[0]).toMatchObject({ dateFrom: '2026-12-01', dateTo: '2026-12-05', start: '10:00' });
  expect(draft.record).toBe(true);
  expect(draft.recordingConfirmed).toBe(false);
});

it('keeps a campaign under a name, and says what is wrong with the name', async () => {
  render(SaveAsTemplate, { campaign: { id: 'c1', order } as Campaign });
  await fireEvent.click(screen.getByRole('button', { name: 'Сохранить как шаблон' }));
  const field = screen.getByLabelText<HTMLInputElement>('Название');
  expect(field.value).toBe('Напоминание');

  refuse = 'TEMPLATE_NAME_TAKEN';
  await fireEvent.click(screen.getByText('Сохранить'));
  await screen.findByText(/уже есть/);
  refuse = undefined;
  await fireEvent.input(field, { target: { value: ' Зима ' } });
  await fireEvent.click(screen.getByText('Сохранить'));

  await waitFor(() => expect(screen.queryByLabelText('Название')).toBeNull());
  expect(JSON.parse(sent.at(-1)!.body)).toEqual({ name: 'Зима', campaignId: 'c1' });
});

it('shows templates, and asks before one is deleted', async () => {
  render(Templates);
  await screen.findByText('Долги');
  expect(screen.getByText('Пора платить')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Новая кампания' }).getAttribute('href')).toBe(`#/campaigns/templates/${template.id}`);

  await fireEvent.click(screen.getByRole('button', { name: 'Удалить' }));
  expect(sent).toEqual([]);
  asked()!.answer(true);

  await screen.findByText('Шаблонов пока нет');
  expect(sent.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([`DELETE ${template.id}`]);
});
