import type { OwnWord, OwnWords } from '../../../api/box/door';

/// What is wrong with a line, before the box is asked: it holds words to the same limits.
export type LineFault = 'NOT_A_WORD' | 'BAD_SPELLING' | 'TOO_MANY_WAYS' | 'TWICE' | 'BAD_PHRASE';

export interface WordLine {
  /// From 1, as people count.
  line: number;
  word: string;
  saidAs: string[];
  fault?: LineFault;
}

export interface PhraseLine {
  line: number;
  phrase: string;
  fault?: LineFault;
}

const WORD = /^\p{L}[\p{L}\p{M}'-]{0,49}$/u;
const SAID = /^\p{L}[\p{L}\p{M}' -]{0,99}$/u;
const MOST_WAYS = 5;
const PHRASE_WORDS = { least: 2, most: 6 };
const LONGEST_PHRASE = 300;

/// The words of a text: one a line, `word` or `word = said, said another way`. Empty lines are none.
export function wordLines(text: string): WordLine[] {
  const seen = new Set<string>();
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const equals = line.indexOf('=');
    const word = (equals < 0 ? line : line.slice(0, equals)).trim().toLowerCase();
    const ways = equals < 0 ? [] : line.slice(equals + 1).split(',').map((way) => way.trim().toLowerCase());
    const saidAs = [...new Set(ways)];
    const fault = faultOf(word, saidAs, seen);
    seen.add(word);
    return [{ line: index + 1, word, saidAs, ...(fault ? { fault } : {}) }];
  });
}

function faultOf(word: string, saidAs: string[], seen: ReadonlySet<string>): LineFault | undefined {
  if (!WORD.test(word)) return 'NOT_A_WORD';
  if (saidAs.some((way) => !SAID.test(way))) return 'BAD_SPELLING';
  if (saidAs.length > MOST_WAYS) return 'TOO_MANY_WAYS';
  return seen.has(word) ? 'TWICE' : undefined;
}

export function phraseLines(text: string): PhraseLine[] {
  return text.split('\n').flatMap((line, index) => {
    const words = line.trim().toLowerCase().split(/\s+/);
    const phrase = words.join(' ');
    if (phrase === '') return [];
    const fits = words.length >= PHRASE_WORDS.least && words.length <= PHRASE_WORDS.most && phrase.length <= LONGEST_PHRASE;
    return [{ line: index + 1, phrase, ...(fits ? {} : { fault: 'BAD_PHRASE' as const }) }];
  });
}

/// The words as the box takes them. A weight that a word had stays.
export function ordered(lines: readonly WordLine[], before: OwnWords | undefined): OwnWord[] {
  const weights = new Map(before?.words.map(({ word, weight }) => [word, weight]));
  return lines.map(({ word, saidAs }) => {
    const weight = weights.get(word);
    return { word, ...(saidAs.length ? { saidAs } : {}), ...(weight === undefined ? {} : { weight }) };
  });
}

/// Words as a text to be changed.
export function textOf(words: readonly OwnWord[]): string {
  return words.map(({ word, saidAs }) => (saidAs?.length ? `${word} = ${saidAs.join(', ')}` : word)).join('\n');
}
