import { describe, expect, it } from 'vitest';
import type { Recognition } from '../src/api/box/door';
import type { Box } from '../src/api/central/fleet';
import { lastHours } from '../src/parts/hours';
import { inOrder, outcomeColour } from '../src/parts/outcomes';
import { heardAt, resample } from '../src/parts/wave';
import { isHindered, mayCancel, mayEdit, mayPause, mayResume, mayStart } from '../src/screens/box/campaign-state';
import { copyOf, crossesMidnight, draftOf, emptyDraft, endFromClock, endOnClock, missing, orderOf, sayItIsRecorded, saysItIsRecorded } from '../src/screens/box/campaign-editor/draft';
import { emptyRetries, pauseInWords, REASONS, retriesDraftOf, retriesOf } from '../src/screens/box/campaign-editor/retries';
import { answersOf, emptyAnswer, emptyQuestion, gapsOf, phrasesOf, placeOf, questionDraftOf, questionOf } from '../src/screens/box/campaign-editor/question';
import { rowsOf, sumOf } from '../src/screens/box/answering/matrix';
import { numbersIn } from '../src/screens/box/blocked/numbers';
import { amounts } from '../src/screens/box/campaign-people/amounts';
import { linesOf } from '../src/screens/box/campaign/answer-counts';
import { afterNews, FAREWELL_MS, stillShown } from '../src/screens/box/dashboard/live-calls';
import { attestationOf, emptyAttestation, isComplete } from '../src/screens/box/list/AttestationForm.svelte';
import { ordered as orderedWords, phraseLines, textOf, wordLines } from '../src/screens/box/models/own-words';
import { faults, ordered, proposed, variableOf, withRole, withVariable } from '../src/screens/box/new-list/column-mapping';
import { whyFailed } from '../src/screens/box/voices/why-failed';
import { recognitionTone, recognitionWord } from '../src/screens/box/switchboard';
import { otherAlarms, worries } from '../src/screens/central/box-state';
import { summed } from '../src/screens/central/usage/sums';
import { matched } from '../src/state/route.svelte';
import { today } from '../src/format/time';
import * as box from '../gallery/box-fixtures';

const NOW = Date.parse('2026-11-24T08:00:00Z');

describe('why a voice was not installed', () => {
  const failed = (fault?: string, detail?: string) => whyFailed({ id: '1', name: 'x', state: 'FAILED', share: 0, ...(fault ? { fault } : {}), ...(detail ? { detail } : {}) });

  it('is told by its code, as it is for voices, and by what only the box knows', () => {
    expect(failed('NO_ROOM', 'english')).toBe('На диске нет места для голоса.');
    expect(failed('NOT_A_ZIP', 'english')).toBe('Это не архив zip.');
    expect(failed('NOT_A_VOICE', 'audio.sample_rate must be')).toMatch(/^В архиве нет голоса Piper.* audio\.sample_rate must be$/);
    expect(failed('FOREIGN_LANGUAGE', 'english')).toMatch(/^Голос говорит на языке[^a-z]*$/);
    expect(failed('UNHEARD_OF', 'english')).toBe('english');
    expect(failed(undefined, 'the disk failed')).toBe('the disk failed');
  });
});

