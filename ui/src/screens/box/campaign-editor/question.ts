import type { Question } from '../../../api/box/door';

export type Tongue = Question['languages'][number];
export const TONGUES: Tongue[] = ['ru', 'kk', 'en'];
export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'];
export const MOST_ANSWERS = 20;

/// An answer as a form holds it: ways to say it are lines of a text, one for each language.
export interface AnswerDraft {
  name: string;
  key: string;
  phrases: Record<Tongue, string>;
  replies: Record<Tongue, string>;
  /// Whoever gives it is never called again.
  withdraws: boolean;
}

export interface FallbackDraft {
  repeats: number;
  hint: string;
  goodbye: string;
}

export interface QuestionDraft {
  languages: Tongue[];
  seconds: number;
  interruptible: boolean;
  answers: AnswerDraft[];
  silence: FallbackDraft;
  notUnderstood: FallbackDraft;
}

const inEach = (some: Partial<Record<Tongue, string>> = {}): Record<Tongue, string> => ({ ru: '', kk: '', en: '', ...some });

export function emptyAnswer(): AnswerDraft {
  return { name: '', key: '', phrases: inEach(), replies: inEach(), withdraws: false };
}

export function emptyQuestion(): QuestionDraft {
  return { languages: ['ru'], seconds: 6, interruptible: true, answers: [], silence: { repeats: 1, hint: '', goodbye: '' }, notUnderstood: { repeats: 1, hint: '', goodbye: '' } };
}

export function questionDraftOf(question: Question): QuestionDraft {
  const lines = (some: Partial<Record<Tongue, string[]>> = {}) => inEach(Object.fromEntries(Object.entries(some).map(([tongue, phrases]) => [tongue, phrases.join('\n')])));
  const fallback = (some: Question['silence']): FallbackDraft => ({ repeats: some?.repeats ?? 0, hint: some?.hint ?? '', goodbye: some?.goodbye ?? '' });
  return {
    languages: [...question.languages], seconds: question.seconds ?? 6, interruptible: question.interruptible,
    answers: question.answers.map((answer) => ({ name: answer.name, key: answer.key ?? '', phrases: lines(answer.phrases), replies: inEach(answer.replies), withdraws: answer.withdraws ?? false })),
    silence: fallback(question.silence), notUnderstood: fallback(question.notUnderstood),
  };
}

/// What is written for a language that is not listened for stays in the form and is not sent.
export function questionOf(draft: QuestionDraft, own: Tongue): Question {
  const replied = draft.languages.length ? draft.languages : [own];
  return {
    languages: draft.languages, seconds: draft.seconds, interruptible: draft.interruptible,
    answers: draft.answers.map((answer) => {
      const phrases = Object.fromEntries(draft.languages.map((tongue) => [tongue, phrasesOf(answer.phrases[tongue])] as const).filter(([, some]) => some.length));
      const replies = Object.fromEntries(replied.map((tongue) => [tongue, answer.replies[tongue].trim()] as const).filter(([, text]) => text !== ''));
      return { name: answer.name.trim(), ...(answer.key ? { key: answer.key } : {}), ...(Object.keys(phrases).length ? { phrases } : {}), ...(Object.keys(replies).length ? { replies } : {}), ...(answer.withdraws ? { withdraws: true } : {}) };
    }),
    silence: fallbackOf(draft.silence), notUnderstood: fallbackOf(draft.notUnderstood),
  };
}

function fallbackOf({ repeats, hint, goodbye }: FallbackDraft): NonNullable<Question['silence']> {
  return { repeats, ...(repeats > 0 && hint.trim() ? { hint: hint.trim() } : {}), ...(goodbye.trim() ? { goodbye: goodbye.trim() } : {}) };
}

/// One way to say it a line, or several with commas between; empty ones and repeats are left out.
export function phrasesOf(text: string): string[] {
  return [...new Set(text.split(/[\n,]/).map((phrase) => phrase.trim()).filter((phrase) => phrase !== ''))];
}

