import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Complaint } from '../src/api/box/door';
import { codeInWords } from '../src/api/problem';
import { LANGUAGES, speak, tOr } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import ComplaintScreen from '../src/screens/box/complaint/ComplaintScreen.svelte';
import { evidenceOf, MOST_BYTES } from '../src/screens/box/complaint/evidence';
import { answeringOf, mayBeAnswered } from '../src/screens/box/complaints/answering';
import Complaints from '../src/screens/box/complaints/Complaints.svelte';
import EnterComplaint from '../src/screens/box/new-complaint/EnterComplaint.svelte';
import { complaintsOf, sentenceOf, toneOf } from '../src/screens/box/notices/notice-words';
import Notices from '../src/screens/box/notices/Notices.svelte';
import { setQuery } from '../src/state/route.svelte';
import { signIn } from '../src/state/session.svelte';
import Box from '../box/Box.svelte';
import * as box from '../gallery/box-fixtures';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const [entered, examined, asked, over, answered, confirmed] = box.complaints as [Complaint, Complaint, Complaint, Complaint, Complaint, Complaint];

/// What the back end answers, by method and path; what it was sent stands in `sent`.
let answers: Record<string, [number, unknown]>;
let sent: { method: string; path: string; body: unknown }[];
let heard: Map<string, (event: { type: string; data: string }) => void>;

class Source {
  readyState = 1;
  addEventListener(name: string, listener: (event: { type: string; data: string }) => void) {
    heard.set(name, listener);
  }
  close() {}
}

beforeEach(async () => {
  answers = {};
  sent = [];
  heard = new Map();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url, 'http://localhost');
    const path = url.pathname.replace(/^\/api/, '');
    const text = request.method === 'GET' ? '' : await request.clone().text();
    sent.push({ method: request.method, path: path + url.search, body: text && JSON.parse(text) });
    const [status, body] = answers[`${request.method} ${path}`] ?? answers[path] ?? [404, { status: 404, code: 'NOT_FOUND', detail: '' }];
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } });
  });
  setQuery({ show: undefined, page: undefined });
  await speak('ru');
  await enter('OWNER');
});
afterEach(() => {
  cleanup();
  live.close();
  vi.unstubAllGlobals();
});

const refused = (status: number, code: string, field?: string): [number, unknown] => [status, { status, code, detail: 'made up', ...(field ? { errors: [{ field, code, detail: 'made up' }] } : {}) }];
const button = (name: string) => screen.getByText(name, { selector: '.text' }).closest('button')!;
const type = (label: string | RegExp, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const changes = () => sent.filter(({ method, path }) => method !== 'GET' && path !== '/session');
const enter = async (role: string) => {
  answers['/session'] = [200, { login: 'x', name: 'x', role, mustChangePassword: false }];
  await signIn('x', 'x');
};
const open = async (one: Complaint) => {
  answers[`/complaints/${one.id}`] = [200, box.complaintCase(one)];
  render(ComplaintScreen, { id: one.id });
  await screen.findByText('О жалобе');
};
const choose = (file: File) => fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [file] } });

describe('what a complaint wants of the business (AC-SPM-04)', () => {
  const due = new Date(NOW).toISOString();

  it('depends on what the provider asked and got', () => {
    const { evidenceDue: _, ...none } = examined;
    expect(answeringOf(none, NOW)).toBe('examined');
    expect(answeringOf({ ...none, evidenceDue: due }, NOW - 1)).toBe('waits');
    expect(answeringOf({ ...none, evidenceDue: due }, NOW)).toBe('over');
    expect(answeringOf({ ...none, evidenceDue: due, evidenceReceived: true }, NOW)).toBe('sent');
    for (const standing of ['CONFIRMED', 'REJECTED', 'LIFTED'] as const) expect(answeringOf({ ...none, evidenceDue: due, standing }, NOW)).toBe('done');
  });

  it('is taken late and more than once, but neither unasked nor afterwards', () => {
    expect([entered, examined, asked, over, answered, confirmed].map(mayBeAnswered)).toEqual([false, false, true, true, true, false]);
  });
});

