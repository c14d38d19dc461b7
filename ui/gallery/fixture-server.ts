/// A back end of cardboard for `npm run rehearse:box` and `rehearse:central`: made-up answers, real HTTP.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Complaint } from '../src/api/central/complaints';
import { auditEntries } from './audit-fixtures';
import type { OwnNumber } from '../src/api/box/trials';
import * as box from './box-fixtures';
import * as central from './central-fixtures';

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Buffer;
}

let signedIn = true;
/// At central the login decides about the role; whoever signs in to the box as `retiring` sees one that ends its work, as `operator` or `technician` what those see.
let login = 'fleet';
let retirement = box.retirement;
let notices = box.notices;
let tickets = box.tickets;
let openTickets = box.openTickets;
let own: OwnNumber = { codesLeft: 5, trialsLeft: 10 };
let calledAt = 0;
let warnings = box.warnings;
let complaints = central.complaints;
let boxCases = box.complaints.map((one) => box.complaintCase(one));

export async function serve(which: 'box' | 'central', request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/live') {
    stream(which, request, response);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const asked: Asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: Buffer.concat(chunks) };
  if (/^\/complaints\/.*\/file$/.test(asked.path)) {
    response.setHeader('Content-Type', 'application/pdf');
    response.setHeader('Content-Disposition', 'attachment; filename="evidence-00000000.pdf"');
    response.end('%PDF-1.4');
    return;
  }
  if (asked.path.endsWith('/recording') || asked.path.endsWith('/wav') || asked.path === '/voices/preview') {
    bytes(request, response, wav(asked.path.endsWith('/recording') ? 24.2 : 3));
    return;
  }
  const [status, body] = session(which, asked) ?? (which === 'box' ? ofBox(asked) : ofCentral(asked));
  response.statusCode = status;
  response.setHeader('Content-Type', status < 400 ? 'application/json' : 'application/problem+json');
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

type Answer = [number, unknown];

/// How many subscribers have asked; a third of them was called by nobody.
let asks = 0;
const looked = new Map<string, number>();

/// A subscriber's request goes on by itself here: nobody has to call.
function standing(path: string): unknown {
  const times = (looked.get(path) ?? 0) + 1;
  looked.set(path, times);
  const found = !path.includes('nobody');
  const state = times < 3 ? 'AWAITING_PROOF' : times < 5 ? 'ASKING' : 'ANSWERED';
  return {
    purpose: 'WHO_CALLED', state, askedAt: new Date().toISOString(), found: state === 'ANSWERED' && found, asked: times < 3 ? 0 : 2, answered: times < 5 ? 0 : 2,
    senders: state === 'ANSWERED' && found ? [{ name: 'Автосервис «Орда»', contact: '+7 727 123 45 67, orda.example', times: ['2026-11-23T09:05:00Z', '2026-11-21T05:40:00Z'] }] : [],
  };
}

const problem = (status: number, code: string): Answer => [status, { status, code, detail: `made up: ${code}` }];

function session(which: 'box' | 'central', asked: Asked): Answer | undefined {
  const someone = () => (which === 'box' ? (login === 'technician' ? { ...box.person, login, name: 'Техник', role: 'TECHNICIAN' } : login === 'operator' ? { ...box.person, login, name: 'Ерлан Тоқтаров', role: 'OPERATOR' } : box.person) : central.person(login));
  if (asked.path === '/session') {
    if (asked.method === 'DELETE') {
      signedIn = false;
      return [204, undefined];
    }
    if (asked.method === 'POST') {
      const { login: given, password } = JSON.parse(asked.body.toString()) as { login: string; password: string };
      if (password === 'wrong') return problem(401, 'WRONG_PASSWORD');
      signedIn = true;
      login = given;
      return [200, { ...someone(), mustChangePassword: password === 'first' }];
    }
    return signedIn ? [200, someone()] : problem(401, 'NOT_SIGNED_IN');
  }
  if (asked.path === '/session/password') return [204, undefined];
  return signedIn ? undefined : problem(401, 'NOT_SIGNED_IN');
}

