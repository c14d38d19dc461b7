import i18next from 'i18next';
import { remembered, remember } from '../state/remembered';

export const LANGUAGES = ['ru', 'kk', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Front = 'box' | 'central';

const files = import.meta.glob<Record<string, unknown>>('./*.json', { import: 'default' });

const shown = $state<{ language: Language; revision: number }>({ language: 'ru', revision: 0 });
let front: Front = 'box';

/// Loads the words of a front end in the remembered language. Await it before mounting anything.
export async function startTalking(of: Front): Promise<void> {
  front = of;
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

/// Switches the language of everything on the page.
export async function speak(language: Language): Promise<void> {
  const parts = await Promise.all([file('common', language), file(front, language)]);
  for (const words of parts) i18next.addResourceBundle(language, 'translation', words, true, true);
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

async function file(name: string, language: Language): Promise<Record<string, unknown>> {
  const load = files[`./${name}.${language}.json`];
  if (!load) throw new Error(`no words in ${language} for ${name}`);
  return load();
}