describe('the list of complaints at a box', () => {
  const there = (waiting: number, ...items: Complaint[]) => (answers['/complaints'] = [200, { total: items.length, items, waiting }]);

  it('says how many wait for an answer, what is overdue, and leads to the number', async () => {
    there(2, asked, over, answered);
    render(Complaints);
    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(sent.at(-1)!.path).toBe('/complaints?show=open&page=0&size=50');
    expect(screen.getByText('2 жалобы ждут вашего ответа')).toBeTruthy();
    expect(screen.getByText(/Нет ответа в срок — значит, доказательств нет/)).toBeTruthy();
    expect(within(rows[1]!).getByText('Ждут ответа')).toBeTruthy();
    expect(within(rows[1]!).getByText(/осталось 2 дня/)).toBeTruthy();
    expect(within(rows[2]!).getByText('Срок ответа вышел')).toBeTruthy();
    expect(within(rows[3]!).getByText('ответ отправлен')).toBeTruthy();
    expect(within(rows[1]!).getByText('+7 701 256 79 04').getAttribute('href')).toBe('#/contacts/77012567904');
  });

  it('tells an operator who answers, follows the news, and says what it is for', async () => {
    await enter('OPERATOR');
    there(1, asked);
    render(Complaints);
    expect(await screen.findByText(/Отвечает владелец бокса/)).toBeTruthy();
    expect(screen.getByText('Внести жалобу')).toBeTruthy();
    there(0);
    heard.get('complaint')!({ type: 'complaint', data: '{"waiting":0}' });
    expect(await screen.findByText('Жалоб на рассмотрении нет')).toBeTruthy();
    expect(screen.queryByText(/ждёт вашего ответа/)).toBeNull();
  });

  it('has a place in the navigation of owner and operator, and none in the technician’s', async () => {
    const shown = () => [...document.querySelectorAll('aside nav a')].map((link) => link.textContent?.trim());
    for (const [role, sees] of [['OWNER', true], ['OPERATOR', true], ['TECHNICIAN', false]] as const) {
      await enter(role);
      render(Box);
      await vi.waitFor(() => expect(shown()).toContain('Система'));
      expect(shown().includes('Жалобы'), role).toBe(sees);
      cleanup();
    }
  });
});

