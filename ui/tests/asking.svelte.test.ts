import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Ask from '../subscriber/Ask.svelte';
import { EMPTY, keep, kept, read, type Draft, type Standing } from '../subscriber/asking';
import { LANGUAGES, speak } from '../subscriber/words.svelte';

const NOW = Date.parse('2026-11-24T05:00:00Z');
const FULL: Draft = { ...EMPTY, number: '8 (700) 000-00-02', shown: '+7 717 200 00 01', at: '2026-11-23T10:00', reason: 'NOT_REACHABLE' };
const OPENED = { token: 'a'.repeat(43), code: '012345', call: '+77172000001', until: '2099-01-01T00:00:00Z' };
const STANDS: Standing = { purpose: 'WHO_CALLED', state: 'AWAITING_PROOF', askedAt: '2026-11-24T05:00:00Z', found: false, asked: 0, answered: 0, senders: [] };

describe('what is typed', () => {
  it('becomes what is asked, with the time of Astana', () => {
    expect(read(FULL, NOW)).toEqual({ form: { number: '+77000000002', shownNumber: '+77172000001', contactAt: '2026-11-23T05:00:00.000Z', reason: 'NOT_REACHABLE' } });
  });

  it('may leave out the number that called, but not in a complaint', () => {
    expect(read({ ...FULL, shown: '', shownUnknown: true }, NOW)).toEqual({ form: { number: '+77000000002', contactAt: '2026-11-23T05:00:00.000Z', reason: 'NOT_REACHABLE' } });
    expect(read({ ...FULL, shown: '', shownUnknown: true, purpose: 'complain', text: 'x' }, NOW)).toEqual({ faults: { shown: 'wrong.number' } });
  });

  it('is a complaint with what happened', () => {
    expect(read({ ...FULL, purpose: 'complain', text: ' Звонили\r\nночью ' }, NOW)).toEqual({
      form: { number: '+77000000002', shownNumber: '+77172000001', contactAt: '2026-11-23T05:00:00.000Z', reason: 'COMPLAINS', text: 'Звонили\nночью' },
    });
  });

  it.each([
    [{ number: '701' }, { number: 'wrong.number' }],
    [{ number: '+49 30 123456' }, { number: 'wrong.number' }],
    [{ shown: 'кто-то' }, { shown: 'wrong.number' }],
    [{ at: '' }, { at: 'wrong.when' }],
    [{ at: '2026-11-24T10:01' }, { at: 'wrong.future' }],
    [{ reason: '' as const }, { reason: 'wrong.reason' }],
    [{ purpose: 'complain' as const, text: ' \n ' }, { text: 'wrong.text' }],
    [{ purpose: 'complain' as const, text: 'x'.repeat(501) }, { text: 'wrong.text' }],
  ])('is refused at once where it is wrong: %o', (wrong, faults) => {
    expect(read({ ...FULL, ...wrong }, NOW)).toEqual({ faults });
  });
});

