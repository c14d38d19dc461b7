import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { found, linesOf, operationsOf } from '../src/screens/box/programs/description';
import { emptyKey, isComplete, orderOf, scopesOf } from '../src/screens/box/programs/key-draft';

const DOCUMENT = {
  paths: {
    '/things/{id}': {
      get: {
        operationId: 'thing',
        summary: 'One thing.',
        tags: ['things'],
        'x-scope': 'things.read',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: { '200': { description: 'Done.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } }, '404': { $ref: '#/components/responses/No' } },
      },
    },
  },
  components: {
    responses: { No: { description: 'Not there.' } },
    schemas: {
      Thing: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string', description: 'What it is called.' }, parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } }, size: { type: 'integer', minimum: 1, maximum: 9, default: 3 } },
      },
    },
  },
};

describe('the description of the API', () => {
  it('says of each operation what it takes and answers', () => {
    const [thing] = operationsOf(DOCUMENT);
    expect(thing).toMatchObject({ id: 'thing', method: 'GET', path: '/things/{id}', scope: 'things.read', tag: 'things' });
    expect(thing!.parameters[0]).toMatchObject({ name: 'id', kind: 'string (uuid)', required: true });
    expect(thing!.answers.map((answer) => [answer.status, answer.note])).toEqual([['200', 'Done.'], ['404', 'Not there.']]);
    expect(thing!.answers[0]!.lines.map((line) => line.name)).toEqual(['name', 'parts', 'size']);
    expect(thing!.answers[0]!.lines[2]!.note).toBe('1…9, = 3');
  });

  it('ends where a schema holds itself', () => {
    expect(linesOf(DOCUMENT, { $ref: '#/components/schemas/Thing' }).length).toBe(3);
  });

  it('finds operations by words', () => {
    expect(found(operationsOf(DOCUMENT), 'get things.read').length).toBe(1);
    expect(found(operationsOf(DOCUMENT), 'post').length).toBe(0);
  });
});

describe('a key', () => {
  it('is made once it has a name and a right', () => {
    const draft = emptyKey('2026-11-24');
    expect(isComplete(draft)).toBe(false);
    draft.name = ' CRM ';
    draft.scopes = ['balance.read'];
    expect(isComplete(draft)).toBe(true);
    expect(orderOf(draft)).toEqual({ name: 'CRM', scopes: ['balance.read'], requestsPerMinute: 300 });
  });

  it('that orders campaigns needs a whole statement and brings its rights', () => {
    const draft = { ...emptyKey('2026-11-24'), name: 'CRM', ordering: true };
    expect(scopesOf(draft)).toEqual(['contacts.write', 'campaigns.read', 'campaigns.write']);
    expect(isComplete(draft)).toBe(false);
    Object.assign(draft.statement, { origin: 'site', senderName: 'ACME', senderContact: '+77010000000' });
    expect(isComplete(draft)).toBe(false);
    draft.lawful = true;
    expect(isComplete(draft)).toBe(true);
    draft.statement.days = 31;
    expect(isComplete(draft)).toBe(false);
  });
});

it('every scope has words in every language', () => {
  for (const language of ['ru', 'kk', 'en']) {
    const words = JSON.parse(readFileSync(join(import.meta.dirname, `../src/i18n/programs.${language}.json`), 'utf8')) as { programs: { scope: Record<string, string> } };
    expect(Object.keys(words.programs.scope).length).toBe(9);
  }
});
