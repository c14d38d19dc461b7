import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, speak, t, tOr } from '../src/i18n/i18n.svelte';

const ROOT = join(import.meta.dirname, '..');
const WORDS = join(ROOT, 'src/i18n');
const NEEDED = { ru: ['one', 'few', 'many', 'other'], kk: ['one', 'other'], en: ['one', 'other'] };
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const words = (file: string, language: string) => flat(JSON.parse(readFileSync(join(file === 'subscriber' ? join(ROOT, 'subscriber') : WORDS, `${file}.${language}.json`), 'utf8')) as Tree);
const bare = (key: string) => key.replace(PLURAL, '');
const places = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort().join();

describe.each(['common', 'box', 'box-later', 'central', 'programs', 'subscriber'])('the words of %s', (file) => {
  it('are there in all languages', () => {
    const [ru, kk, en] = LANGUAGES.map((language) => new Set([...words(file, language).keys()].map(bare)));
    expect([...kk!].sort()).toEqual([...ru!].sort());
    expect([...en!].sort()).toEqual([...ru!].sort());
  });

  it('have all forms of number that their language has', () => {
    for (const language of LANGUAGES) {
      const keys = [...words(file, language).keys()];
      for (const key of new Set(keys.filter((key) => PLURAL.test(key)).map(bare))) {
        expect(keys.filter((other) => bare(other) === key).map((other) => PLURAL.exec(other)![1]), `${key} in ${language}`).toEqual(NEEDED[language]);
      }
    }
  });

  it('name the same values in all languages, and are never empty', () => {
    const ru = words(file, 'ru');
    const byKey = new Map([...ru].map(([key, text]) => [bare(key), places(text)]));
    for (const language of LANGUAGES) {
      for (const [key, text] of words(file, language)) {
        expect(text.trim(), `${key} in ${language}`).not.toBe('');
        expect(places(text), `${key} in ${language}`).toBe(byKey.get(bare(key)));
      }
    }
  });
});

it('are there for every key that a page names', () => {
  const known = { box: new Set<string>(), central: new Set<string>() };
  for (const front of ['box', 'central'] as const) {
    for (const file of ['common', front, ...(front === 'box' ? ['box-later', 'programs'] : [])]) for (const key of words(file, 'ru').keys()) known[front].add(bare(key));
  }
  const missing: string[] = [];
  for (const path of sources(['src', 'box', 'central'])) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    for (const [, key] of text.matchAll(/\bt\(\s*'([\w.]+)'/g)) {
      const fronts = path.includes('central') ? (['central'] as const) : path.includes('box') ? (['box'] as const) : (['box', 'central'] as const);
      for (const front of fronts) if (!known[front].has(key!)) missing.push(`${path}: ${key} (${front})`);
    }
  }
  expect(missing).toEqual([]);
});

it('are loaded at once where a page that is loaded at once names them', () => {
  const known = (...files: string[]) => files.flatMap((file) => [...words(file, 'ru').keys()]);
  const [now, later] = [known('common', 'box'), known('box-later', 'programs')];
  const tooLate: string[] = [];
  const atOnce = loadedAtOnce(join(ROOT, 'box/main.ts'));
  for (const path of atOnce) {
    for (const [, key] of readFileSync(path, 'utf8').matchAll(/\b(?:t|tOr)\(\s*['`](\w+\.[\w.]*)/g)) {
      const names = (one: string) => one.startsWith(key!);
      if (later.some(names) && !now.some(names)) tooLate.push(`${path}: ${key}`);
    }
  }
  expect(atOnce.size).toBeGreaterThan(50);
  expect(tooLate).toEqual([]);
});

describe('plurals', () => {
  it.each([
    [1, '1 звонок'],
    [3, '3 звонка'],
    [5, '5 звонков'],
    [11, '11 звонков'],
    [22, '22 звонка'],
    [101, '101 звонок'],
  ])('of %d in Russian', async (count, text) => {
    await speak('ru');
    expect(t('count.attempts', { count })).toBe(text);
  });

  it('in Kazakh and English', async () => {
    await speak('kk');
    expect(t('count.attempts', { count: 5 })).toBe('5 қоңырау');
    await speak('en');
    expect(t('count.attempts', { count: 1 })).toBe('1 call');
    expect(t('count.attempts', { count: 2 })).toBe('2 calls');
  });
});

it('falls back where a code is unknown', async () => {
  await speak('ru');
  expect(tOr('problem.NEWER_THAN_THIS_PAGE', 'as the back end put it')).toBe('as the back end put it');
});

/// What is fetched with a module: all that it imports by name, and so on.
function loadedAtOnce(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)) {
    const at = ['', '.ts', '.svelte', '.svelte.ts'].map((ending) => resolve(dirname(path), name! + ending)).find((file) => existsSync(file) && /\.(ts|svelte)$/.test(file));
    if (at) loadedAtOnce(at, found);
  }
  return found;
}

function sources(folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => `${folder}/${name}`),
  );
}
