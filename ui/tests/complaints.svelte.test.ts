import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Complaint, ComplaintState } from '../src/api/central/complaints';
import { codeInWords } from '../src/api/problem';
import { fieldTime, momentOf } from '../src/format/time';
import { LANGUAGES, speak, t, tOr } from '../src/i18n/i18n.svelte';
import { live } from '../src/live/live.svelte';
import { linkOf } from '../src/screens/audit/objects';
import ComplaintScreen from '../src/screens/central/complaint/ComplaintScreen.svelte';
import Complaints from '../src/screens/central/complaints/Complaints.svelte';
import { dueOf, isUnanswered, stepsOf } from '../src/screens/central/complaints/examination';
import { found } from '../src/screens/central/new-complaint/customer-search';
import EnterComplaint from '../src/screens/central/new-complaint/EnterComplaint.svelte';
import { inLines, timeLeft } from '../src/screens/complaints/case';
import { setQuery } from '../src/state/route.svelte';
import { signIn } from '../src/state/session.svelte';
import Central from '../central/Central.svelte';
import * as central from '../gallery/central-fixtures';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const base = central.complaints[1]!;
const one = (more: Partial<Complaint>): Complaint => ({ ...base, ...more });

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
});
afterEach(() => {
  cleanup();
  live.close();
  vi.unstubAllGlobals();
});