describe('the mapping of columns', () => {
  const columns = proposed(box.upload);

  it('starts from what the back end proposes', () => {
    expect(faults(columns)).toEqual([]);
    expect(ordered(columns)).toEqual([{ index: 0, role: 'VARIABLE', variable: 'name' }, { index: 1, role: 'NUMBER' }, { index: 2, role: 'VARIABLE', variable: 'time' }, { index: 3, role: 'OTHER_NUMBER' }, { index: 4, role: 'IGNORED' }]);
  });

  it('has one column of numbers at most', () => {
    const changed = withRole(columns, 4, 'NUMBER');
    expect(changed.map((column) => column.role)).toEqual(['VARIABLE', 'VARIABLE', 'VARIABLE', 'OTHER_NUMBER', 'NUMBER']);
    expect(faults(withRole(columns, 1, 'IGNORED'))).toEqual([{ kind: 'NO_NUMBER' }]);
  });

  it('has up to two columns of other numbers, one of which may change places with the first', () => {
    const two = withRole(columns, 0, 'OTHER_NUMBER');
    expect(faults(two)).toEqual([]);
    expect(ordered(two)[0]).toEqual({ index: 0, role: 'OTHER_NUMBER' });
    expect(faults(withRole(two, 4, 'OTHER_NUMBER'))).toEqual([{ kind: 'TOO_MANY_OTHERS' }]);
    expect(withRole(two, 0, 'NUMBER').map((column) => column.role)).toEqual(['NUMBER', 'OTHER_NUMBER', 'VARIABLE', 'OTHER_NUMBER', 'IGNORED']);
  });

  it('refuses keys that are empty, malformed or taken', () => {
    expect(faults(withVariable(columns, 0, ' '))).toEqual([{ kind: 'BAD_VARIABLE', index: 0 }]);
    expect(faults(withVariable(columns, 0, '1st'))).toEqual([{ kind: 'BAD_VARIABLE', index: 0 }]);
    expect(faults(withVariable(columns, 0, 'a'.repeat(31)))).toEqual([{ kind: 'BAD_VARIABLE', index: 0 }]);
    expect(faults(withVariable(columns, 0, 'TIME'))).toEqual([{ kind: 'SAME_VARIABLE', index: 2 }]);
    expect(faults(withVariable(columns, 0, 'аты_жөні'))).toEqual([]);
  });

  it('makes keys of titles', () => {
    expect(variableOf('  Время приёма ', 2)).toBe('время_приёма');
    expect(variableOf('2. Сумма, ₸', 0)).toBe('сумма');
    expect(variableOf('???', 4)).toBe('column_5');
  });
});

describe('the attestation', () => {
  it('is complete only with all of it', () => {
    const draft = { ...emptyAttestation(), origin: 'Анкеты', collectedFrom: '2025-01-01', collectedTo: '2026-01-01', lawful: true };
    expect(isComplete(draft)).toBe(true);
    expect(attestationOf(draft).channels).toEqual(['CALLS']);
    expect(isComplete({ ...draft, lawful: false })).toBe(false);
    expect(isComplete({ ...draft, calls: false })).toBe(false);
    expect(isComplete({ ...draft, collectedTo: '2024-01-01' })).toBe(false);
  });
});

