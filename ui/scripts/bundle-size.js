// Prints what a browser loads, compressed, and fails the build when a front end outgrows its limit.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 160;
let tooLarge = false;
for (const front of ['box', 'central']) {
  const directory = join(import.meta.dirname, '..', 'dist', front, 'assets');
  const total = { js: 0, css: 0 };
  for (const name of readdirSync(directory)) {
    const kind = name.endsWith('.js') ? 'js' : name.endsWith('.css') ? 'css' : undefined;
    if (kind) total[kind] += gzipSync(readFileSync(join(directory, name)), { level: 9 }).length;
  }
  const kb = (bytes) => (bytes / 1024).toFixed(1);
  console.log(`${front}: JavaScript ${kb(total.js)} kB, CSS ${kb(total.css)} kB (gzip; limit ${LIMIT_KB} kB JavaScript)`);
  tooLarge ||= total.js > LIMIT_KB * 1024;
}
if (tooLarge) process.exit(1);
