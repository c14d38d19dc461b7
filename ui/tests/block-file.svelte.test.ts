import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import FileCard from '../src/screens/box/blocked/FileCard.svelte';
import { speak } from '../src/i18n/i18n.svelte';
import * as box from '../gallery/box-fixtures';

const ID = box.upload.id;
let answers: Record<string, [number, unknown]>;
let sent: { method: string; path: string; body: unknown }[];
let added: number;

class Uploading {
  upload: { onprogress?: (event: unknown) => void } = {};
  status = 201;
  responseText = JSON.stringify(box.upload);
  onload?: () => void;
  open() {}
  setRequestHeader() {}
  send() {
    setTimeout(() => this.onload?.());
  }
}

beforeEach(async () => {
  answers = { [`GET /blocks/imports/${ID}`]: [200, box.blockImport], 'POST /blocks/imports': [202, { ...box.blockImport, state: 'RUNNING', done: 4_000 }] };
  sent = [];
  added = 0;
  vi.stubGlobal('XMLHttpRequest', Uploading);
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url, 'http://localhost');
    const path = url.pathname.replace(/^\/api/, '');
    const text = request.method === 'GET' ? '' : await request.clone().text();
    sent.push({ method: request.method, path: path + url.search, body: text && JSON.parse(text) });
    const [status, body] = answers[`${request.method} ${path}`] ?? [404, { status: 404, code: 'NOT_FOUND', detail: '' }];
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } });
  });
  await speak('ru');
  render(FileCard, { onadded: () => added++ });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const chosen = async () => {
  await fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [new File(['x'], 'stop.csv')] } });
  await screen.findByText('Запретить звонки');
  await fireEvent.input(screen.getByLabelText('Причина'), { target: { value: ' Просили ' } });
};
const submit = () => fireEvent.click(document.querySelector('button[type=submit]')!);

describe('a file of numbers that are not to be called (AC-CON-03)', () => {
  it('is previewed, sent as it is read, followed, and its result said by line and reason', async () => {
    await chosen();
    expect(screen.getByText('8 701 234 56 78')).toBeTruthy();
    expect(screen.getByText('Номер другой страны')).toBeTruthy();
    await fireEvent.click(screen.getByText('Отказ абонента'));
    await submit();
    expect((await screen.findByText(/Номера добавляются/)).textContent).toMatch(/4.000 из 9.312/);
    expect(sent.at(-1)!.body).toEqual({ uploadId: ID, list: 'SUBSCRIBER', reason: 'Просили', encoding: 'WINDOWS_1251', delimiter: 'SEMICOLON', header: true, column: 1 });
    const link = (await screen.findByText('Скачать непринятые строки', {}, { timeout: 4000 })).closest('a')!;
    expect(link.getAttribute('href')).toBe(`/api/blocks/imports/${ID}/rejects.csv`);
    expect(document.body.textContent).toMatch(/9.020 номеров/);
    expect(document.body.textContent).toMatch(/109 повторов в файле/);
    expect(document.body.textContent).toMatch(/строка 17 — Номер другой страны/);
    expect(added).toBe(1);
    expect(screen.getByText('Выбрать файл')).toBeTruthy();
  });

  it('is found again by who looked at another page meanwhile', async () => {
    answers[`GET /blocks/imports/${ID}`] = [200, { ...box.blockImport, state: 'RUNNING', done: 5_000 }];
    await chosen();
    await submit();
    await screen.findByText(/Номера добавляются/);
    cleanup();
    render(FileCard, { onadded: () => added++ });
    expect((await screen.findByText(/Номера добавляются/)).textContent).toMatch(/5.000 из/);
    answers[`GET /blocks/imports/${ID}`] = [200, box.blockImport];
    expect(await screen.findByText('Скачать непринятые строки', {}, { timeout: 4000 })).toBeTruthy();
    cleanup();
    render(FileCard, { onadded: () => added++ });
    expect(screen.queryByText(/Номера добавляются/)).toBeNull();
    expect(added).toBe(1);
  });

  it('can be sent again when it failed, and read another way', async () => {
    answers['POST /blocks/imports'] = [202, { ...box.blockImport, state: 'FAILED', failure: 'WORKBOOK_BROKEN', added: 100, refused: 0, first: [] }];
    await chosen();
    await submit();
    expect(await screen.findByText('Файл не обработан до конца')).toBeTruthy();
    expect(document.body.textContent).toMatch(/Книга повреждена.*уже добавленные номера не повторятся/);
    expect(document.querySelector('button[type=submit]')).toBeTruthy();
    answers[`GET /uploads/${ID}/preview`] = [200, { ...box.upload, encoding: 'UTF_8' }];
    await fireEvent.change(screen.getByLabelText('Кодировка'), { target: { value: 'UTF_8' } });
    await vi.waitFor(() => expect(sent.at(-1)!.path).toMatch(/preview\?.*encoding=UTF_8/));
  });

  it('is refused in words, and a box that forgot it says what to do', async () => {
    answers['POST /blocks/imports'] = [404, { status: 404, code: 'NOT_FOUND', detail: '' }];
    await chosen();
    await submit();
    expect((await screen.findByRole('alert')).textContent).toBe('Этого больше нет.');
    answers['POST /blocks/imports'] = [202, { ...box.blockImport, state: 'RUNNING', done: 0, rows: 0 }];
    delete answers[`GET /blocks/imports/${ID}`];
    await submit();
    expect((await screen.findByRole('alert', {}, { timeout: 4000 })).textContent).toMatch(/Бокс перезапускался/);
  });
});