describe('the draft of a campaign', () => {
  // AC-REC-03: a ready announcement, in the language of the message, once.
  it('says at its beginning that it is recorded', () => {
    const draft = { ...emptyDraft(NOW), language: 'kk' as const, text: '  Сәлеметсіз бе!' };
    sayItIsRecorded(draft, 'basis');
    sayItIsRecorded(draft, 'another');
    expect(draft.text).toBe('Бұл сөйлесу жазылып алынады. Сәлеметсіз бе!');
    expect(draft.recordingBasis).toBe('basis');
    expect(saysItIsRecorded({ ...draft, language: 'ru' })).toBe(false);
    const grounded = { ...emptyDraft(NOW), recordingBasis: 'by contract' };
    sayItIsRecorded(grounded, 'basis');
    expect(grounded.recordingBasis).toBe('by contract');
  });

  const campaign = box.campaigns[0]!;

  it('says what is missing, section by section', () => {
    expect(missing(emptyDraft(NOW), NOW).map((gap) => gap.key)).toEqual(['name', 'sender', 'lists', 'text']);
    const draft = draftOf(campaign);
    expect(missing(draft, NOW)).toEqual([]);
    expect(missing({ ...draft, record: true, recordingConfirmed: false }, NOW).map((gap) => gap.key)).toEqual(['basis']);
    expect(missing({ ...draft, channels: 2.5, callsPerMinute: 19 }, NOW).map((gap) => gap.key)).toEqual(['channels', 'rate']);
    const past = { ...draft.windows[0]!, dateFrom: '2026-11-01', dateTo: '2026-11-23' };
    expect(missing({ ...draft, windows: [past] }, NOW).map((gap) => gap.key)).toEqual(['past']);
    expect(missing({ ...draft, windows: [{ ...draft.windows[0]!, weekdays: [] }] }, NOW).map((gap) => gap.key)).toContain('weekdays');
  });

  it('may last to the end of the day', () => {
    const window = { ...draftOf(campaign).windows[0]!, start: '00:00', end: endFromClock('00:00') };
    expect(window.end).toBe('24:00');
    expect(endOnClock(window.end)).toBe('00:00');
    expect(crossesMidnight(window)).toBe(false);
    expect(missing({ ...draftOf(campaign), windows: [window] }, NOW)).toEqual([]);
    expect([endFromClock('21:30'), endOnClock('21:30'), endFromClock('')]).toEqual(['21:30', '21:30', '']);
  });

  it('is repeated with the windows that are past begun anew', () => {
    const [window] = draftOf(campaign).windows;
    const past = { ...campaign, order: { ...campaign.order, windows: [{ ...window!, dateFrom: '2026-01-05', dateTo: '2026-01-09' }, { ...window!, dateTo: '2030-01-01' }] } };
    const copy = copyOf(past, NOW, 'x'.repeat(200));
    expect(copy.name).toHaveLength(120);
    expect([copy.windows[0]!.dateFrom, copy.windows[0]!.dateTo]).toEqual([today(NOW), today(NOW, 4)]);
    expect(copy.windows[1]).toEqual({ ...window!, dateTo: '2030-01-01' });
    expect(missing(copy, NOW)).toEqual([]);
  });

  it('goes to the back end as it came', () => {
    expect(orderOf(draftOf(campaign))).toEqual({ ...campaign.order, onDaysOff: false, priority: 'NORMAL', ringingSeconds: 30 });
    expect(orderOf(draftOf({ ...campaign, order: { ...campaign.order, onDaysOff: true } })).onDaysOff).toBe(true);
    const spoken = { ...campaign, order: { ...campaign.order, prompt: { kind: 'TEXT' as const, text: 'Привет', language: 'ru' as const, voice: 'rhvoice-irina' } } };
    expect(orderOf(draftOf(spoken)).prompt).toEqual(spoken.order.prompt);
  });

  it('leaves out what is switched off', () => {
    const order = orderOf({ ...draftOf(campaign), record: false, asks: false });
    expect(order).not.toHaveProperty('recordingBasis');
    expect(order).not.toHaveProperty('question');
  });

  it('knows a window across midnight', () => {
    const window = draftOf(campaign).windows[0]!;
    expect(crossesMidnight({ ...window, start: '22:00', end: '02:00' })).toBe(true);
    expect(crossesMidnight(window)).toBe(false);
  });
});

