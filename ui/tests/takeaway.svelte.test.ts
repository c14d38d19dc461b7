import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import RetirementCard from '../src/screens/box/system/RetirementCard.svelte';
import System from '../src/screens/box/system/System.svelte';
import { signIn } from '../src/state/session.svelte';
import * as box from '../gallery/box-fixtures';

/// What the back end answers, by path.
let answers: Record<string, [number, unknown]>;
let asked: string[];

class Source {
  readyState = 1;
  addEventListener() {}
  close() {}
}

beforeEach(async () => {
  answers = { '/system': [200, box.system], '/system/data': [200, { lists: 2, contacts: 12_840, campaigns: 3, calls: 977 }] };
  asked = [];
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url, 'http://localhost').pathname.replace(/^\/api/, '');
    asked.push(path);
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
const links = () => Array.from(document.querySelectorAll<HTMLAnchorElement>('a[download]'));

describe('taking data away (PLT-22)', () => {
  it('is the owner’s on the system page at any time, and the browser saves it', async () => {
    await enter('OWNER');
    render(System);
    expect(await screen.findByText('Забрать мои данные')).toBeTruthy();
    expect(links().map((link) => link.getAttribute('href'))).toEqual(['/api/system/data.zip']);
    await vi.waitFor(() => expect(document.body.textContent).toMatch(/Контактов: 12.840, звонков: 977\./));
    expect(asked).not.toContain('/system/data.zip');
  });

  it('does not need to know how much there is', async () => {
    await enter('OWNER');
    answers['/system/data'] = [500, { status: 500, code: 'FAULT', detail: '' }];
    render(System);
    expect(await screen.findByText('Скачать архив')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/Контактов:/);
  });

  it('is nobody else’s', async () => {
    for (const role of ['OPERATOR', 'TECHNICIAN']) {
      await enter(role);
      render(System);
      await screen.findByText('Диск');
      expect(links()).toEqual([]);
      cleanup();
    }
    expect(asked).not.toContain('/system/data');
  });

  it('stands first of what a box that retires gives away, and once more before it is erased', async () => {
    await enter('OWNER');
    answers['/system'] = [200, { ...box.system, retirement: box.retirement }];
    render(System);
    await screen.findByText('Что забрать');
    expect(screen.queryAllByText('Скачать архив')).toHaveLength(1);
    cleanup();
    render(RetirementCard, { retirement: box.retirement, boxId: box.system.boxId!, onconfirmed: () => {} });
    await fireEvent.click(screen.getByText('Я забрал всё, стереть бокс', { selector: '.text' }).closest('button')!);
    expect(links().map((link) => link.getAttribute('href'))).toEqual(['/api/system/data.zip', '/api/system/data.zip']);
    expect(document.body.textContent).not.toMatch(/файла для них нет/);
  });

  it('is not for an operator of a box that retires', async () => {
    await enter('OPERATOR');
    render(RetirementCard, { retirement: box.retirement, boxId: box.system.boxId!, onconfirmed: () => {} });
    expect(links()).toEqual([]);
  });

  it('is said in each language', async () => {
    await enter('OWNER');
    for (const [language, words] of [['kk', 'Мұрағатты жүктеп алу'], ['en', 'Download the archive'], ['ru', 'Скачать архив']] as const) {
      await speak(language);
      render(System);
      expect(await screen.findByText(words)).toBeTruthy();
      cleanup();
    }
  });
});