describe('one complaint at a box', () => {
  it('says what is asked until when, and which records go with the answer', async () => {
    await open(asked);
    expect(screen.getByText(/Провайдер просит доказательств до/)).toBeTruthy();
    expect(screen.getByText(/Осталось 2 дня/)).toBeTruthy();
    expect(within(screen.getByRole('table', { name: 'Записи о согласии' })).getByText('Покупатели, осень')).toBeTruthy();
    expect(button('Отправить ответ').disabled).toBe(true);
  });

  it('says after the time that it may be too late, and still lets the owner answer', async () => {
    await open(over);
    expect(screen.getByText(/может быть поздно/)).toBeTruthy();
    expect(screen.getByLabelText('Что вы хотите сказать')).toBeTruthy();
  });

  it('is shown to an operator, who does not answer', async () => {
    await enter('OPERATOR');
    await open(asked);
    expect(screen.getByText(/Ответить может только владелец бокса/)).toBeTruthy();
    expect(screen.getByRole('table', { name: 'Записи о согласии' })).toBeTruthy();
    expect(screen.queryByLabelText('Что вы хотите сказать')).toBeNull();
  });

  it('asks nothing where the provider does not', async () => {
    for (const one of [entered, confirmed]) {
      await open(one);
      expect(screen.queryByText('Ответить провайдеру')).toBeNull();
      expect(screen.queryByText('Записи о согласии')).toBeNull();
      cleanup();
    }
  });

  it('is answered with words and a file, and shows the answer', async () => {
    await open(asked);
    answers[`POST /complaints/${asked.id}/answers`] = [201, {}];
    await type('Что вы хотите сказать', ' Согласие в анкете ');
    await choose(new File(['%PDF-1.7'], 'анкета.pdf', { type: 'application/pdf' }));
    expect(await screen.findByText('анкета.pdf')).toBeTruthy();
    answers[`/complaints/${asked.id}`] = [200, box.complaintCase({ ...asked, evidenceReceived: true, answers: 1 })];
    await fireEvent.click(button('Отправить ответ'));

    expect(await screen.findByText('Ваши ответы')).toBeTruthy();
    expect(screen.getByText('Дополнить ответ')).toBeTruthy();
    expect(screen.getByText(/ответ можно дополнить/)).toBeTruthy();
    expect(changes()).toEqual([{ method: 'POST', path: `/complaints/${asked.id}/answers`, body: { note: 'Согласие в анкете', file: { name: 'анкета.pdf', type: 'application/pdf', base64: 'JVBERi0xLjc=' } } }]);
    expect((screen.getByLabelText('Что вы хотите сказать') as HTMLTextAreaElement).value).toBe('');
  });

  it('keeps what was typed when the file is refused, and says so there', async () => {
    await open(asked);
    answers[`POST /complaints/${asked.id}/answers`] = refused(422, 'NOT_ALLOWED', 'file.base64');
    await type('Что вы хотите сказать', 'Согласие');
    await choose(new File(['not one'], 'анкета.pdf', { type: 'application/pdf' }));
    await screen.findByText('анкета.pdf');
    await fireEvent.click(button('Отправить ответ'));
    expect(await screen.findByText(/внутри не то, что в названии/)).toBeTruthy();
    expect(screen.getByText('анкета.pdf')).toBeTruthy();
    expect((screen.getByLabelText('Что вы хотите сказать') as HTMLTextAreaElement).value).toBe('Согласие');
  });

  it('says that the provider has decided meanwhile, and does not take the words away', async () => {
    await open(asked);
    answers[`POST /complaints/${asked.id}/answers`] = refused(409, 'ALREADY_DECIDED');
    await type('Что вы хотите сказать', 'Согласие');
    answers[`/complaints/${asked.id}`] = [200, box.complaintCase({ ...asked, standing: 'CONFIRMED' })];
    await fireEvent.click(button('Отправить ответ'));
    expect(await screen.findByText('Заблокирован навсегда')).toBeTruthy();
    expect(screen.getByText('По этой жалобе провайдер уже решил.')).toBeTruthy();
    expect((screen.getByLabelText('Что вы хотите сказать') as HTMLTextAreaElement).value).toBe('Согласие');
  });

  it('takes PDF, JPEG and PNG up to 96 KiB', async () => {
    const file = (name: string, type: string, bytes: number) => evidenceOf(new File([new Uint8Array(bytes)], name, { type }));
    expect(await file('a.exe', 'application/octet-stream', 4)).toBe('fileType');
    expect(await file('noending', '', 4)).toBe('fileType');
    expect(await file('a.pdf', 'application/pdf', MOST_BYTES + 1)).toBe('fileTooLarge');
    expect(await file('a.pdf', 'application/pdf', 0)).toBe('fileBad');
    expect(await file('A.JPG', '', 3)).toEqual({ name: 'A.JPG', type: 'image/jpeg', base64: 'AAAA' });
    const whole = await file(`${'x'.repeat(300)}.png`, 'image/png', MOST_BYTES);
    expect(whole).toMatchObject({ type: 'image/png', name: expect.stringMatching(/^x{196}\.png$/) });
    expect((whole as { base64: string }).base64.length).toBe(131_072);
  });
});