/// The owner's tickets of any call; a technician uses the first up.
function ofTickets({ path, method, body }: Asked): Answer {
  const [, first, id] = path.split('/');
  if (first === 'tickets') {
    if (path.endsWith('/transcript')) {
      openTickets = openTickets.map((one) => (one.id === id ? { ...one, read: true } : one));
      return [200, box.ticketTranscript];
    }
    return [200, openTickets];
  }
  if (method === 'DELETE') {
    tickets = tickets.map((one) => (path.endsWith(one.id) ? { ...one, withdrawnAt: new Date().toISOString() } : one));
    return [204, undefined];
  }
  if (method === 'POST') {
    const { reason, hours } = JSON.parse(body.toString()) as { reason: string; hours: number };
    const given = { id: box.uuid(7900 + tickets.length), reason, givenBy: 'owner', givenAt: new Date().toISOString(), until: new Date(Date.now() + hours * 3_600_000).toISOString() };
    tickets = [given, ...tickets];
    return [201, given];
  }
  return [200, tickets];
}

function ofAudit({ path, query }: Asked): Answer | undefined {
  if (path === '/audit/verification') return [200, { sound: true, lines: 1204, headHash: box.verification.headHash }];
  if (path === '/audit') return [200, auditEntries.filter((entry) => !query.get('area') || entry.area === query.get('area')).filter((entry) => entry.line < Number(query.get('before') ?? 1e9))];
  return undefined;
}