/// What is wrong with a question, as keys of `editor.missing.*`.
export function gapsOf(draft: QuestionDraft): string[] {
  const found: string[] = [];
  const say = (key: string, when: boolean) => when && found.push(key);
  const { answers, languages } = draft;
  const keys = answers.map((answer) => answer.key).filter((key) => key !== '');
  const names = answers.map((answer) => answer.name.trim());
  const said = (answer: AnswerDraft) => languages.flatMap((tongue) => phrasesOf(answer.phrases[tongue]).map((phrase) => `${tongue} ${phrase.toLowerCase().replaceAll('ё', 'е')}`));
  const all = answers.flatMap(said);
  const whole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to;
  say('seconds', !whole(draft.seconds, 1, 60));
  say('nothingToHear', languages.length === 0 && keys.length === 0);
  say('answerName', names.some((name) => name === ''));
  say('sameName', new Set(names).size < names.length);
  say('sameKey', new Set(keys).size < keys.length);
  say('samePhrase', new Set(all).size < all.length);
  say('answerWays', answers.some((answer) => answer.key === '' && said(answer).length === 0));
  say('silentLanguage', answers.length > 0 && languages.some((tongue) => answers.every((answer) => phrasesOf(answer.phrases[tongue]).length === 0)));
  say('repeats', !whole(draft.silence.repeats, 0, 5) || !whole(draft.notUnderstood.repeats, 0, 5));
  return found;
}

export type SetName = 'yesNo' | 'yesNoRefuse' | 'yesNoOperator';
export const SETS: SetName[] = ['yesNo', 'yesNoRefuse', 'yesNoOperator'];
type Ready = { name: string; key: string; phrases: Record<Tongue, string>; withdraws?: boolean };
const YES: Ready = { name: 'yes', key: '1', phrases: { ru: 'да\nда конечно\nхорошо\nсогласен\nсогласна', kk: 'иә\nәрине\nжарайды', en: 'yes\nyes please\nsure\nokay' } };
const NO: Ready = { name: 'no', key: '2', phrases: { ru: 'нет\nнет спасибо\nне надо\nне хочу', kk: 'жоқ\nжоқ рахмет\nкерек емес', en: 'no\nno thank you\nno thanks' } };
const OPERATOR: Ready = { name: 'operator', key: '0', phrases: { ru: 'оператор\nсоедините с оператором\nчеловек', kk: 'оператор\nоператорға қосыңыз', en: 'operator\ntalk to an operator' } };
const REFUSE: Ready = { name: 'refuse', key: '9', withdraws: true, phrases: { ru: 'не звоните\nне звоните мне\nбольше не звоните\nудалите мой номер', kk: 'қоңырау шалмаңыз\nенді қоңырау шалмаңыз\nмазаламаңыз', en: 'do not call me\nstop calling me\ndo not call again' } };

const READY: Record<SetName, Ready[]> = { yesNo: [YES, NO], yesNoRefuse: [YES, NO, REFUSE], yesNoOperator: [YES, NO, OPERATOR] };

/// Answers that many questions expect, in all languages.
///
/// @param named their names in the language of the page
export function answersOf(set: SetName, named: (name: string) => string): AnswerDraft[] {
  return READY[set].map(({ name, key, phrases, withdraws = false }) => ({ name: named(name), key, phrases: { ...phrases }, replies: inEach(), withdraws }));
}

/// Which field of a question a refusal of the back end is about.
export interface Place {
  answer?: number;
  tongue?: Tongue;
  phrase?: number;
}

export function placeOf(field: string): Place | undefined {
  const match = /^question\.(?:answers\[(\d+)\])?\.?(?:(?:phrases|replies)\.(ru|kk|en))?(?:\[(\d+)\])?/.exec(field);
  if (!match) return undefined;
  const [, answer, tongue, phrase] = match;
  return { ...(answer ? { answer: Number(answer) } : {}), ...(tongue ? { tongue: tongue as Tongue } : {}), ...(phrase ? { phrase: Number(phrase) } : {}) };
}