describe('entering a complaint at a box (AC-SPM-01)', () => {
  const fill = async () => {
    await type('Номер абонента', '8 701 234 56 78');
    await type('Когда побеспокоили', '2026-11-24T12:30');
    await type('Суть жалобы', ' Не звоните мне ');
  };

  it('says what will happen, and leads to the complaint', async () => {
    answers['/campaigns'] = [200, box.campaigns];
    answers['POST /complaints'] = [201, entered];
    render(EnterComplaint);
    expect(screen.getByText(/Как только жалоба внесена, номер никто не побеспокоит/)).toBeTruthy();
    const campaign = box.campaigns.find((one) => one.progress.recipients > 0)!;
    await screen.findByText(campaign.order.name);
    await fireEvent.click(button('Внести жалобу'));
    expect(changes()).toEqual([]);
    expect(screen.getAllByText('Нужно заполнить.')).toHaveLength(2);
    await fill();
    await fireEvent.click(screen.getByLabelText('SMS'));
    await fireEvent.change(screen.getByLabelText(/Какая кампания/), { target: { value: campaign.id } });
    await fireEvent.click(button('Внести жалобу'));
    await vi.waitFor(() => expect(location.hash).toBe(`#/complaints/${entered.id}`));
    expect(changes()[0]!.body).toEqual({ number: '+77012345678', channel: 'SMS', contactAt: '2026-11-24T07:30:00.000Z', text: 'Не звоните мне', campaign: campaign.id });
  });

  it.each([
    ['UNASSIGNED', 'number', 'Номер абонента', 'Такого кода в Казахстане нет'],
    ['IN_FUTURE', 'contactAt', 'Когда побеспокоили', 'Это время ещё не наступило.'],
    ['TOO_LONG_AGO', 'contactAt', 'Когда побеспокоили', /Проверьте год/],
    ['NOBODY_REACHED', 'campaign', /Какая кампания/, /никого не побеспокоила/],
  ])('shows %s at its field and loses nothing', async (code, field, label, words) => {
    answers['/campaigns'] = [200, box.campaigns];
    answers['POST /complaints'] = refused(422, code, field);
    render(EnterComplaint);
    await fill();
    await fireEvent.click(button('Внести жалобу'));
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true');
    expect((screen.getByLabelText('Суть жалобы') as HTMLTextAreaElement).value).toBe(' Не звоните мне ');
    expect((screen.getByLabelText('Номер абонента') as HTMLInputElement).value).toBe('8 701 234 56 78');
  });
});

describe('notices of complaints (AC-SPM-04)', () => {
  const codes = ['COMPLAINT_RECEIVED', 'EVIDENCE_ASKED', 'COMPLAINT_CONFIRMED', 'COMPLAINT_REJECTED', 'BLOCK_LIFTED'];
  const notice = (code: string) => ({ id: box.uuid(1), code, at: '2026-11-24T04:00:00Z', subject: 'e2b84c70', until: '2026-11-27T19:00:00Z', origin: 'CENTRAL' as const });

  it.each(LANGUAGES)('are sentences that name the case in %s (PLT-20)', async (language) => {
    await speak(language);
    const sentences = codes.map((code) => sentenceOf(notice(code)));
    expect(new Set(sentences).size).toBe(codes.length);
    for (const sentence of sentences) {
      expect(sentence).toContain('e2b84c70');
      expect(sentence).not.toMatch(/notices\.|{{|undefined/);
    }
    expect(sentences[1]).toContain('28.11.2026, 00:00');
    for (const code of ['NOT_ASKED', 'ALREADY_DECIDED', 'TOO_MANY_ANSWERS', 'IN_FUTURE', 'TOO_LONG_AGO', 'NO_SUCH_CAMPAIGN', 'NOBODY_REACHED']) expect(codeInWords(code, '')).not.toBe('');
    for (const standing of ['PROVISIONAL', 'CONFIRMED', 'REJECTED', 'LIFTED']) expect(tOr(`complaintCase.means.${standing}`, '')).not.toBe('');
  });

  it('lead to the list in which the case stands', async () => {
    expect(codes.map((code) => complaintsOf(notice(code)))).toEqual(['#/complaints', '#/complaints', '#/complaints?show=all', '#/complaints?show=all', '#/complaints?show=all']);
    expect(complaintsOf({ ...notice('PAYMENT_CREDITED') })).toBeUndefined();
    expect(toneOf(notice('COMPLAINT_CONFIRMED'))).toBe('bad');
    answers['/notices'] = [200, { undismissed: 1, items: [notice('EVIDENCE_ASKED')] }];
    render(Notices);
    expect((await screen.findByText('К жалобам')).getAttribute('href')).toBe('#/complaints');
  });
});