function ofBox(asked: Asked): Answer {
  const audited = ofAudit(asked);
  if (audited) return audited;
  const { path, query, method } = asked;
  const page = Number(query.get('page') ?? 0);
  const size = Number(query.get('size') ?? 50);
  const id = path.split('/')[2];
  if (path === '/dashboard') return [200, box.dashboard];
  if (path === '/uploads') return [201, box.upload];
  if (/^\/uploads\/.*\/preview$/.test(path)) {
    return [200, { ...box.upload, encoding: query.get('encoding') ?? box.upload.encoding, delimiter: query.get('delimiter') ?? box.upload.delimiter, header: query.get('header') !== 'false' }];
  }
  if (path === '/lists') return method === 'POST' ? [202, box.lists[1]] : [200, box.lists];
  if (/^\/lists\/[^/]+$/.test(path)) return method === 'DELETE' ? [204, undefined] : found(box.lists.find((list) => list.id === id));
  if (/^\/lists\/[^/]+\/evidence/.test(path)) return method === 'DELETE' ? [204, undefined] : method === 'POST' ? [201, box.listFiles[0]] : [200, id === box.lists[0]!.id ? box.listFiles : []];
  if (path.endsWith('/attestation')) return [200, { ...box.lists[0], attestation: JSON.parse(asked.body.toString()) }];
  if (path === '/contacts') return [200, box.foundContacts(query.get('search') ?? '')];
  if (path.startsWith('/contacts/')) return [200, box.contactCard(id!)];
  if (path.endsWith('/contacts')) return [200, box.contacts(page, size, query.get('search') ?? '')];
  if (path.endsWith('/rejects')) return [200, box.rejects];
  if (path === '/speech/models') return method === 'POST' ? [202, box.speechShelf.installations[0]] : [200, box.speechShelf];
  if (path.endsWith('/words')) return method === 'POST' ? [202, box.speechShelf.installations[0]] : [200, path.includes('/ru-4/') ? box.ownWords : { words: [], phrases: [] }];
  if (path === '/speech/unknown-words') return [200, box.unknownWords(JSON.parse(asked.body.toString()).phrases)];
  if (path.endsWith('/pronunciations')) return [200, box.pronunciations(JSON.parse(asked.body.toString()).words)];
  if (path === '/speech/voices') return method === 'POST' ? [202, box.voiceShelf.installations[0]] : [200, box.voiceShelf];
  if (path.startsWith('/speech/')) return method === 'DELETE' ? [204, undefined] : path.endsWith('/trial') ? [200, box.modelTrial] : [200, box.speechShelf];
  if (path === '/voices') return [200, box.voices];
  if (path === '/voices/reading') return [200, box.reading(JSON.parse(asked.body.toString()).text)];
  if (path === '/audios') return method === 'POST' ? [201, box.audios[0]] : [200, box.audios];
  if (path.startsWith('/rules')) return method === 'DELETE' ? [204, undefined] : [200, box.rules];
  if (path.startsWith('/complaints')) return ofBoxComplaints(asked);
  if (path === '/promotions') return [200, box.promotions(query.get('callId') ?? undefined)];
  if (path.startsWith('/promotions/')) return [200, box.withdrawPromotion(path.split('/')[2]!)];
  if (path === '/call-backs/inquiries') return [200, box.inquiries];
  if (path === '/call-backs') return [200, box.callBacks];
  if (path === '/campaign-templates') return asked.method === 'POST' ? [201, box.templates[0]] : [200, box.templates];
  if (path.startsWith('/campaign-templates/')) return asked.method === 'DELETE' ? [204, undefined] : [200, box.templates[0]];
  if (path === '/blocks/lift') return [204, undefined];
  if (path.startsWith('/blocks/imports')) return [method === 'POST' ? 202 : 200, method === 'POST' ? { ...box.blockImport, state: 'RUNNING', done: 4_000 } : box.blockImport];
  if (path === '/blocks') return method === 'POST' ? [200, { added: 2, present: 1, refused: [{ place: 3, code: 'FOREIGN', detail: 'Only numbers of Kazakhstan are accepted.' }] }] : [200, box.blocked];
  if (path.startsWith('/own-number') || path.startsWith('/trial-calls/') || path.endsWith('/trial-call')) return ofTrials(asked);
  if (path === '/campaigns') return method === 'POST' ? [201, box.campaigns[3]] : [200, box.campaigns];
  if (path.startsWith('/campaigns/')) {
    const campaign = box.campaigns.find((campaign) => campaign.id === id);
    if (path.endsWith('/estimate')) return [200, id === box.uuid(203) ? { ...box.estimate, availableTiyn: 3, blockers: ['NO_FUNDS', 'LIST_NOT_ATTESTED'] } : box.estimate];
    if (path.endsWith('/breakdown')) return [200, box.breakdown];
    if (path.endsWith('/recipients')) return [200, box.recipients(page, size, query.get('search') ?? '', query.get('state'))];
    if (path.endsWith('/answers')) return [200, box.campaignAnswers];
    if (path.endsWith('/log')) return [200, box.log];
    if (method === 'DELETE') return [204, undefined];
    return found(campaign);
  }
  if (path === '/calls') {
    const items = box.calls.filter((call) => !query.get('outcome') || call.outcome === query.get('outcome'));
    return [200, { total: items.length, items: items.slice(page * size, (page + 1) * size) }];
  }
  if (path === '/legal-holds') return [200, box.legalHolds];
  if (path.includes('/tickets')) return ofTickets(asked);
  if (path.endsWith('/peaks')) return [200, box.peaks];
  if (path === '/answering') return [200, box.matrix];
  if (path.startsWith('/calls/')) {
    const call = box.calls.find((call) => call.id === id);
    if (path.endsWith('/answered-by')) return [200, { ...box.call, id, answeredBy: { ...box.call.answeredBy, corrected: JSON.parse(asked.body.toString()).who } }];
    return [200, !call || call.outcome === 'ANSWERED' ? { ...box.call, id } : call];
  }
  if (path === '/reports/calls') return [200, box.report(query)];
  if (path === '/reports/calls/file') return problem(422, 'PERIOD_TOO_LONG');
  if (path === '/ledger/balance') return [200, box.balance];
  if (path === '/ledger/statement') {
    const [from, to] = [query.get('from'), query.get('to')];
    return from && to && to < from ? problem(422, 'PERIOD_BACKWARDS') : [200, box.statement(query, size)];
  }
  if (path === '/ledger/statement/file') return problem(422, 'STATEMENT_TOO_LONG');
  if (path === '/ledger/verification') return [200, box.verification];
  if (path === '/notices') {
    const open = notices.filter((notice) => !notice.dismissedAt);
    return [200, { undismissed: open.length, items: (query.get('undismissed') === 'true' ? open : notices).slice(0, size) }];
  }
  if (/^\/notices\/(.*\/)?dismissal$/.test(path)) {
    const ids = path === '/notices/dismissal' ? (told(asked)['ids'] as string[]) : [id];
    notices = notices.map((notice) => (ids.includes(notice.id) && !notice.dismissedAt ? { ...notice, dismissedAt: new Date().toISOString(), dismissedBy: login } : notice));
    return path === '/notices/dismissal' ? [200, { undismissed: notices.filter((notice) => !notice.dismissedAt).length }] : [204, undefined];
  }
  if (path === '/warnings' && method === 'PUT') warnings = { ...warnings, ...told(asked) };
  if (path === '/warnings') return [200, warnings];
  if (path === '/tariff') return [200, box.tariff];
  if (path === '/system') return [200, login === 'retiring' ? { ...box.system, retirement } : box.system];
  if (path === '/system/data') return [200, box.dataSummary];
  if (path === '/system/retirement/confirmation') {
    if (told(asked)['boxId'] !== box.system.boxId) return problem(422, 'WRONG_BOX_ID');
    retirement = { ...retirement, stage: 'LAST_REPORTS', confirmedBy: login };
    return [200, retirement];
  }
  return problem(404, 'NOT_FOUND');
}