describe('calling again', () => {
  const draft = () => ({ ...emptyDraft(NOW), name: 'x', senderName: 'y', senderContact: 'z', listIds: ['1'], text: 'w', asks: false });

  it('is off until somebody wants it, and then asks for what most want', () => {
    expect(orderOf(draft()).retries).toBeUndefined();
    const on = draft();
    on.retries.on = true;
    expect(orderOf(on).retries?.reasons.map(({ reason }) => reason)).toEqual(['NO_ANSWER', 'BUSY', 'UNREACHABLE']);
    expect(missing(on, NOW)).toEqual([]);
  });

  it('keeps what was ordered', () => {
    const { retries } = box.campaigns[0]!.order;
    expect(retriesOf(retriesDraftOf(retries), true)?.reasons).toEqual(expect.arrayContaining(retries!.reasons));
    expect(orderOf(draftOf(box.campaigns[0]!)).retries?.mostAttempts).toBe(4);
    expect(orderOf(draftOf(box.campaigns[0]!)).machines).toBe('HANG_UP');
  });

  it('hangs up on machines where they are to be called again, and on nothing else calls them again', () => {
    const later = { ...draft(), machines: 'CALL_LATER' as const };
    expect(orderOf(later)).toMatchObject({ machines: 'HANG_UP', retries: { mostAttempts: 3, reasons: [{ reason: 'MACHINE', times: 2, pauseMinutes: 120, growing: false, next: 'SAME' }] } });
    const campaign = { ...box.campaigns[0]!, order: orderOf(later) };
    expect(draftOf(campaign).machines).toBe('CALL_LATER');
    expect(draftOf(campaign).retries.on).toBe(false);
    expect(orderOf({ ...draftOf(campaign), machines: 'LEAVE_MESSAGE' }).retries).toBeUndefined();
  });

  it('goes to the other number where that was chosen, and always where a number does not exist', () => {
    const one = draft();
    one.retries.on = true;
    one.retries.reasons.NO_ANSWER.next = 'OTHER';
    one.retries.reasons.INVALID_NUMBER.on = true;
    expect(missing(one, NOW)).toEqual([]);
    expect(orderOf(one).retries?.reasons.map(({ reason, next }) => `${reason} ${next}`)).toEqual(['NO_ANSWER OTHER', 'BUSY SAME', 'UNREACHABLE SAME', 'INVALID_NUMBER OTHER']);
    expect(retriesDraftOf({ mostAttempts: 2, reasons: [{ reason: 'BUSY', times: 1, pauseMinutes: 5, growing: false }] }).reasons.BUSY.next).toBe('SAME');
  });

  it('names what the box would refuse', () => {
    const gaps = (change: (retries: ReturnType<typeof emptyRetries>) => void) => {
      const one = draft();
      one.retries.on = true;
      change(one.retries);
      return missing(one, NOW);
    };
    expect(gaps((retries) => REASONS.forEach((reason) => (retries.reasons[reason].on = false)))).toEqual([{ section: 'retries', key: 'retryReasons' }]);
    expect(gaps((retries) => (retries.reasons.REJECTED = { on: true, times: 1, pauseMinutes: 59, growing: false, next: 'SAME' }))).toEqual([{ section: 'retries', key: 'retryPause' }]);
    expect(gaps((retries) => (retries.reasons.BUSY.times = 11))).toEqual([{ section: 'retries', key: 'retryTimes' }]);
    expect(gaps((retries) => (retries.mostAttempts = NaN))).toEqual([{ section: 'retries', key: 'retryMost' }]);
    const machine = { ...draft(), machines: 'CALL_LATER' as const };
    machine.retries.reasons.MACHINE.pauseMinutes = 1;
    expect(missing(machine, NOW)).toEqual([{ section: 'listening', key: 'retryPause' }]);
  });

  it('says a pause in its largest whole unit', () => {
    expect(pauseInWords(15)).toEqual({ key: 'retry.inMinutes', number: 15 });
    expect(pauseInWords(90)).toEqual({ key: 'retry.inMinutes', number: 90 });
    expect(pauseInWords(120)).toEqual({ key: 'retry.inHours', number: 2 });
    expect(pauseInWords(1440)).toEqual({ key: 'retry.inDays', number: 1 });
  });
});

describe('the contacts of a campaign', () => {
  it('add up, whatever its state', () => {
    for (const one of box.campaigns) {
      const { sum, of } = amounts(one);
      const excluded = Object.values(one.progress.excluded).reduce((all, some) => all + some, 0);
      expect(sum).toBe(one.progress.recipients + excluded);
      expect(Object.values(of).reduce((all, some) => all + some, 0)).toBe(sum);
    }
  });

  it('were not called where the campaign ended before', () => {
    const cancelled = { ...box.campaigns[0]!, state: 'CANCELLED' as const };
    expect(amounts(cancelled).of).toMatchObject({ PENDING: 0, NOT_CALLED: 812 });
    expect(amounts(box.campaigns[0]!).of).toMatchObject({ PENDING: 812, NOT_CALLED: 0 });
  });
});

describe('numbers that are not to be called', () => {
  it('are read one a line or between commas, with the spaces inside of them', () => {
    expect(numbersIn(' +7 701 000 00 01\n\n8 (702) 000-00-02, 87030000003;\r\n')).toEqual(['+7 701 000 00 01', '8 (702) 000-00-02', '87030000003']);
    expect(numbersIn(' \n ,; ')).toEqual([]);
  });
});

