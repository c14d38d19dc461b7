import createClient, { type Middleware } from 'openapi-fetch';
import { problemOf } from './problem';

const CHANGES = { 'X-Requested-With': 'qonyrau' };

const marksChanges: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-Requested-With', CHANGES['X-Requested-With']);
    return request;
  },
};

let signedOut: () => void = () => {};

/// Told whenever an answer says that nobody is signed in any more.
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

/// A client of one contract, which knows its paths, parameters and answers by type.
export function door<Paths extends object>() {
  const client = createClient<Paths>({ baseUrl: `${location.origin}/api`, fetch: (request) => globalThis.fetch(request) });
  client.use(marksChanges);
  return client;
}

/// The body of a good answer; anything else is thrown as a problem.
export async function answer<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  throw refusal(response.status, error);
}

/// Sends a file as it is, telling how much of it has left (0 to 1).
export function send<T>(address: string, file: Blob, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api${address}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-Requested-With', CHANGES['X-Requested-With']);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new TypeError('network'));
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(refusal(request.status, body));
    };
    request.send(file);
  });
}

/// Fetches a file and has the browser save it under the name that the back end gives it. Not a plain link, because a
/// refusal should be told and not saved.
export async function save(address: string): Promise<void> {
  const response = await fetch(`/api${address}`);
  if (!response.ok) throw refusal(response.status, parsed(await response.text()));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? '';
  link.click();
  // The browser has begun to save by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/// Posts JSON and gets sound back, as an address that an audio element can play.
export async function sound(address: string, body: unknown): Promise<string> {
  const response = await fetch(`/api${address}`, {
    method: 'POST',
    headers: { ...CHANGES, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw refusal(response.status, parsed(await response.text()));
  return URL.createObjectURL(await response.blob());
}

function refusal(status: number, body: unknown): Error {
  const problem = problemOf(status, typeof body === 'string' ? parsed(body) : body);
  if (status === 401) signedOut();
  return problem;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
