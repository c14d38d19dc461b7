import { afterEach, describe, expect, it, vi } from 'vitest';
import { calls } from '../src/api/box/calls';
import { command } from '../src/api/box/campaigns';
import { deleteList } from '../src/api/box/lists';
import { onSignedOut } from '../src/api/door';
import { asProblem, explain, ProblemError, problemOf } from '../src/api/problem';
import { speak } from '../src/i18n/i18n.svelte';

function backEnd(status: number, body: unknown, type = 'application/json') {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request);
    return Promise.resolve(new Response(body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'Content-Type': type } }));
  });
  return asked;
}

afterEach(() => {
  onSignedOut(() => {});
  vi.unstubAllGlobals();
});

describe('the door', () => {
  it('marks what changes something, and only that', async () => {
    const asked = backEnd(200, { total: 0, items: [] });
    await calls({ outcome: 'BUSY' }, 2, 50);
    expect(new URL(asked[0]!.url).pathname + new URL(asked[0]!.url).search).toBe('/api/calls?outcome=BUSY&page=2&size=50');
    expect(asked[0]!.headers.has('X-Requested-With')).toBe(false);
    await command('00000000-0000-4000-8000-000000000001', 'pause');
    expect(asked[1]!.method).toBe('POST');
    expect(asked[1]!.headers.get('X-Requested-With')).toBe('qonyrau');
    expect(new URL(asked[1]!.url).pathname).toBe('/api/campaigns/00000000-0000-4000-8000-000000000001/pause');
  });

  it('takes an answer without a body for a good one', async () => {
    backEnd(204, undefined);
    await expect(deleteList('x')).resolves.toBeUndefined();
  });

  it('throws the problem of a refusal', async () => {
    backEnd(409, { status: 409, code: 'LIST_IN_USE', detail: 'in use' }, 'application/problem+json');
    await expect(deleteList('x')).rejects.toMatchObject({ problem: { status: 409, code: 'LIST_IN_USE' } });
  });

  it('makes a problem of an error page of a proxy', async () => {
    backEnd(502, '<html>Bad gateway</html>', 'text/html');
    await expect(calls({}, 0, 1)).rejects.toMatchObject({ problem: { status: 502, code: 'HTTP_502' } });
  });

  it('says so when nobody is signed in any more', async () => {
    const signedOut = vi.fn();
    onSignedOut(signedOut);
    backEnd(401, { status: 401, code: 'NOT_SIGNED_IN', detail: '' }, 'application/problem+json');
    await expect(calls({}, 0, 1)).rejects.toBeInstanceOf(ProblemError);
    expect(signedOut).toHaveBeenCalledOnce();
  });
});

describe('problems', () => {
  it('are told in the language of the page, with the fields', async () => {
    await speak('ru');
    const problem = problemOf(400, { code: 'INVALID_REQUEST', detail: 'x', errors: [{ field: 'order.name', code: 'TOO_SHORT', detail: 'y' }] });
    expect(explain(problem)).toBe('Проверьте поля. Название: Слишком коротко.');
    expect(problem.field('name')).toBe('Слишком коротко.');
    expect(problem.field('text')).toBeUndefined();
  });

  it('fall back to the detail, and to the code', () => {
    expect(explain(problemOf(422, { code: 'SOMETHING_NEW', detail: 'Something new.' }))).toBe('Something new.');
    expect(explain(problemOf(418, null))).toBe('HTTP_418');
  });

  it('tell a dead line from a bug', () => {
    expect(asProblem(new TypeError('Failed to fetch')).problem.code).toBe('NETWORK');
    expect(asProblem(new TypeError('x is not a function')).problem.code).toBe('UNEXPECTED');
    expect(asProblem('thrown text').problem.detail).toBe('thrown text');
  });
});