describe('the page', () => {
  let stands: Standing | undefined;
  let refusal: string | undefined;
  let asked: unknown[];

  beforeEach(() => {
    stands = STANDS;
    refusal = undefined;
    asked = [];
    keep(undefined);
    speak('ru');
    vi.stubGlobal('fetch', async (path: string, request: RequestInit) => {
      asked.push([request.method, path, request.body]);
      if (request.method === 'DELETE') return new Response(null, { status: 204 });
      if (request.method === 'POST') return refusal ? new Response(JSON.stringify({ code: refusal }), { status: 422 }) : new Response(JSON.stringify(OPENED), { status: 201 });
      return stands ? new Response(JSON.stringify(stands)) : new Response(JSON.stringify({ code: 'NOT_FOUND' }), { status: 404 });
    });
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  async function fill(): Promise<void> {
    render(Ask);
    await fireEvent.input(screen.getByLabelText(/Ваш номер/), { target: { value: FULL.number } });
    await fireEvent.input(screen.getByLabelText(/С какого номера/), { target: { value: FULL.shown } });
    await fireEvent.input(screen.getByLabelText(/Примерно когда/), { target: { value: FULL.at } });
    await fireEvent.click(screen.getByLabelText('Мне не сказали, как с ними связаться'));
    await fireEvent.click(screen.getByRole('button', { name: 'Дальше' }));
  }

  it('shows which number to call and which code to type', async () => {
    await fill();

    const call = await screen.findByRole('link', { name: /717/ });
    expect(call.getAttribute('href')).toBe('tel:+77172000001');
    expect(screen.getByText(/012 345/)).toBeTruthy();
    expect(JSON.parse((asked[0] as [string, string, string])[2])).toMatchObject({ number: '+77000000002', reason: 'CONTACT_MISSING' });
    expect(kept()?.opened.token).toBe(OPENED.token);
  });

  it('says at once that a number is not one of ours', async () => {
    refusal = 'NUMBER_NOT_OURS';
    await fill();
    expect((await screen.findByRole('alert')).textContent).toContain('Это не наш номер');
  });

  it('has words for a code that it does not know', async () => {
    refusal = 'NEWER_THAN_THIS_PAGE';
    await fill();
    expect((await screen.findByRole('alert')).textContent).toContain('Не получилось');
  });

  it('marks what is wrong and asks nothing', async () => {
    render(Ask);
    await fireEvent.click(screen.getByRole('button', { name: 'Дальше' }));
    expect(screen.getAllByText(/Номер Казахстана из 11 цифр/)).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it('shows who called, and a name is text and never markup', async () => {
    keep({ opened: OPENED, purpose: 'who' });
    stands = { ...STANDS, state: 'ANSWERED', found: true, asked: 1, answered: 1, senders: [{ name: '<b>Орда</b>', contact: '+7 727 000', times: ['2026-11-23T05:00:00Z'] }] };
    render(Ask);
    expect(await screen.findByText('<b>Орда</b>')).toBeTruthy();
    expect(screen.getByText('+7 727 000')).toBeTruthy();
    expect(screen.getByText(/23\.11\.2026/)).toBeTruthy();
  });

  it.each([
    ['ANSWERED', 'Контактов не найдено'],
    ['NOBODY', 'Контактов не найдено'],
    ['EXPIRED', 'Код больше не действует'],
    ['CLOSED', 'Вопрос закрыт'],
    ['COMPLAINED', 'Жалоба принята'],
  ] as const)('says what %s means', async (state, title) => {
    keep({ opened: OPENED, purpose: 'who' });
    stands = { ...STANDS, state };
    render(Ask);
    expect(await screen.findByText(title)).toBeTruthy();
  });

  it('says that the answer comes when a box is back', async () => {
    keep({ opened: OPENED, purpose: 'who' });
    stands = { ...STANDS, state: 'ASKING', asked: 2, answered: 1 };
    render(Ask);
    expect(await screen.findByText(/Ответили 1 из 2.*до 01\.12\.2026/)).toBeTruthy();
  });

  it('begins anew when nobody knows the request any more', async () => {
    keep({ opened: OPENED, purpose: 'who' });
    stands = undefined;
    render(Ask);
    expect(await screen.findByRole('button', { name: 'Дальше' })).toBeTruthy();
    expect(kept()).toBeUndefined();
  });

  it('gives up, here and at central', async () => {
    keep({ opened: OPENED, purpose: 'who' });
    render(Ask);
    await fireEvent.click(await screen.findByRole('button', { name: 'Отменить и стереть' }));
    await waitFor(() => expect(asked).toContainEqual(['DELETE', `/api/ask/${OPENED.token}`, undefined]));
    expect(kept()).toBeUndefined();
  });

  it('speaks three languages', async () => {
    render(Ask);
    const titles = { kk: 'Маған кім қоңырау шалды?', ru: 'Кто мне звонил?', en: 'Who called me?' };
    for (const one of LANGUAGES) {
      speak(one);
      expect(await screen.findByRole('heading', { level: 1, name: titles[one] })).toBeTruthy();
    }
  });
});