function ofCentral(asked: Asked): Answer {
  const audited = ofAudit(asked);
  if (audited) return audited;
  const { path, query, method } = asked;
  if (path === '/customers') return [200, central.customers];
  if (path === '/violations') return [200, central.violations];
  if (path.startsWith('/complaints')) return ofComplaints(asked);
  if (path === '/ask') return [201, { token: (++asks % 3 === 0 ? 'nobody' : 'who').padEnd(43, '0'), code: '204817', call: '+77172000001', until: new Date(Date.now() + 900_000).toISOString() }];
  if (path.startsWith('/ask/')) return method === 'DELETE' ? [204, undefined] : [200, standing(path)];
  if (path === '/promotions/boxes') return [200, [{ id: central.boxes[0]!.id, site: central.boxes[0]!.site }, { id: central.boxes[1]!.id, site: central.boxes[1]!.site }]];
  if (path === '/promotions' && method === 'POST') return [201, central.promotions[3]];
  if (path === '/promotions') {
    const items = central.promotions.filter((one) => (!query.get('state') || one.state === query.get('state')) && (!query.get('organisationId') || one.customer.id === query.get('organisationId')));
    return [200, { total: items.length, items }];
  }
  if (path.startsWith('/promotions/')) return [200, central.promotions.find((one) => one.id === path.split('/')[2]) ?? central.promotions[0]];
  if (path === '/inquiries' && method === 'POST') return [201, central.inquiryDetail];
  if (path === '/inquiries') return [200, { total: central.inquiries.length, items: central.inquiries }];
  if (path.startsWith('/inquiries/')) return [200, central.inquiryDetail];
  const one = central.boxes.find((candidate) => candidate.id === path.split('/')[2]);
  if (path === '/fleet') return [200, central.fleet];
  if (path === '/boxes') {
    const search = (query.get('search') ?? '').toLowerCase();
    const state = query.get('state');
    return [200, central.boxes.filter((b) => (!state || b.state === state) && `${b.organisation} ${b.site} ${b.serial}`.toLowerCase().includes(search))];
  }
  if (path.endsWith('/usage') || path === '/usage') return [200, box.hours(Number(query.get('hours') ?? 48), one ? 300 : 3100)];
  if (path.endsWith('/timeline')) return [200, central.timeline];
  if (path.endsWith('/commands')) return method === 'POST' ? [201, { ...central.commands[0], ...told(asked) }] : [200, central.commands];
  if (path.endsWith('/statements')) return one ? [200, central.statements(one)] : problem(404, 'NOT_FOUND');
  if (one && path.endsWith('/lease')) return [200, { ...one, money: { ...one.money, targetTiyn: told(asked)['targetTiyn'] } }];
  if (one && path.endsWith('/lease/revocation')) return [200, { ...one, money: { ...one.money, targetTiyn: 0, leftTiyn: 0, grantedTiyn: one.money.grantedTiyn - one.money.leftTiyn, leaseVersion: one.money.leaseVersion + 1 } }];
  if (one?.license && path.endsWith('/suspension')) return [200, { ...one, license: { ...one.license, suspensions: [...one.license.suspensions, { ...told(asked), since: new Date().toISOString() }] } }];
  if (one?.license && path.endsWith('/restoration')) return [200, { ...one, license: { ...one.license, suspensions: [] } }];
  if (path.startsWith('/boxes/')) return found(one);
  if (path === '/numbers') return method === 'POST' ? [200, { added: 1, known: 0 }] : [200, central.poolNumbers];
  if (path.startsWith('/numbers/')) return [204, undefined];
  if (path === '/suspensions') return [200, central.openSuspensions];
  if (path === '/rating-cases') return [200, central.ratingCases.filter((one) => query.get('state') === 'ALL' || !one.closedBy)];
  if (path.endsWith('/closing')) return [204, undefined];
  if (path === '/accounts') return [200, central.accounts];
  if (path.startsWith('/accounts/')) {
    const account = central.accounts.find((candidate) => candidate.id === path.split('/')[2]);
    return found(account && { ...account, topUps: central.topUps });
  }
  if (path === '/tariffs') return [200, central.tariffs];
  if (path === '/proposals' && method === 'POST') {
    const order = told(asked);
    if (order['kind'] === 'PUBLICATION' && !String(order['list']).includes('"lines"')) return [422, { status: 422, code: 'LIST_INVALID', detail: 'lines: is missing' }];
    return [201, { ...central.proposals[0], ...order, proposedBy: login }];
  }
  if (path === '/proposals') return [200, central.proposals.filter((one) => query.get('state') === 'ALL' || one.state === 'OPEN')];
  if (path.endsWith('/decision')) return [200, { ...central.proposals[0], state: told(asked)['decision'] }];
  if (path === '/claims') return method === 'POST' ? [201, { claim: central.claims[0], ticket: 'QNYR-7F3K-92TX-M4HD-0P8S-LQ6V' }] : [200, central.claims];
  return problem(404, 'NOT_FOUND');
}

