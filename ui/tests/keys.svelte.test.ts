import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../src/i18n/i18n.svelte';
import KeysCard from '../src/screens/box/programs/KeysCard.svelte';

const key = { id: '0a1b2c3d', name: 'CRM', owner: 'owner', scopes: ['calls.read'], requestsPerMinute: 60, createdAt: '2026-11-20T04:00:00Z' };

beforeEach(() => speak('ru'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('says that a key is frozen and why, and lets it in again', async () => {
  const asked: string[] = [];
  let frozen = true;
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url, 'http://localhost').pathname}`);
    if (request.method === 'POST') {
      frozen = false;
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    return Promise.resolve(new Response(JSON.stringify([{ ...key, ...(frozen ? { frozenAt: '2026-11-24T05:00:00Z' } : {}) }]), { headers: { 'Content-Type': 'application/json' } }));
  });
  render(KeysCard);

  expect(await screen.findByText(/Заморожен .*программа не сбавила темп/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Разморозить' }));

  await vi.waitFor(() => expect(screen.queryByText(/Заморожен/)).toBeNull());
  expect(asked).toContain('POST /api/programs/keys/0a1b2c3d/thaw');
  expect(screen.getByRole('button', { name: 'Отозвать' })).toBeTruthy();
});
