// Takes pictures of pages with the installed Chromium, by its debugging protocol and nothing else.
//   npm run pictures -- DIRECTORY SHOTS.json
// A shot: {"name", "url", "width", "height", "theme", "language", "run" (script before the picture), "wait" (ms), "whole" (the full page)}.
// "steps" is a list of {"name", "run", "wait", "whole"}: further pictures of the same page, one after the other.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [directory, list] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'pictures-'));
const browser = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--autoplay-policy=no-user-gesture-required',
  '--ignore-certificate-errors', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank',
], { stdio: ['ignore', 'ignore', 'pipe'] });

const endpoint = await new Promise((resolve, reject) => {
  let seen = '';
  browser.stderr.on('data', (chunk) => {
    seen += chunk;
    const match = /ws:\/\/\S+/.exec(seen);
    if (match) resolve(match[0]);
  });
  browser.on('exit', () => reject(new Error(`Chromium ended: ${seen}`)));
});

const socket = new WebSocket(endpoint);
await new Promise((resolve) => (socket.onopen = resolve));
let last = 0;
const waiting = new Map();
const problems = [];
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.id) {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  } else if (message.method === 'Runtime.exceptionThrown') {
    problems.push(message.params.exceptionDetails.exception?.description ?? message.params.exceptionDetails.text);
  } else if (message.method === 'Log.entryAdded' && message.params.entry.level === 'error') {
    problems.push(`${message.params.entry.text} ${message.params.entry.url ?? ''}`);
  } else if (message.method === 'Runtime.consoleAPICalled' && ['error', 'warning'].includes(message.params.type)) {
    problems.push(message.params.args.map((arg) => arg.value ?? arg.description).join(' '));
  }
};
const send = (method, params = {}, sessionId) =>
  new Promise((resolve) => {
    const id = ++last;
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, method, params, sessionId }));
  });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const shots = JSON.parse(readFileSync(list, 'utf8'));
for (const shot of shots) {
  const width = shot.width ?? 1360;
  const height = shot.height ?? 900;
  const { result: { browserContextId } } = await send('Target.createBrowserContext');
  const { result: { targetId } } = await send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { result: { sessionId } } = await send('Target.attachToTarget', { targetId, flatten: true });
  const page = (method, params) => send(method, params, sessionId);
  await page('Page.enable');
  await page('Runtime.enable');
  await page('Log.enable');
  await page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 760 });
  await page('Page.addScriptToEvaluateOnNewDocument', {
    source: `localStorage.setItem('qonyrau.theme', '${shot.theme ?? 'light'}'); localStorage.setItem('qonyrau.language', '${shot.language ?? 'ru'}');`,
  });
  await page('Page.navigate', { url: shot.url });
  for (const step of [shot, ...(shot.steps ?? [])]) {
    await sleep(step.wait ?? 1500);
    await take(page, { width, height, ...step });
    if (problems.length) console.log(`${step.name}: ${[...new Set(problems)].join('\n  ')}`);
    problems.length = 0;
  }
  await send('Target.disposeBrowserContext', { browserContextId });
}
socket.close();
const ended = new Promise((resolve) => browser.on('exit', resolve));
browser.kill();
await ended;
rmSync(profile, { recursive: true, force: true });

/// Runs what a step wants to be run and photographs what is there then.
async function take(page, { name, run, whole, width, height }) {
  for (const script of [run ?? []].flat()) {
    const { result } = await page('Runtime.evaluate', { expression: `(async () => { const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); ${script} })()`, awaitPromise: true, returnByValue: true });
    if (result?.exceptionDetails) problems.push(`${name}: ${result.exceptionDetails.exception?.description}`);
    else if (result?.result?.value !== undefined) console.log(`${name}: ${JSON.stringify(result.result.value)}`);
    await sleep(400);
  }
  const { result: wide } = await page('Runtime.evaluate', { expression: 'document.documentElement.scrollWidth - innerWidth', returnByValue: true });
  if (wide?.result?.value > 0) problems.push(`${name}: ${wide.result.value} px wider than the window`);
  if (whole) {
    const { result: size } = await page('Page.getLayoutMetrics');
    await page('Emulation.setDeviceMetricsOverride', { width, height: Math.min(6000, Math.ceil(size.cssContentSize.height)), deviceScaleFactor: 1, mobile: width < 760 });
    await sleep(300);
  }
  const { result } = await page('Page.captureScreenshot', { format: 'png' });
  writeFileSync(join(directory, `${name}.png`), Buffer.from(result.data, 'base64'));
  if (whole) await page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 760 });
}