describe('a question', () => {
  const question = questionDraftOf(box.campaigns[0]!.order.question!);

  it('reads ways to answer by lines and commas, once each', () => {
    expect(phrasesOf(' да \n\nнет, да ,, не надо')).toEqual(['да', 'нет', 'не надо']);
  });

  it('goes to the back end as it came', () => {
    expect(questionOf(question, 'ru')).toEqual(box.campaigns[0]!.order.question);
  });

  it('keeps to itself what is written for a language that is not listened for', () => {
    const sent = questionOf({ ...question, languages: ['ru'], silence: { repeats: 0, hint: 'Вас не слышно', goodbye: '' } }, 'ru');
    expect(sent.answers[0]!.phrases).toEqual({ ru: ['да', 'да приду', 'конечно'] });
    expect(sent.answers[0]!.replies).toEqual({ ru: 'Спасибо! Ждём вас завтра.' });
    expect(sent.silence).toEqual({ repeats: 0 });
    expect(questionOf({ ...question, languages: [] }, 'kk').answers[0]).toEqual({ name: 'Приду', key: '1', replies: { kk: 'Рақмет! Ертең күтеміз.' } });
  });

  it('says what is wrong with it', () => {
    expect(gapsOf(question)).toEqual([]);
    expect(gapsOf(emptyQuestion())).toEqual([]);
    expect(gapsOf({ ...question, seconds: 61 })).toEqual(['seconds']);
    expect(gapsOf({ ...emptyQuestion(), languages: [] })).toEqual(['nothingToHear']);
    expect(gapsOf({ ...question, languages: ['ru', 'en'] })).toEqual(['silentLanguage']);
    expect(gapsOf({ ...question, answers: [...question.answers, emptyAnswer()] })).toEqual(['answerName', 'answerWays']);
    expect(gapsOf({ ...question, answers: [...question.answers, { ...question.answers[0]!, phrases: { ru: 'ДА', kk: '', en: '' } }] })).toEqual(['sameName', 'sameKey', 'samePhrase']);
  });

  it('has ready-made sets that can be saved as they are', () => {
    const answers = answersOf('yesNoOperator', (name) => name);
    expect(answers.map((answer) => answer.key)).toEqual(['1', '2', '0']);
    expect(gapsOf({ ...emptyQuestion(), languages: ['ru', 'kk', 'en'], answers })).toEqual([]);
  });

  it('says which answer means that nobody calls again, and only that one', () => {
    const answers = answersOf('yesNoRefuse', (name) => name);
    expect(gapsOf({ ...emptyQuestion(), languages: ['ru', 'kk', 'en'], answers })).toEqual([]);
    const question = questionOf({ ...emptyQuestion(), answers }, 'ru');
    expect(question.answers.map((answer) => answer.withdraws)).toEqual([undefined, undefined, true]);
    expect(questionDraftOf(question).answers.map((answer) => answer.withdraws)).toEqual([false, false, true]);
  });

  it('finds the field that a refusal is about', () => {
    expect(placeOf('question.answers[2].phrases.kk[1]')).toEqual({ answer: 2, tongue: 'kk', phrase: 1 });
    expect(placeOf('question.answers[0].replies.ru')).toEqual({ answer: 0, tongue: 'ru' });
    expect(placeOf('prompt.text')).toBeUndefined();
  });
});

describe('what was answered', () => {
  it('is summed by answer, and what was none comes last', () => {
    const lines = linesOf(box.campaignAnswers);
    expect(lines.map((line) => line.choice ?? line.result)).toEqual(['Приду', 'Не приду', 'Оператор', 'SILENT', 'CUT_OFF', 'NOT_UNDERSTOOD']);
    expect(lines[0]).toMatchObject({ calls: 634, byKey: 61, languages: [{ language: 'ru', calls: 402 }, { language: 'kk', calls: 171 }] });
    expect(lines.reduce((sum, line) => sum + line.share, 0)).toBeCloseTo(1);
    expect(linesOf({ calls: 0, answers: [] })).toEqual([]);
  });

  it('is a row for everybody who may answer', () => {
    const rows = rowsOf(box.matrix);
    expect(rows.map((row) => row.calls)).toEqual([254, 43, 12, 3, 0]);
    expect(rows[1]!.cells.map((cell) => cell.calls)).toEqual([5, 38, 0, 0, 0]);
    expect(sumOf(box.matrix.truths, 'FAX')).toBe(0);
  });
});

describe('a campaign', () => {
  it('offers what its state allows', () => {
    const offers = (state: (typeof box.campaigns)[0]['state']) => [mayStart(state), mayEdit(state), mayPause(state), mayResume(state), mayCancel(state)];
    expect(offers('DRAFT')).toEqual([true, true, false, false, false]);
    expect(offers('RUNNING')).toEqual([false, false, true, false, true]);
    expect(offers('SUSPENDED_FUNDS')).toEqual([false, false, false, true, true]);
    expect(offers('COMPLETED')).toEqual([false, false, false, false, false]);
  });

  it('explains itself only when something is in the way', () => {
    expect(isHindered({ ...box.campaigns[0]!, stateReason: 'DIALING' })).toBe(false);
    expect(isHindered({ ...box.campaigns[0]!, stateReason: 'NO_FUNDS' })).toBe(true);
    expect(isHindered(box.campaigns[0]!)).toBe(false);
  });
});