/// Any code proves the number but 000000, and every call takes five seconds.
function ofTrials(asked: Asked): Answer {
  const { path, method } = asked;
  if (path.startsWith('/trial-calls/')) return [200, { callId: path.split('/')[2], state: Date.now() - calledAt < 1000 ? 'PREPARING' : Date.now() - calledAt < 5000 ? 'CALLING' : 'ENDED' }];
  if (path.endsWith('/trial-call')) {
    if (Date.now() - calledAt < 5000) return problem(409, 'NUMBER_IN_CALL');
    calledAt = Date.now();
    own = { ...own, trialsLeft: own.trialsLeft - 1 };
    return [202, { callId: box.uuid(900) }];
  }
  if (path === '/own-number/proof') {
    if (told(asked)['code'] === '000000') return [422, { status: 422, code: 'WRONG_CODE', detail: 'made up', errors: [{ field: 'code', code: 'WRONG_CODE', detail: 'made up' }] }];
    const { pending, ...rest } = own;
    own = { ...rest, ...(pending ? { number: pending.number, provenAt: new Date().toISOString() } : {}) };
    return [200, own];
  }
  if (method === 'DELETE') {
    own = { codesLeft: own.codesLeft, trialsLeft: own.trialsLeft };
    return [204, undefined];
  }
  if (method === 'PUT') {
    calledAt = Date.now();
    own = { ...own, codesLeft: own.codesLeft - 1, pending: { number: box.OWN, until: new Date(Date.now() + 600_000).toISOString(), triesLeft: 5 } };
    return [202, { ...own, calling: box.uuid(901) }];
  }
  return [200, own];
}

