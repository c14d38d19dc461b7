// Prints what a browser loads, compressed, and fails the build when a front end outgrows its limit.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMITS_KB = { box: 140, central: 140, 'central/ask': 40 };
/// The words of a language, of which a browser loads one.
const WORDS = /^(common|box|central)\.(ru|kk|en)-/;
/// The words of screens that are loaded when somebody opens one.
const LATER_WORDS = /^[a-z-]+\.(ru|kk|en)-/;
let tooLarge = false;
for (const [front, limit] of Object.entries(LIMITS_KB)) {
  const directory = join(import.meta.dirname, '..', 'dist', front);
  // What the page names is loaded at once; other screens when somebody opens them.
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  const first = { js: 0, css: 0 };
  let later = 0;
  const words = {};
  for (const name of readdirSync(join(directory, 'assets'))) {
    const kind = name.endsWith('.js') ? 'js' : name.endsWith('.css') ? 'css' : undefined;
    if (!kind) continue;
    const bytes = gzipSync(readFileSync(join(directory, 'assets', name)), { level: 9 }).length;
    const language = WORDS.exec(name)?.[2];
    if (language) words[language] = (words[language] ?? 0) + bytes;
    else if (LATER_WORDS.test(name)) later += bytes;
    else if (page.includes(name)) first[kind] += bytes;
    else later += bytes;
  }
  first.js += Math.max(0, ...Object.values(words));
  const kb = (bytes) => (bytes / 1024).toFixed(1);
  console.log(`${front}: JavaScript ${kb(first.js)} kB, CSS ${kb(first.css)} kB at once, ${kb(later)} kB later (gzip; limit ${limit} kB JavaScript at once with one language)`);
  tooLarge ||= first.js === 0 || first.js > limit * 1024;
}
if (tooLarge) process.exit(1);
