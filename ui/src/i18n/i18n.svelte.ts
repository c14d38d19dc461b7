import i18next from 'i18next';
import { remembered, remember } from '../state/remembered';

export const LANGUAGES = ['ru', 'kk', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/// Where the words are: for each file, `…/box.ru.json`, a function that loads it.
export type WordFiles = Record<string, () => Promise<Record<string, unknown>>>;

const shown = $state<{ language: Language; revision: number }>({ language: 'ru', revision: 0 });
let files: WordFiles = {};
let later: WordFiles = {};

/// Loads the words of a front end in the remembered language. Await it before mounting anything.
///
/// `forLater` are the words of screens that are fetched when somebody opens one: see `knowAllWords`.
export async function startTalking(from: WordFiles, forLater: WordFiles = {}): Promise<void> {
  files = from;
  later = forLater;
  await i18next.init({
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  const wish = remembered('language');
  await speak(LANGUAGES.find((language) => language === wish) ?? 'ru');
}

/// Loads the words that were left for later, the first time that a screen needs them.
export async function knowAllWords(): Promise<void> {
  const more = later;
  if (Object.keys(more).length === 0) return;
  files = { ...files, ...more }; // First, for somebody who switches the language meanwhile.
  await learn(more, shown.language);
  later = {};
  shown.revision++;
}

async function learn(from: WordFiles, language: Language): Promise<void> {
  const wanted = Object.keys(from).filter((name) => name.endsWith(`.${language}.json`));
  const parts = await Promise.all(wanted.map((name) => from[name]!()));
  for (const words of parts) i18next.addResourceBundle(language, 'translation', words, true, true);
}

/// Switches the language of everything on the page.
export async function speak(language: Language): Promise<void> {
  await learn(files, language);
  await i18next.changeLanguage(language);
  remember('language', language);
  if (typeof document !== 'undefined') document.documentElement.lang = language;
  shown.language = language;
  shown.revision++;
}

export function language(): Language {
  return shown.language;
}

/// The words for a key; `count` chooses the plural. Reading it in a component re-renders on a switch.
export function t(key: string, values?: Record<string, unknown>): string {
  void shown.revision;
  return i18next.t(key, values ?? {});
}

/// The words for a key that may be unknown here, for example a code from a newer back end.
export function tOr(key: string, otherwise: string, values?: Record<string, unknown>): string {
  void shown.revision;
  return i18next.exists(key) ? i18next.t(key, values ?? {}) : otherwise;
}
