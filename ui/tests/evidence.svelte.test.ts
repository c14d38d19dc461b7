import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import QuestionBox from '../src/parts/QuestionBox.svelte';
import AnswerForm from '../src/screens/box/complaint/AnswerForm.svelte';
import EvidenceCard from '../src/screens/box/list/EvidenceCard.svelte';
import { speak } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import { signIn } from '../src/state/session.svelte';
import * as box from '../gallery/box-fixtures';

const LIST = box.lists[0]!.id;
let answers: Record<string, [number, unknown]>;
let sent: { method: string; path: string; body: unknown }[];
/// What an upload is answered.
let uploaded: [number, unknown];

class Source {
  readyState = 1;
  addEventListener() {}
  close() {}
}

class Upload {
  upload: { onprogress?: (event: unknown) => void } = {};
  status = 0;
  responseText = '';
  onload?: () => void;
  path = '';
  open(_: string, path: string) {
    this.path = path;
  }
  setRequestHeader() {}
  send(body: Blob) {
    sent.push({ method: 'POST', path: this.path, body });
    this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 });
    [this.status] = uploaded;
    this.responseText = JSON.stringify(uploaded[1]);
    setTimeout(() => this.onload?.());
  }
}

beforeEach(async () => {
  answers = { [`GET /lists/${LIST}/evidence`]: [200, box.listFiles] };
  sent = [];
  uploaded = [201, box.listFiles[0]];
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('XMLHttpRequest', Upload);
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url, 'http://localhost').pathname.replace(/^\/api/, '');
    const text = request.method === 'GET' ? '' : await request.clone().text();
    sent.push({ method: request.method, path, body: text && JSON.parse(text) });
    const [status, body] = answers[`${request.method} ${path}`] ?? answers[path] ?? [404, { status: 404, code: 'NOT_FOUND', detail: '' }];
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } });
  });
  await speak('ru');
  await enter('OWNER');
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
const choose = (file: File) => fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [file] } });
const of = (size: number, name = 'скан.pdf') => Object.defineProperty(new File(['x'], name), 'size', { value: size });
const uploads = () => sent.filter(({ path }) => path.includes('fileName'));

describe('the files beside a list (AC-CON-02)', () => {
  it('are shown with their size, taken and removed after a question', async () => {
    answers[`DELETE /lists/${LIST}/evidence/${box.listFiles[0]!.id}`] = [204, undefined];
    render(QuestionBox);
    render(EvidenceCard, { listId: LIST });
    expect(await screen.findByText('Анкета покупателя.pdf')).toBeTruthy();
    expect(screen.getByText('Файлов: 2 из 10')).toBeTruthy();
    const link = screen.getByLabelText('Скачать: Анкета покупателя.pdf').closest('a')!;
    expect(link.getAttribute('href')).toBe(`/api/lists/${LIST}/evidence/${box.listFiles[0]!.id}`);
    expect(link.hasAttribute('download')).toBe(true);
    await fireEvent.click(screen.getByLabelText('Удалить: Анкета покупателя.pdf'));
    const question = await screen.findByText(/Ответы на жалобы, с которыми он уже ушёл/);
    expect(sent.some(({ method }) => method === 'DELETE')).toBe(false);
    await fireEvent.click(within(question.closest('dialog')!).getByText('Удалить'));
    await vi.waitFor(() => expect(sent.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('are seen by an operator, who adds, takes and removes none', async () => {
    await enter('OPERATOR');
    render(EvidenceCard, { listId: LIST });
    expect(await screen.findByText('Договор с магазином.jpg')).toBeTruthy();
    expect(document.querySelector('a[download], button, input')).toBeNull();
  });

  it('begin with what they are good for', async () => {
    answers[`GET /lists/${LIST}/evidence`] = [200, []];
    render(EvidenceCard, { listId: LIST });
    expect(await screen.findByText('Файлов пока нет')).toBeTruthy();
    expect(screen.getByText(/Если на вас пожалуются/)).toBeTruthy();
  });

  it('are sent under their name, and refused in words', async () => {
    render(EvidenceCard, { listId: LIST });
    await screen.findByText('Анкета покупателя.pdf');
    await choose(of(100));
    await vi.waitFor(() => expect(uploads()).toHaveLength(1));
    expect(uploads()[0]!.path).toBe(`/api/lists/${LIST}/evidence?fileName=${encodeURIComponent('скан.pdf')}`);
    uploaded = [422, { status: 422, code: 'NO_EVIDENCE', detail: '', errors: [{ field: 'file', code: 'NO_EVIDENCE', detail: '' }] }];
    await vi.waitFor(() => expect(document.querySelector<HTMLInputElement>('input[type=file]')!.disabled).toBe(false));
    await choose(of(100));
    expect((await screen.findByRole('alert')).textContent).toMatch(/не PDF и не снимок/);
    await vi.waitFor(() => expect(document.querySelector<HTMLInputElement>('input[type=file]')!.disabled).toBe(false));
    await choose(of(5 * 1024 * 1024 + 1));
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/больше 5 МБ/));
    expect(uploads()).toHaveLength(2);
  });

  it('are ten at most', async () => {
    answers[`GET /lists/${LIST}/evidence`] = [200, Array.from({ length: 10 }, (_, i) => ({ ...box.listFiles[0]!, id: `${i}` }))];
    render(EvidenceCard, { listId: LIST });
    expect(await screen.findByText(/Больше файлов к списку не приложить/)).toBeTruthy();
    expect(document.querySelector('input')).toBeNull();
  });
});

describe('an answer to a complaint (AC-SPM-04)', () => {
  it('takes along a file of a list that holds the number, if it is small enough', async () => {
    answers['POST /complaints/c/answers'] = [201, {}];
    const kept = box.complaintCase(box.complaints[0]!).evidence;
    render(AnswerForm, { complaintId: 'c', more: false, kept, note: 'Согласен', ondone() {}, onrefused() {} });
    expect(screen.getByText(/больше 96 КБ, с ответом не уйдёт/)).toBeTruthy();
    expect(screen.queryByLabelText('Приложить: Договор с магазином.jpg')).toBeNull();
    await fireEvent.click(screen.getByLabelText('Приложить: Анкета покупателя.pdf'));
    await fireEvent.click(document.querySelector('button[type=submit]')!);
    await vi.waitFor(() => expect(sent.at(-1)!.body).toEqual({ note: 'Согласен', evidence: { listId: LIST, fileId: kept[0]!.fileId } }));
  });
});