describe('live calls', () => {
  const [first, second] = box.liveCalls as [typeof box.liveCalls[0], typeof box.liveCalls[0]];

  it('appear, change and say farewell', () => {
    let calls = afterNews([], first, NOW);
    calls = afterNews(calls, second, NOW);
    calls = afterNews(calls, { id: first.id, heard: 'да' }, NOW);
    expect(calls.map((call) => [call.id, call.heard])).toEqual([[first.id, 'да'], [second.id, second.heard]]);
    calls = afterNews(calls, { id: first.id, state: 'ENDED', outcome: 'ANSWERED' }, NOW);
    expect(stillShown(calls, NOW + FAREWELL_MS - 1)).toHaveLength(2);
    expect(stillShown(calls, NOW + FAREWELL_MS)).toEqual([second]);
  });

  it('do not come back from the dead, nor out of half an event', () => {
    expect(afterNews([], { ...first, state: 'ENDED' }, NOW)).toEqual([]);
    expect(afterNews([], { id: 'x', heard: 'слова' }, NOW)).toEqual([]);
  });
});

describe('charts', () => {
  it('stack outcomes in one order and leave out empty ones', () => {
    expect(inOrder({ PLATFORM_FAULT: 1, NEW_ONE: 2, ANSWERED: 3, BUSY: 0 })).toEqual([{ outcome: 'ANSWERED', count: 3 }, { outcome: 'PLATFORM_FAULT', count: 1 }, { outcome: 'NEW_ONE', count: 2 }]);
    expect(outcomeColour('NO_ANSWER')).toBe('var(--o-no-answer)');
    expect(outcomeColour('NEW_ONE')).toBe('var(--line-strong)');
  });

  it('keep the loudest of the peaks they merge', () => {
    expect(resample([0.1, 0.9, 0.2, 0.3], 2)).toEqual([0.9, 0.3]);
    expect(resample([0.5], 3)).toEqual([0.5, 0.5, 0.5]);
    expect(resample([], 3)).toEqual([]);
  });

  it('find what is being said', () => {
    const said = [{ from: 0, to: 2 }, { from: 3, to: 5 }, { from: 4.5, to: 6 }];
    expect(heardAt(said, 1)).toBe(0);
    expect(heardAt(said, 2.8)).toBe(-1);
    expect(heardAt(said, 4.8)).toBe(2);
  });

  it('show hours of which nothing was reported', () => {
    const reported = { ...box.hours(1)[0]!, hour: '2026-11-24T06:00:00Z' };
    const shown = lastHours([reported, { ...reported, hour: '2026-11-20T06:00:00Z' }], 4, NOW + 59 * 60_000);
    expect(shown.map((hour) => [hour.hour.slice(11, 13), hour.attempts])).toEqual([['05', 0], ['06', reported.attempts], ['07', 0], ['08', 0]]);
  });

  it('sum hours', () => {
    expect(summed(box.hours(24)).attempts).toBe(box.hours(24).reduce((sum, hour) => sum + hour.attempts, 0));
    expect(summed([])).toEqual({ attempts: 0, answered: 0, answeredSeconds: 0, amountTiyn: 0, outcomes: {} });
  });
});

describe('a box of the fleet', () => {
  const money = { targetTiyn: 0, grantedTiyn: 0, returnedTiyn: 0, usedTiyn: 0, leftTiyn: 0, leaseVersion: 0 };
  const one: Box = { id: 'x', serial: 's', organisationId: 'o', organisation: 'o', site: 's', state: 'ONLINE', enrolledAt: '2026-01-01T00:00:00Z', usageMessages: 0, booksDisagree: false, legalHolds: [], money };

  it('worries people only with what they can do something about', () => {
    expect(worries(one, NOW)).toEqual([]);
    expect(worries({ ...one, trunkReachable: false, diskUsedPercent: 90, outboxDepth: 500 }, NOW)).toEqual(['trunk', 'disk', 'outbox']);
    expect(otherAlarms({ ...one, trunkReachable: false, alarms: ['TRUNK_LOST', 'DISK_FULL', 'NEWER'] }, NOW)).toEqual(['DISK_FULL', 'NEWER']);
    expect(worries({ ...one, state: 'REVOKED', trunkReachable: false }, NOW)).toEqual([]);
    const license = { version: 1, modules: [], channels: 1, suspensions: [], expires: '2026-11-30T00:00:00Z' };
    expect(worries({ ...one, state: 'OFFLINE', license }, NOW)).toEqual(['offline', 'licenseSoon']);
    expect(worries({ ...one, license: { ...license, expires: '2026-11-23T00:00:00Z' } }, NOW)).toEqual(['licenseOver']);
  });
});