/// An answer of `late` is refused, as if the provider had decided meanwhile.
function ofBoxComplaints(asked: Asked): Answer {
  const { path, query, method } = asked;
  const id = path.split('/')[2];
  const at = new Date().toISOString();
  if (path === '/complaints' && method === 'POST') {
    const { campaign, ...form } = told(asked);
    if (form['number'] === '+77010000000') return [422, { status: 422, code: 'UNASSIGNED', detail: 'made up', errors: [{ field: 'number', code: 'UNASSIGNED', detail: 'made up' }] }];
    const known = box.campaigns.find((one) => one.id === campaign);
    const entered = { ...box.complaints[0]!, ...form, id: crypto.randomUUID(), receivedAt: at, since: at, enteredBy: login, ...(known ? { campaign: { id: known.id, name: known.order.name } } : {}) };
    if (!known) delete entered.campaign;
    boxCases = [box.complaintCase(entered), ...boxCases];
    return [201, entered];
  }
  if (path === '/complaints') {
    const items = boxCases.filter((one) => query.get('show') === 'all' || one.standing === 'PROVISIONAL').map((one) => ({ ...one, answers: one.answers.length, records: undefined }));
    return [200, { total: items.length, items, waiting: boxCases.filter((one) => one.standing === 'PROVISIONAL' && one.evidenceDue && !one.evidenceReceived).length }];
  }
  const one = boxCases.find((candidate) => candidate.id === id);
  if (one && path.endsWith('/answers')) {
    const { note, file: sent, evidence } = told(asked) as { note: string; file?: { name: string }; evidence?: { fileId: string } };
    const file = sent ?? box.listFiles.find((kept) => kept.id === evidence?.fileId);
    if (note === 'late') return problem(409, 'ALREADY_DECIDED');
    const given = { id: crypto.randomUUID(), at, by: login, note, ...(file ? { file: file.name } : {}), late: Date.parse(one.evidenceDue!) < Date.now() };
    boxCases = boxCases.map((other) => (other.id === id ? { ...other, evidenceReceived: true, answers: [...other.answers, given] } : other));
    return [201, given];
  }
  return found(one);
}

/// How a step leaves a complaint; three business days are three days here.
const STEPS: Record<string, () => Partial<Complaint>> = {
  REVIEW: () => ({ state: 'UNDER_REVIEW' }),
  REQUEST_EVIDENCE: () => ({ state: 'EVIDENCE_REQUESTED', evidenceDue: new Date(Date.now() + 3 * 86_400_000).toISOString() }),
  CONFIRM: () => ({ state: 'CONFIRMED_SPAM', standing: 'CONFIRMED', verdict: 'CONFIRMED_SPAM', unanswered: false }),
  REJECT: () => ({ state: 'REJECTED', standing: 'REJECTED', verdict: 'REJECTED', unanswered: false }),
  LIFT: () => ({ standing: 'LIFTED', liftedAt: new Date().toISOString() }),
  CLOSE: () => ({ state: 'CLOSED' }),
};
const DECIDED = ['CONFIRMED_SPAM', 'REJECTED', 'CLOSED'];

