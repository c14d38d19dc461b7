// Prints what a browser loads, compressed, and fails the build when a front end outgrows its limit.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 140;
/// The words of a language, of which a browser loads one.
const WORDS = /^[a-z]+\.(ru|kk|en)-/;
let tooLarge = false;
for (const front of ['box', 'central']) {
  const directory = join(import.meta.dirname, '..', 'dist', front, 'assets');
  const page = readFileSync(join(directory, '..', 'index.html'), 'utf8');
  const total = { js: 0, css: 0 };
  let later = 0;
  const words = {};
  for (const name of readdirSync(directory)) {
    const kind = name.endsWith('.js') ? 'js' : name.endsWith('.css') ? 'css' : undefined;
    if (!kind) continue;
    const bytes = gzipSync(readFileSync(join(directory, name)), { level: 9 }).length;
    const language = WORDS.exec(name)?.[1];
    // What only one page needs is loaded with that page.
    if (/^programs\./.test(name) || (!language && kind === 'js' && !page.includes(name) && !isNeededBy(page, directory, name))) later += bytes;
    else if (language) words[language] = (words[language] ?? 0) + bytes;
    else total[kind] += bytes;
  }
  total.js += Math.max(...Object.values(words));
  const kb = (bytes) => (bytes / 1024).toFixed(1);
  console.log(`${front}: JavaScript ${kb(total.js)} kB, CSS ${kb(total.css)} kB (gzip; limit ${LIMIT_KB} kB JavaScript with one language); ${kb(later)} kB with single pages`);
  tooLarge ||= total.js > LIMIT_KB * 1024;
}
if (tooLarge) process.exit(1);

/// Whether what the page loads at once imports this, and does not fetch it later.
function isNeededBy(page, directory, name) {
  return readdirSync(directory)
    .filter((other) => other.endsWith('.js') && page.includes(other))
    .some((other) => new RegExp(`from\\s*["'\`]\\./${name.replaceAll('.', '\\.')}["'\`]`).test(readFileSync(join(directory, other), 'utf8')));
}