const refused = (status: number, code: string): [number, unknown] => [status, { status, code, detail: `made up: ${code}` }];
const button = (name: string) => screen.getByText(name, { selector: '.text' }).closest('button')!;
const buttons = () => [...document.querySelectorAll('header .actions .text')].map((each) => each.textContent);
const type = (label: string | RegExp, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const changes = () => sent.filter(({ method }) => method !== 'GET');
const enter = async (role: string) => {
  answers['/session'] = [200, { login: 'x', name: 'x', role, mustChangePassword: false }];
  await signIn('x', 'x');
};

describe('the steps with a complaint (AC-SPM-03)', () => {
  const steps = (state: ComplaintState, more: Partial<Complaint> = {}) => stepsOf(one({ state, ...more }), NOW).join(' ');

  it('depend on its state', () => {
    expect(steps('RECEIVED')).toBe('REVIEW');
    expect(steps('UNDER_REVIEW')).toBe('REQUEST_EVIDENCE CONFIRM REJECT');
    expect(steps('EVIDENCE_RECEIVED')).toBe('CONFIRM REJECT REQUEST_EVIDENCE');
    expect(steps('CONFIRMED_SPAM', { standing: 'CONFIRMED' })).toBe('CLOSE LIFT');
    expect(steps('REJECTED', { standing: 'REJECTED' })).toBe('CLOSE');
    expect(steps('CLOSED', { standing: 'CONFIRMED' })).toBe('LIFT');
    expect(steps('CLOSED', { standing: 'REJECTED' })).toBe('');
    expect(steps('CLOSED', { standing: 'LIFTED' })).toBe('');
  });

  it('let nobody confirm while the customer may answer, and let him as soon as the time is over (AC-SPM-04)', () => {
    const evidenceDue = new Date(NOW).toISOString();
    expect(steps('EVIDENCE_REQUESTED', { evidenceDue: new Date(NOW + 1).toISOString() })).toBe('REJECT');
    expect(steps('EVIDENCE_REQUESTED', { evidenceDue })).toBe('CONFIRM REJECT');
    expect(isUnanswered(one({ state: 'EVIDENCE_RECEIVED', evidenceDue }), NOW)).toBe(false);
    expect(dueOf(one({ state: 'EVIDENCE_REQUESTED', evidenceDue }), NOW)).toEqual({ of: 'customer', until: evidenceDue, over: true });
    expect(timeLeft(evidenceDue, NOW)).toBeUndefined();
    expect(timeLeft(evidenceDue, NOW - 3 * 86_400_000)).toEqual({ key: 'span.days', count: 3 });
  });

  it('is the number of buttons there are', async () => {
    for (const [complaint, names] of [
      [central.complaints[0]!, ['Взять на рассмотрение']],
      [central.complaints[2]!, ['Отклонить']],
      [central.complaints[4]!, ['Подтвердить спам', 'Отклонить']],
      [central.complaints[5]!, ['Закрыть', 'Снять блокировку']],
      [central.complaints[7]!, []],
    ] as const) {
      answers[`/complaints/${complaint.id}`] = [200, central.complaintDetail(complaint)];
      render(ComplaintScreen, { id: complaint.id });
      await screen.findByText('О жалобе');
      expect(buttons()).toEqual(names);
      cleanup();
    }
  });
});

describe('one complaint', () => {
  const received = central.complaints[3]!;
  const show = async () => {
    answers[`/complaints/${received.id}`] = [200, central.complaintDetail(received)];
    render(ComplaintScreen, { id: received.id });
    await screen.findByText('О жалобе');
  };

  it('says what it means for the number, who did what, and what the customer answers', async () => {
    await show();
    expect(screen.getByText('Жалоба 51f6a9d8')).toBeTruthy();
    expect(screen.getByText('Заблокирован до решения')).toBeTruthy();
    expect(screen.getByText(/Ни один бокс клиента ТОО «Дала Сервис» не звонит/)).toBeTruthy();
    expect(screen.getByText('Абонент перезвонил и подтвердил время звонка.')).toBeTruthy();
    expect(screen.getByText('1 840 получателей')).toBeTruthy();
    const records = within(screen.getByRole('table', { name: 'Записи о согласии' }));
    expect(records.getByText('звонки, сообщения')).toBeTruthy();
    expect(records.getByText('ни на что')).toBeTruthy();
    expect(button('анкета-0714.pdf')).toBeTruthy();
  });

  it('takes a step with a note, tells before what will come of it, and shows what came of it', async () => {
    await show();
    answers[`POST /complaints/${received.id}/steps`] = [200, central.complaintDetail({ ...received, state: 'CONFIRMED_SPAM', standing: 'CONFIRMED', verdict: 'CONFIRMED_SPAM' })];
    await fireEvent.click(button('Подтвердить спам'));
    expect(screen.getByText(/навсегда закрыт клиенту ТОО «Дала Сервис», на всех боксах/)).toBeTruthy();
    const yes = () => screen.getAllByText('Подтвердить спам', { selector: '.text' }).at(-1)!.closest('button')!;
    await type('Пояснение', '   ');
    expect(yes().disabled).toBe(true);
    await type('Пояснение', ' согласия нет ');
    await fireEvent.click(yes());

    expect(await screen.findByText('Заблокирован навсегда')).toBeTruthy();
    expect(changes()).toEqual([{ method: 'POST', path: `/complaints/${received.id}/steps`, body: { step: 'CONFIRM', note: 'согласия нет' } }]);
    expect(screen.getByText('Это нарушение')).toBeTruthy();
    expect(buttons()).toEqual(['Закрыть', 'Снять блокировку']);
  });

  it.each([
    ['TOO_EARLY', /Срок ответа клиента ещё не вышел/],
    ['NOT_NOW', /жалоба уже в другом состоянии/],
  ])('says that it is %s, keeps the note and reads the complaint again', async (code, words) => {
    await show();
    answers[`POST /complaints/${received.id}/steps`] = refused(409, code);
    await fireEvent.click(button('Отклонить'));
    await type('Пояснение', 'есть договор');
    const asked = sent.length;
    await fireEvent.click(screen.getAllByText('Отклонить', { selector: '.text' }).at(-1)!.closest('button')!);
    expect(await screen.findByText(words)).toBeTruthy();
    expect((screen.getByLabelText('Пояснение') as HTMLTextAreaElement).value).toBe('есть договор');
    await vi.waitFor(() => expect(sent.slice(asked).filter(({ method }) => method === 'GET').length).toBe(1));
  });

  it('marks that the customer has not answered', async () => {
    const late = central.complaints[4]!;
    answers[`/complaints/${late.id}`] = [200, central.complaintDetail(late)];
    render(ComplaintScreen, { id: late.id });
    expect(await screen.findByText('Клиент не ответил в срок')).toBeTruthy();
    expect(screen.getByText(/считается отсутствием доказательств/)).toBeTruthy();
  });
});

describe('the list of complaints', () => {
  it('asks for the open ones, marks what is overdue, and reads again when there is news', async () => {
    answers['/complaints'] = [200, { total: 2, items: [central.complaints[4]!, central.complaints[0]!] }];
    render(Complaints);
    live.open();
    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(sent[0]!.path).toBe('/complaints?show=open&page=0&size=50');
    expect(within(rows[1]!).getByText('Не ответил: доказательств нет')).toBeTruthy();
    expect(within(rows[1]!).getByText(/срок вышел/)).toBeTruthy();
    expect(within(rows[2]!).getByText('взять на рассмотрение')).toBeTruthy();
    expect(within(rows[2]!).getByText('7c1e04b2')).toBeTruthy();
    answers['/complaints'] = [200, { total: 0, items: [] }];
    heard.get('complaints')!({ type: 'complaints', data: '{}' });
    expect(await screen.findByText('Открытых жалоб нет')).toBeTruthy();
    expect(screen.getByText(/боксы клиента не трогают этот номер/)).toBeTruthy();
  });

  it('shows all of them, and what they came to (AC-SPM-06)', async () => {
    answers['/complaints'] = [200, { total: 1, items: [central.complaints[6]!] }];
    answers['/violations'] = [200, central.violations];
    render(Complaints);
    await screen.findByRole('table');
    await fireEvent.click(screen.getByLabelText('Все'));
    await vi.waitFor(() => expect(sent.at(-1)!.path).toBe('/complaints?show=all&page=0&size=50'));
    await fireEvent.click(screen.getByLabelText('Нарушения'));
    expect(await screen.findByText('Жалобы повторяются: три за 90 дней')).toBeTruthy();
    expect(screen.getByText('d40b6a38').getAttribute('href')).toBe(`#/complaints/${central.complaints[7]!.id}`);
  });
});

describe('entering a complaint (AC-SPM-01)', () => {
  const fill = async () => {
    await type('Номер абонента', '8 701 234 56 78');
    await type('Когда побеспокоили', '2026-11-24T12:30');
    await type('Суть жалобы', ' Звонят каждый день ');
  };

  it('says at each field what is missing, and asks nobody', async () => {
    answers['/customers'] = [200, central.customers];
    render(EnterComplaint);
    await screen.findByText('ИП Ким');
    await fireEvent.click(button('Внести жалобу'));
    expect(screen.getByLabelText('Номер абонента').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getAllByText('Нужно заполнить.')).toHaveLength(3);
    await type('Когда побеспокоили', fieldTime(Date.now() + 3_600_000));
    expect(screen.getByText('Это время ещё не наступило.')).toBeTruthy();
    expect(changes()).toEqual([]);
  });

  it('finds the customer by a part of his name, and sends the time of Astana as it is', async () => {
    answers['/customers'] = [200, central.customers];
    answers['POST /complaints'] = [201, central.complaintDetail(central.complaints[0]!)];
    render(EnterComplaint);
    await screen.findByText('ИП Ким');
    await fill();
    await type('Название клиента', 'тоо дала');
    await fireEvent.click(screen.getByText('ТОО «Дала Сервис»'));
    await fireEvent.change(screen.getByLabelText('От кого'), { target: { value: 'OPERATOR' } });
    await fireEvent.click(button('Внести жалобу'));
    await vi.waitFor(() => expect(location.hash).toBe(`#/complaints/${central.complaints[0]!.id}`));
    const organisationId = central.customers.find(({ name }) => name === 'ТОО «Дала Сервис»')!.id;
    expect(changes()[0]!.body).toEqual({ number: '+77012345678', channel: 'CALL', source: 'OPERATOR', contactAt: '2026-11-24T07:30:00.000Z', text: 'Звонят каждый день', organisationId });
  });

  it('by a number that nobody showed is refused at that field, and nothing typed is lost', async () => {
    answers['/customers'] = [200, central.customers];
    answers['POST /complaints'] = refused(422, 'NUMBER_NOT_SHOWN');
    render(EnterComplaint);
    await fill();
    await fireEvent.click(screen.getByLabelText('По номеру, который видел абонент'));
    await type('Номер, который видел абонент', '+7 717 269 40 00');
    await fireEvent.click(button('Внести жалобу'));
    expect(await screen.findByText(/этот номер не показывал ни один бокс/)).toBeTruthy();
    expect(screen.getByLabelText('Номер, который видел абонент').getAttribute('aria-invalid')).toBe('true');
    expect(changes()[0]!.body).toMatchObject({ shownNumber: '+77172694000' });
    expect(changes()[0]!.body).not.toHaveProperty('organisationId');
    expect((screen.getByLabelText('Суть жалобы') as HTMLTextAreaElement).value).toBe(' Звонят каждый день ');
    expect((screen.getByLabelText('Номер абонента') as HTMLInputElement).value).toBe('8 701 234 56 78');
  });

  it.each([
    ['IN_THE_FUTURE', 'Когда побеспокоили', 'Это время ещё не наступило.'],
    ['AGAINST_WHOM', 'Номер, который видел абонент', /либо клиента, либо номер/],
  ])('shows %s at its field', async (code, label, words) => {
    answers['/customers'] = [200, central.customers];
    answers['POST /complaints'] = refused(422, code);
    render(EnterComplaint);
    await fill();
    await fireEvent.click(screen.getByLabelText('По номеру, который видел абонент'));
    await type('Номер, который видел абонент', '+7 717 269 40 00');
    await fireEvent.click(button('Внести жалобу'));
    await screen.findByText(words);
    expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true');
  });

  it('shows at the choice that the customer is gone meanwhile, and on top what is about all of it', async () => {
    answers['/customers'] = [200, central.customers];
    answers['POST /complaints'] = refused(422, 'CUSTOMER_UNKNOWN');
    render(EnterComplaint);
    await screen.findByText('ИП Ким');
    await fill();
    await fireEvent.click(screen.getByText('ИП Ким'));
    await fireEvent.click(button('Внести жалобу'));
    expect(await screen.findByText('Такого клиента нет.')).toBeTruthy();
    answers['POST /complaints'] = refused(500, 'FAULT');
    await fireEvent.click(button('Внести жалобу'));
    expect(await screen.findByText(/Ошибка на нашей стороне/)).toBeTruthy();
    expect(screen.getByText('ИП Ким')).toBeTruthy();
  });

  it('sends lines that can be read, whatever was pasted', () => {
    expect(inLines(' раз\tдва\r\nтри\u0000\u0085 \n')).toBe('раз два\nтри');
    expect(inLines(' \t\u0007\n')).toBe('');
    expect(inLines('Ұялы «№ 7»')).toBe('Ұялы «№ 7»');
  });

  it('knows customers by any words of their names', () => {
    const all = ['ТОО «Дала Сервис»', 'Клиника «Шипа»', ...Array.from({ length: 12 }, (_, i) => `ИП № ${i}`)].map((name) => ({ id: name, name }));
    expect(found(all, 'сервис дала').some.map(({ name }) => name)).toEqual(['ТОО «Дала Сервис»']);
    expect(found(all, '№ ип')).toMatchObject({ more: 4 });
    expect(found(all, '').some).toHaveLength(8);
    expect(found(all, 'нет таких')).toEqual({ some: [], more: 0 });
  });

  it('reads moments of Astana whatever the zone of the computer', () => {
    expect(momentOf('2026-11-24T06:15')).toBe('2026-11-24T01:15:00.000Z');
    expect(momentOf('2026-11-24T06:15:30')).toBe('2026-11-24T01:15:00.000Z');
    expect(fieldTime('2026-11-24T01:15:59Z')).toBe('2026-11-24T06:15');
    for (const wrong of ['', '2026-11-24', '2026-13-24T06:15', 'yesterday']) expect(momentOf(wrong), wrong).toBeUndefined();
  });
});

describe('who examines complaints', () => {
  const shown = () => [...document.querySelectorAll('aside nav a')].map((link) => link.textContent?.trim());

  it('sees them and the log, and begins at the list', async () => {
    answers['/complaints'] = [200, { total: 0, items: [] }];
    await enter('COMPLAINTS');
    render(Central);
    expect(await screen.findByText('Открытых жалоб нет')).toBeTruthy();
    expect(shown()).toEqual(['Жалобы', 'Кто мне звонил', 'Публикации', 'Журнал действий']);
    expect(sent.filter(({ path }) => /fleet|boxes|accounts/.test(path))).toEqual([]);
  });

  it.each(['FLEET', 'BILLING', 'AUDITOR'])('is not %s', async (role) => {
    answers['/fleet'] = [200, central.fleet];
    answers['/boxes'] = [200, []];
    await enter(role);
    render(Central);
    await vi.waitFor(() => expect(shown()).toContain('Парк'));
    expect(shown()).not.toContain('Жалобы');
  });

  it('is led from the log to a complaint, and nobody else at central', async () => {
    const object = `complaint/${base.id.replace(/^.{8}/, '00000000')}`;
    await enter('AUDITOR');
    expect(linkOf(object)).toBeUndefined();
    for (const role of ['COMPLAINTS', 'OWNER', 'OPERATOR']) {
      await enter(role);
      expect(linkOf(object)?.href).toBe(`#/${object.replace('complaint', 'complaints')}`);
    }
  });
});

it.each(LANGUAGES)('all that the back end says of complaints has words in %s (PLT-20)', async (language) => {
  await speak(language);
  for (const code of ['NOT_NOW', 'TOO_EARLY', 'CUSTOMER_UNKNOWN', 'NUMBER_NOT_SHOWN', 'AGAINST_WHOM']) expect(codeInWords(code, '')).not.toBe('');
  for (const state of ['RECEIVED', 'UNDER_REVIEW', 'EVIDENCE_REQUESTED', 'EVIDENCE_RECEIVED', 'CONFIRMED_SPAM', 'REJECTED', 'CLOSED']) expect(tOr(`complaintState.${state}`, '')).not.toBe('');
  for (const kind of ['RECEIVED', 'REVIEW_BEGUN', 'EVIDENCE_REQUESTED', 'EVIDENCE_RECEIVED', 'CONFIRMED', 'REJECTED', 'LIFTED', 'CLOSED']) expect(tOr(`case.event.${kind}`, '')).not.toBe('');
  for (const step of ['REVIEW', 'REQUEST_EVIDENCE', 'CONFIRM', 'REJECT', 'LIFT', 'CLOSE']) for (const what of ['step', 'ask', 'effect', 'done']) expect(tOr(`case.${what}.${step}`, '')).not.toBe('');
  for (const standing of ['PROVISIONAL', 'CONFIRMED', 'REJECTED', 'LIFTED']) for (const what of ['complaint.standing', 'case.means']) expect(tOr(`${what}.${standing}`, '')).not.toBe('');
  for (const source of ['CUSTOMER', 'STAFF', 'SUBSCRIBER', 'OPERATOR', 'THIRD_PARTY']) expect(tOr(`complaint.sources.${source}`, '')).not.toBe('');
  for (const why of ['REPEATED', 'CAMPAIGN_SHARE']) expect(tOr(`violations.whys.${why}`, '')).not.toBe('');
  expect(t('auditAction.COMPLAINT_ANSWERED')).not.toContain('COMPLAINT');
});