it('addresses are matched part by part', () => {
  expect(matched('/calls/:id', '/calls/a%20b')).toEqual({ id: 'a b' });
  expect(matched('/calls/:id', '/calls/')).toBeUndefined();
  expect(matched('/calls/:id', '/calls/1/2')).toBeUndefined();
  expect(matched('/', '/')).toEqual({});
});

describe('what the box understands', () => {
  const language = (state: Recognition['languages'][number]['state']) => ({ code: 'ru', state, listenings: 0, busyPercent: 0, behindMillis: 0, restarts: 0, memoryBytes: 0 });
  const recognition = (overloaded: boolean, ...states: Recognition['languages'][number]['state'][]): Recognition => ({ overloaded, deafened: 0, languages: states.map(language) });

  it.each([
    [recognition(false), 'NONE', 'off'],
    [recognition(false, 'READY'), 'READY', 'good'],
    [recognition(false, 'READY', 'STARTING'), 'STARTING', 'signal'],
    [recognition(false, 'RESTARTING', 'STARTING'), 'RESTARTING', 'signal'],
    [recognition(true, 'READY'), 'OVERLOADED', 'signal'],
    [recognition(true, 'READY', 'FAILED'), 'FAILED', 'bad'],
  ] as const)('%o is %s', (state, word, tone) => {
    expect(recognitionWord(state)).toBe(word);
    expect(recognitionTone(state)).toBe(tone);
  });
});

describe('own words', () => {
  it('are one a line, with how they are said behind an equals sign', () => {
    expect(wordLines('Kaspi = каспи, Каспий,каспи\n\n  альфатрейд ')).toEqual([
      { line: 1, word: 'kaspi', saidAs: ['каспи', 'каспий'] },
      { line: 3, word: 'альфатрейд', saidAs: [] },
    ]);
    expect(wordLines(' \n')).toEqual([]);
  });

  it('are held to the limits of the box before it is asked', () => {
    const faults = (text: string) => wordLines(text).map((line) => line.fault);
    expect(faults('два слова\n7up\n= каспи\nдом')).toEqual(['NOT_A_WORD', 'NOT_A_WORD', 'NOT_A_WORD', undefined]);
    expect(faults(`${'а'.repeat(50)}\n${'б'.repeat(51)}`)).toEqual([undefined, 'NOT_A_WORD']);
    expect(faults('дом =\nмир = 7\nкот = а,\nпёс = бэ тэ а')).toEqual(['BAD_SPELLING', 'BAD_SPELLING', 'BAD_SPELLING', undefined]);
    expect(faults('дом = а, б, в, г, д, е')).toEqual(['TOO_MANY_WAYS']);
    expect(faults('Дом\nмир\nдом')).toEqual([undefined, undefined, 'TWICE']);
    expect(faults("қоңырау = конырау\nд'артаньян\nжан-жақ")).toEqual([undefined, undefined, undefined]);
  });

  it('have phrases of two to six words', () => {
    expect(phraseLines('служба  Альфатрейд\nдом\n\nа б в г д е ё')).toEqual([
      { line: 1, phrase: 'служба альфатрейд' },
      { line: 2, phrase: 'дом', fault: 'BAD_PHRASE' },
      { line: 4, phrase: 'а б в г д е ё', fault: 'BAD_PHRASE' },
    ]);
  });

  it('come back as they were sent, and keep their weight', () => {
    const text = textOf(box.ownWords.words);
    expect(text).toBe('қоңырау = конырау\nальфатрейд');
    expect(orderedWords(wordLines(text), box.ownWords)).toEqual(box.ownWords.words);
    expect(orderedWords(wordLines('дом'), undefined)).toEqual([{ word: 'дом' }]);
  });
});
