import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../src/api/problem';
import { speak } from '../src/i18n/i18n.svelte';
import BalanceGauge from '../src/parts/BalanceGauge.svelte';
import Failure from '../src/parts/Failure.svelte';
import HoursChart from '../src/parts/HoursChart.svelte';
import OutcomesBar from '../src/parts/OutcomesBar.svelte';
import Pager from '../src/parts/Pager.svelte';
import QuestionBox from '../src/parts/QuestionBox.svelte';
import Transcript from '../src/parts/Transcript.svelte';
import ReadAloud from '../src/screens/box/campaign-editor/ReadAloud.svelte';
import UnknownWords from '../src/screens/box/campaign-editor/UnknownWords.svelte';
import EstimateCard from '../src/screens/box/campaign/EstimateCard.svelte';
import Installations from '../src/screens/box/install/Installations.svelte';
import OwnWordsDialog from '../src/screens/box/models/OwnWordsDialog.svelte';
import SignIn from '../src/screens/sign-in/SignIn.svelte';
import { sure } from '../src/state/question.svelte';
import { Resource } from '../src/state/resource.svelte';
import * as box from '../gallery/box-fixtures';

beforeEach(() => speak('ru'));

describe('parts', () => {
  it('tell the balance to a screen reader, held money apart', () => {
    render(BalanceGauge, { availableTiyn: 123_450, heldTiyn: 5_000 });
    expect(screen.getByRole('img').getAttribute('aria-label')!.replace(/ /g, ' ')).toBe('Доступно: 1 234,50 ₸, Удержано под звонки: 50,00 ₸');
  });

  it('change their words with the language', async () => {
    render(OutcomesBar, { outcomes: { ANSWERED: 2 } });
    expect(screen.getByText('Ответил')).toBeTruthy();
    await speak('kk');
    await waitFor(() => expect(screen.getByText('Жауап берді')).toBeTruthy());
    await speak('en');
    await waitFor(() => expect(screen.getByText('Answered')).toBeTruthy());
  });

  it('offer to try again after a failure', async () => {
    const retry = vi.fn();
    render(Failure, { problem: new ProblemError({ status: 503, code: 'HTTP_503', detail: '' }), onretry: retry });
    expect(screen.getByRole('alert').textContent).toContain('Сервер сейчас недоступен.');
    await fireEvent.click(screen.getByRole('button', { name: 'Повторить' }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('read the chart hour by hour from the keyboard', async () => {
    render(HoursChart, { hours: box.hours(24), last: 24 });
    const chart = screen.getByRole('img');
    await fireEvent.keyDown(chart, { key: 'Home' });
    expect(screen.getByRole('status')).toBeTruthy();
    await fireEvent.keyDown(chart, { key: 'Escape' });
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('turn pages only where there are any', async () => {
    const turned = vi.fn();
    render(Pager, { page: 0, size: 50, total: 120, onpage: turned });
    expect((screen.getByRole('button', { name: 'Предыдущая страница' }) as HTMLButtonElement).disabled).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'Следующая страница' }));
    expect(turned).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('show what a voice says otherwise than it is written', async () => {
    const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(async (request) => {
      const { text } = await (request as Request).json();
      return new Response(JSON.stringify(box.reading(text)), { headers: { 'content-type': 'application/json' } });
    });
    const { rerender } = render(ReadAloud, { text: 'Код 7', language: 'ru' });
    await waitFor(() => expect(screen.getByText('семь')).toBeTruthy());
    await rerender({ text: 'Код', language: 'ru' });
    await waitFor(() => expect(screen.getByText('Всё читается так, как написано.')).toBeTruthy());
    await rerender({ text: ' ', language: 'ru' });
    await waitFor(() => expect(screen.queryByText('Как это прочтёт голос')).toBeNull());
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
  });

  it('follow an installation as long as it is under way, and can stop it', async () => {
    vi.useFakeTimers();
    const look = vi.fn(async () => {});
    const cancel = vi.fn(async () => {});
    const one = (state: string) => ({ id: '7', name: 'ru-large', state, share: 0.4 });
    const props = { state: (it: { state: string }) => `is ${it.state}`, whyFailed: () => 'not a model', cancel, look };
    try {
      const { rerender } = render(Installations, { installations: [one('RUNNING')], ...props });
      await vi.advanceTimersByTimeAsync(3100);
      expect(look).toHaveBeenCalledTimes(2);
      expect(screen.getByRole('progressbar')).toBeTruthy();
      await fireEvent.click(screen.getByRole('button', { name: 'Отменить' }));
      expect(cancel).toHaveBeenCalledExactlyOnceWith('7');
      await rerender({ installations: [one('FAILED')], ...props });
      look.mockClear();
      await vi.advanceTimersByTimeAsync(5000);
      expect(look).not.toHaveBeenCalled();
      expect(screen.getByText('not a model')).toBeTruthy();
      expect(screen.queryByRole('button')).toBeNull();
      await rerender({ installations: [], ...props });
      expect(screen.queryByText('ru-large')).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('say where words that the model does not know can be added', async () => {
    vi.stubGlobal('fetch', async (request: Request) => new Response(JSON.stringify(box.unknownWords((await request.json()).phrases)), { headers: { 'content-type': 'application/json' } }));
    const { rerender } = render(UnknownWords, { phrases: ['да', 'Kaspi банк'], language: 'ru' });
    await waitFor(() => expect(screen.getByRole('note').textContent).toContain('Модель речи не знает: kaspi'));
    expect(screen.getByRole('link', { name: 'Модели речи' }).getAttribute('href')).toBe('#/models');
    await rerender({ phrases: ['да'], language: 'ru' });
    await waitFor(() => expect(screen.queryByRole('note')).toBeNull());
    vi.unstubAllGlobals();
  });

  it('make a model of own words only when all of them can be said', async () => {
    const sent: unknown[] = [];
    const refusal = { status: 422, code: 'BAD_WORD', detail: "word 'альфатрейд': made up" };
    vi.stubGlobal('fetch', async (request: Request) => {
      const path = new URL(request.url).pathname;
      const body = request.method === 'POST' ? await request.json() : undefined;
      const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status, headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' } });
      if (path.endsWith('/pronunciations')) return json(box.pronunciations(body.words));
      if (request.method === 'GET') return json(box.ownWords);
      sent.push(body);
      return sent.length === 1 ? json(refusal, 422) : json(box.speechShelf.installations[0], 202);
    });
    const onsent = vi.fn(async () => {});
    const onclose = vi.fn();
    const model = box.speechShelf.languages[0]!.models.find((one) => one.base)!;
    render(OwnWordsDialog, { model, onsent, onclose });
    const text = (await screen.findByLabelText('Слова и имена')) as HTMLTextAreaElement;
    expect(text.value).toBe('қоңырау = конырау\nальфатрейд');
    const build = screen.getByText('Собрать модель').closest('button')!;

    await fireEvent.input(text, { target: { value: 'альфатрейд\nдва слова' } });
    await waitFor(() => expect(screen.getByRole('alert', { hidden: true }).textContent).toContain('Строка 2: «два слова» — не слово.'));
    expect(build.disabled).toBe(true);

    await fireEvent.input(text, { target: { value: 'альфатрейд\nkaspi' } });
    await waitFor(() => expect(screen.getByText(/Похоже на слово другого языка/)).toBeTruthy());
    expect(build.disabled).toBe(true);

    await fireEvent.input(text, { target: { value: 'альфатрейд\nkaspi = каспи' } });
    await waitFor(() => expect(screen.getByText('к а с п и')).toBeTruthy());
    await waitFor(() => expect(build.disabled).toBe(false));

    await fireEvent.click(build);
    await waitFor(() => expect(screen.getByRole('alert', { hidden: true }).textContent).toContain("word 'альфатрейд'"));
    expect(onclose).not.toHaveBeenCalled();

    await fireEvent.click(build);
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(onsent).toHaveBeenCalledOnce();
    expect(sent[1]).toEqual({ name: model.name, words: [{ word: 'альфатрейд', weight: 5 }, { word: 'kaspi', saidAs: ['каспи'] }], phrases: ['служба альфатрейд'] });
    vi.unstubAllGlobals();
  });

  it('jump to what was clicked in a transcript', async () => {
    const seek = vi.fn();
    render(Transcript, { utterances: box.call.transcript!, at: 0, onseek: seek });
    await fireEvent.click(screen.getByText(/конечно/).closest('button')!);
    expect(seek).toHaveBeenCalledExactlyOnceWith(13.9);
  });

  it('name everything that keeps a campaign from starting', () => {
    render(EstimateCard, { estimate: { ...box.estimate, blockers: ['LIST_NOT_ATTESTED', 'A_NEW_ONE'] } });
    expect(screen.getByRole('alert').textContent).toContain('У списка не указан источник номеров.');
    expect(screen.getByRole('alert').textContent).toContain('A_NEW_ONE');
  });

  it('ask before what cannot be undone', async () => {
    render(QuestionBox);
    const answer = sure({ title: 'Удалить?', text: 'Навсегда.', yes: 'Удалить', danger: true });
    await waitFor(() => screen.getByText('Навсегда.'));
    await fireEvent.click(screen.getByText('Отмена'));
    expect(await answer).toBe(false);
    await waitFor(() => expect(screen.queryByText('Навсегда.')).toBeNull());
  });

  it('explain a refused sign-in and forget the password', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ status: 401, code: 'WRONG_CREDENTIALS', detail: '' }), { status: 401, headers: { 'Content-Type': 'application/problem+json' } })));
    render(SignIn, { expired: false, product: 'Бокс' });
    await fireEvent.input(screen.getByLabelText('Логин'), { target: { value: 'owner' } });
    await fireEvent.input(screen.getByLabelText('Пароль'), { target: { value: 'guess' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Войти' }));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Логин или пароль не подходит.'));
    expect((screen.getByLabelText('Пароль') as HTMLInputElement).value).toBe('');
    vi.unstubAllGlobals();
  });
});

describe('a resource', () => {
  it('keeps what was there while a later question fails', async () => {
    let fail = false;
    const resource = new Resource(() => (fail ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(7)));
    await resource.reload();
    fail = true;
    await resource.reload();
    expect(resource.value).toBe(7);
    expect(resource.problem?.problem.code).toBe('NETWORK');
    expect(resource.loading).toBe(false);
  });

  it('ignores an answer that a later question has overtaken', async () => {
    const answers: ((value: string) => void)[] = [];
    const resource = new Resource(() => new Promise<string>((resolve) => answers.push(resolve)));
    const second = resource.reload();
    answers[1]!('second');
    await second;
    answers[0]!('first');
    await Promise.resolve();
    expect(resource.value).toBe('second');
  });
});