/// A step with the note `early` is refused for the time, with `late` for the state.
function ofComplaints(asked: Asked): Answer {
  const { path, query, method } = asked;
  const id = path.split('/')[2];
  if (path === '/complaints' && method === 'POST') {
    const form = told(asked);
    if (form['shownNumber'] && form['shownNumber'] !== '+77172694000') return problem(422, 'NUMBER_NOT_SHOWN');
    const at = new Date().toISOString();
    const customer = central.customers.find((one) => one.id === form['organisationId']) ?? central.customers[0]!;
    const { organisationId: _, shownNumber: __, ...facts } = form;
    const entered = { ...central.complaints[0]!, ...facts, id: crypto.randomUUID(), customer, receivedAt: at, stateSince: at, enteredBy: login, source: form['source'] as Complaint['source'] };
    complaints = [entered, ...complaints];
    return [201, central.complaintDetail(entered)];
  }
  if (path === '/complaints') {
    const open = complaints.filter((one) => !DECIDED.includes(one.state)).reverse();
    const items = query.get('show') === 'all' ? complaints : open;
    return [200, { total: items.length, items }];
  }
  const one = complaints.find((candidate) => candidate.id === id);
  if (one && path.endsWith('/steps')) {
    const { step, note } = told(asked) as { step: string; note: string };
    if (note === 'early') return problem(409, 'TOO_EARLY');
    if (note === 'late') return problem(409, 'NOT_NOW');
    const moved: Complaint = { ...one, stateSince: new Date().toISOString(), ...STEPS[step]!() };
    complaints = complaints.map((other) => (other.id === id ? moved : other));
    return [200, central.complaintDetail(moved)];
  }
  return found(one && central.complaintDetail(one));
}

function told(asked: Asked): Record<string, unknown> {
  return JSON.parse(asked.body.toString()) as Record<string, unknown>;
}

function found(thing: unknown): Answer {
  return thing ? [200, thing] : problem(404, 'NOT_FOUND');
}

const WORDS = ['да', 'да конечно', 'да конечно приду', 'да конечно приду завтра', 'да конечно приду завтра спасибо'];

function stream(which: 'box' | 'central', request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write(': hello\n\n');
  let tick = 0;
  const timer = setInterval(() => {
    tick++;
    const say = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (which === 'central') {
      say('box', { ...central.boxes[0], lastSeen: new Date().toISOString() });
      return;
    }
    const call = box.liveCalls[0]!;
    say('transcript', { ...call, heard: WORDS[tick % WORDS.length], final: tick % WORDS.length === WORDS.length - 1 });
    say('balance', { ...box.balance, heldTiyn: box.balance.heldTiyn + (tick % 5) * 18_000 });
  }, 900);
  request.on('close', () => clearInterval(timer));
}

function bytes(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  response.setHeader('Content-Type', 'audio/wav');
  response.setHeader('Accept-Ranges', 'bytes');
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  if (!range) {
    response.setHeader('Content-Length', body.length);
    response.end(body);
    return;
  }
  const from = Number(range[1]);
  const to = range[2] ? Number(range[2]) : body.length - 1;
  response.statusCode = 206;
  response.setHeader('Content-Range', `bytes ${from}-${to}/${body.length}`);
  response.end(body.subarray(from, to + 1));
}

/// Two channels of a quiet hum, 8 kHz, 16 bit.
function wav(seconds: number): Buffer {
  const frames = Math.floor(seconds * 8000);
  const file = Buffer.alloc(44 + frames * 4);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + frames * 4, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(32_000, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(frames * 4, 40);
  for (let i = 0; i < frames; i++) {
    file.writeInt16LE(Math.round(2500 * Math.sin((i / 8000) * 2 * Math.PI * 330)), 44 + i * 4);
    file.writeInt16LE(Math.round(2500 * Math.sin((i / 8000) * 2 * Math.PI * 220)), 46 + i * 4);
  }
  return file;
}
