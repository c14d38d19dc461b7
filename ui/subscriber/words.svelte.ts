/// The words of the page: all three languages at once, since they are few and the page is to need nothing else.
import { remember, remembered } from '../src/state/remembered';
import en from './subscriber.en.json';
import kk from './subscriber.kk.json';
import ru from './subscriber.ru.json';

const ALL = { kk, ru, en };
export type Language = keyof typeof ALL;
export type Word = keyof typeof ru;
export const LANGUAGES = Object.keys(ALL) as Language[];

const isOurs = (code: string | undefined): code is Language => code !== undefined && code in ALL;
const shown = $state<{ language: Language }>({ language: first() });

/// What was chosen before, else what the browser speaks, else Russian.
function first(): Language {
  const wish = remembered('language');
  if (isOurs(wish)) return wish;
  return (typeof navigator === 'undefined' ? [] : navigator.languages).map((one) => one.slice(0, 2)).find(isOurs) ?? 'ru';
}

export function language(): Language {
  return shown.language;
}

export function speak(language: Language): void {
  shown.language = language;
  remember('language', language);
}

/// The words for a key, with `{{names}}` filled in.
export function say(word: Word, values: Record<string, string> = {}): string {
  return ALL[shown.language][word].replace(/{{(\w+)}}/g, (_, name: string) => values[name] ?? '');
}

/// Whether there are words for a code of the back end.
export function isWord(word: string): word is Word {
  return word in ru;
}
