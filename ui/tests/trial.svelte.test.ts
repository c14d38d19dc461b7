import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnNumber, TrialCall } from '../src/api/box/trials';
import { speak } from '../src/i18n/i18n.svelte';
import { campaignAddress, campaignTitle } from '../src/screens/box/campaign-name';
import TrialCard from '../src/screens/box/campaign/TrialCard.svelte';
import * as box from '../gallery/box-fixtures';

const NONE: OwnNumber = { codesLeft: 5, trialsLeft: 10 };
const PROVEN: OwnNumber = { ...NONE, number: box.OWN, provenAt: '2026-11-24T04:00:00Z' };
const CALL = box.uuid(900);
const campaign = box.campaigns[0]!;
const asked: { method: string; path: string; body: unknown }[] = [];

/// What the back end knows, and what it says to each wish.
let own: OwnNumber;
let trial: TrialCall;
let refusal: { status: number; code: string; field?: string } | undefined;

const waiting = (more: Partial<NonNullable<OwnNumber['pending']>> = {}): OwnNumber => ({ ...NONE, codesLeft: 4, pending: { number: box.OWN, until: new Date(Date.now() + 600_000).toISOString(), triesLeft: 5, ...more } });

beforeEach(() => {
  speak('ru');
  asked.length = 0;
  own = NONE;
  trial = { callId: CALL, state: 'PREPARING' };
  refusal = undefined;
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const body = request.method === 'GET' ? '' : await request.text();
    asked.push({ method: request.method, path, body: body ? JSON.parse(body) : undefined });
    if (refusal && request.method !== 'GET') {
      const { status, code, field } = refusal;
      return new Response(JSON.stringify({ status, code, detail: 'made up', ...(field ? { errors: [{ field, code, detail: 'made up' }] } : {}) }), { status, headers: { 'Content-Type': 'application/problem+json' } });
    }
    if (request.method === 'DELETE') {
      own = NONE;
      return new Response(undefined, { status: 204 });
    }
    if (request.method === 'PUT') own = waiting();
    if (path.endsWith('/proof')) own = PROVEN;
    const answer = path === '/api/tariff' ? box.tariff : path.endsWith('/trial-call') ? { callId: CALL } : path.startsWith('/api/trial-calls/') ? trial : path.startsWith('/api/calls/') ? { ...box.call, id: CALL, state: trial.state === 'CALLING' ? 'PLAYING' : 'ENDED' } : request.method === 'PUT' ? { ...own, calling: CALL } : own;
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const sent = (method: string) => asked.filter((one) => one.method === method);
const button = (name: string) => screen.findByRole('button', { name });
const disabled = async (name: string) => (await button(name)).hasAttribute('disabled');

describe('a test call (AC-CMP-08)', () => {
  it('begins with one’s own number, which is called with a code in the language that one chooses', async () => {
    render(TrialCard, { campaign });
    expect(await disabled('Позвонить с кодом')).toBe(true);
    await fireEvent.input(screen.getByLabelText('Ваш номер'), { target: { value: ' 8 701 234 56 78 ' } });
    await fireEvent.click(screen.getByLabelText('по-казахски'));
    await fireEvent.click(await button('Позвонить с кодом'));

    expect(await screen.findByText(/Бокс звонит на \+7 701 234.56.78 и диктует код/)).toBeTruthy();
    expect(sent('PUT').map((one) => one.body)).toEqual([{ number: '8 701 234 56 78', language: 'kk' }]);
    expect(await screen.findByText('Готовим звонок и резервируем деньги')).toBeTruthy();
    expect(await disabled('Позвонить ещё раз')).toBe(true);
  });

  it('says at the field why a number is none', async () => {
    refusal = { status: 422, code: 'FOREIGN', field: 'number' };
    render(TrialCard, { campaign });
    await fireEvent.input(await screen.findByLabelText('Ваш номер'), { target: { value: '+1 202 555 0143' } });
    await fireEvent.click(await button('Позвонить с кодом'));

    expect((await screen.findByRole('alert')).textContent).toBe('Номер другой страны');
    expect(screen.getByLabelText('Ваш номер').getAttribute('aria-invalid')).toBe('true');
  });

  it('takes the code with spaces in it', async () => {
    own = waiting();
    render(TrialCard, { campaign });
    await fireEvent.input(await screen.findByLabelText('Код из звонка'), { target: { value: '12 34 5' } });
    expect(await disabled('Подтвердить')).toBe(true);
    await fireEvent.input(screen.getByLabelText('Код из звонка'), { target: { value: '12 34 56' } });
    await fireEvent.click(await button('Подтвердить'));

    expect(await button('Позвонить мне')).toBeTruthy();
    expect(sent('POST').map((one) => one.body)).toEqual([{ code: '123456' }]);
  });

  it('says that a code is wrong, and how many tries are left', async () => {
    own = waiting();
    render(TrialCard, { campaign });
    await fireEvent.input(await screen.findByLabelText('Код из звонка'), { target: { value: '123456' } });
    refusal = { status: 422, code: 'WRONG_CODE', field: 'code' };
    own = waiting({ triesLeft: 0 });
    await fireEvent.click(await button('Подтвердить'));

    expect(await screen.findByText('Неверных кодов слишком много. Нужен новый звонок с кодом.')).toBeTruthy();
    expect(screen.queryByLabelText('Код из звонка')).toBeNull();
    expect(await disabled('Позвонить ещё раз')).toBe(false);
  });

  it('says that a code has expired', async () => {
    own = waiting({ until: new Date(Date.now() - 1000).toISOString() });
    render(TrialCard, { campaign });
    expect(await screen.findByText('Код устарел. Нужен новый звонок с кодом.')).toBeTruthy();
  });

  it('says when there are codes again', async () => {
    own = { ...waiting(), codesLeft: 0, codesAgainAt: '2026-11-24T19:00:00Z' };
    render(TrialCard, { campaign });
    expect((await screen.findByText(/Звонков с кодом сегодня больше не будет/)).textContent).toMatch(/25.*00:00/);
    expect(await disabled('Позвонить ещё раз')).toBe(true);
  });

  it('lets a proven number be called while another one is not proven yet', async () => {
    own = { ...waiting({ number: '+77012345679' }), number: box.OWN };
    render(TrialCard, { campaign });
    await fireEvent.click(await button('Не сейчас'));
    expect(await button('Позвонить мне')).toBeTruthy();
    expect(screen.getByText(/\+7 701 234.56.78/)).toBeTruthy();
  });

  it('shows what it costs, how it goes and what came of it', async () => {
    own = PROVEN;
    render(TrialCard, { campaign });
    expect((await screen.findByText(/Оплачивается как обычный звонок/)).textContent).toContain('время разговора — 54 ₸ за минуту; распознавание речи — 36 ₸ за минуту; запись разговора — 9,936 ₸ за минуту');
    await fireEvent.click(await button('Позвонить мне'));
    expect(await screen.findByText('Готовим звонок и резервируем деньги')).toBeTruthy();
    expect(sent('POST').map((one) => one.path)).toEqual([`/api/campaigns/${campaign.id}/trial-call`]);
    expect(asked.some((one) => one.path.startsWith('/api/calls/'))).toBe(false);

    trial = { callId: CALL, state: 'CALLING' };
    expect(await screen.findByText('Говорим', {}, { timeout: 4000 })).toBeTruthy();
    expect(await disabled('Позвонить мне')).toBe(true);
    trial = { callId: CALL, state: 'ENDED' };
    expect((await screen.findByRole('link', { name: 'Открыть звонок' }, { timeout: 4000 })).getAttribute('href')).toBe(`#/calls/${CALL}`);
    expect(screen.getByText('Ответил')).toBeTruthy();
    expect(screen.getByText(/32,64/)).toBeTruthy();
    expect(await disabled('Позвонить мне')).toBe(false);
  });

  it('says why nobody was called after all', async () => {
    own = PROVEN;
    trial = { callId: CALL, state: 'NOT_CALLED', why: 'NO_FUNDS' };
    render(TrialCard, { campaign });
    await fireEvent.click(await button('Позвонить мне'));
    expect(await screen.findByText('Звонка не было, деньги не списаны')).toBeTruthy();
    expect(screen.getByText('На балансе не хватает денег на следующий звонок.')).toBeTruthy();
  });

  it('goes on with a call that is on its way', async () => {
    own = { ...PROVEN, calling: CALL };
    trial = { callId: CALL, state: 'CALLING' };
    render(TrialCard, { campaign });
    expect(await screen.findByText('Говорим')).toBeTruthy();
  });

  it('leaves a call alone of which a box that has started anew knows nothing', async () => {
    own = { ...PROVEN, calling: CALL };
    const answer = globalThis.fetch;
    vi.stubGlobal('fetch', async (request: Request) => {
      if (!request.url.includes('/trial-calls/')) return answer(request);
      asked.push({ method: 'GET', path: 'lost', body: undefined });
      return new Response(JSON.stringify({ status: 404, code: 'NOT_FOUND', detail: 'made up' }), { status: 404, headers: { 'Content-Type': 'application/problem+json' } });
    });
    render(TrialCard, { campaign });
    expect((await screen.findByRole('alert')).textContent?.trim()).toBe('Этого больше нет.');
    expect(await disabled('Позвонить мне')).toBe(false);
    expect(asked.filter((one) => one.path === 'lost').length).toBe(1);
  });

  it.each([
    ['TELEPHONY_DOWN', 'Телефония или линия к оператору не работает.'],
    ['NUMBER_IN_CALL', 'На этот номер сейчас уже звонят. Дождитесь конца звонка.'],
    ['CAMPAIGN_COMPLETED', 'Сейчас это невозможно, состояние уже другое: Завершена.'],
    ['VOICE_MISSING', 'Нет голоса для этого языка, или он не работает. Проверьте голоса на странице «Система».'],
  ])('says in words that it was refused with %s', async (code, words) => {
    own = PROVEN;
    refusal = { status: 409, code };
    render(TrialCard, { campaign });
    await fireEvent.click(await button('Позвонить мне'));
    expect((await screen.findByRole('alert')).textContent?.trim()).toBe(words);
  });

  it('says when there are calls again', async () => {
    own = PROVEN;
    render(TrialCard, { campaign });
    await button('Позвонить мне');
    refusal = { status: 429, code: 'TOO_MANY_TRIALS' };
    own = { ...PROVEN, trialsLeft: 0, trialsAgainAt: '2026-11-24T05:00:00Z' };
    await fireEvent.click(await button('Позвонить мне'));
    expect(await screen.findByText('За час было 10 пробных звонков. Следующий можно сделать в 10:00.')).toBeTruthy();
    expect(await disabled('Позвонить мне')).toBe(true);
  });
});

it('calls that say a code have a name and no page of a campaign', () => {
  const codes = '00000000-0000-0000-0000-00000000c0de';
  expect(campaignTitle(codes, 'Verification codes')).toBe('Коды подтверждения');
  expect(campaignAddress(codes)).toBeUndefined();
  expect(campaignTitle(campaign.id, 'Ноябрь')).toBe('Ноябрь');
  expect(campaignAddress(campaign.id)).toBe(`#/campaigns/${campaign.id}`);
});
