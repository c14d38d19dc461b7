// Takes pictures of pages with the installed Chromium, by its debugging protocol and nothing else.
//   npm run pictures -- DIRECTORY SHOTS.json
// A shot: {"name", "url", "width", "height", "theme", "language", "run" (script before the picture), "wait" (ms), "whole" (the full page)}.
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
  await page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 760 });
  await page('Page.addScriptToEvaluateOnNewDocument', {
    source: `localStorage.setItem('qonyrau.theme', '${shot.theme ?? 'light'}'); localStorage.setItem('qonyrau.language', '${shot.language ?? 'ru'}');`,
  });
  await page('Page.navigate', { url: shot.url });
  await sleep(shot.wait ?? 1500);
  for (const script of [shot.run ?? []].flat()) {
    const { result } = await page('Runtime.evaluate', { expression: `(async () => { const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); ${script} })()`, awaitPromise: true, returnByValue: true });
    if (result?.exceptionDetails) problems.push(`${shot.name}: ${result.exceptionDetails.exception?.description}`);
    else if (result?.result?.value !== undefined) console.log(`${shot.name}: ${JSON.stringify(result.result.value)}`);
    await sleep(400);
  }
  const { result: wide } = await page('Runtime.evaluate', { expression: 'document.documentElement.scrollWidth - innerWidth', returnByValue: true });
  if (wide?.result?.value > 0) problems.push(`${shot.name}: ${wide.result.value} px wider than the window`);
  if (shot.whole) {
    const { result: size } = await page('Page.getLayoutMetrics');
    await page('Emulation.setDeviceMetricsOverride', { width, height: Math.min(6000, Math.ceil(size.cssContentSize.height)), deviceScaleFactor: 1, mobile: width < 760 });
    await sleep(300);
  }
  const { result } = await page('Page.captureScreenshot', { format: 'png' });
  writeFileSync(join(directory, `${shot.name}.png`), Buffer.from(result.data, 'base64'));
  await send('Target.disposeBrowserContext', { browserContextId });
  if (problems.length) console.log(`${shot.name}: ${[...new Set(problems)].join('\n  ')}`);
  problems.length = 0;
}
socket.close();
const ended = new Promise((resolve) => browser.on('exit', resolve));
browser.kill();
await ended;
rmSync(profile, { recursive: true, force: true });
