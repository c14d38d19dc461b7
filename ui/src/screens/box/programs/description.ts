/// Turns an OpenAPI document into what the page shows of it.

type Node = { [name: string]: unknown };

export interface Line {
  name: string;
  kind: string;
  required: boolean;
  note: string;
  depth: number;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  scope: string | undefined;
  parameters: Line[];
  body: Line[];
  answers: { status: string; note: string; lines: Line[] }[];
}

const DEEPEST = 4;

const node = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});
const text = (value: unknown) => (typeof value === 'string' ? value : '');

function resolved(document: Node, value: unknown): Node {
  const found = node(value);
  const reference = text(found['$ref']);
  if (!reference.startsWith('#/')) return found;
  let target: unknown = document;
  for (const part of reference.slice(2).split('/')) target = node(target)[part];
  return node(target);
}

/// What a value is, in the words of JSON Schema.
export function kindOf(schema: Node): string {
  const type = Array.isArray(schema['type']) ? (schema['type'] as string[]).join(' | ') : text(schema['type']);
  const format = text(schema['format']);
  const values = Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]).join(' | ') : '';
  return values || (format ? `${type} (${format})` : type);
}

function limits(schema: Node): string {
  const parts: string[] = [];
  const between = (least: unknown, most: unknown, unit: string) => {
    if (least !== undefined && most !== undefined) parts.push(`${least}…${most}${unit}`);
    else if (most !== undefined) parts.push(`≤ ${most}${unit}`);
    else if (least !== undefined) parts.push(`≥ ${least}${unit}`);
  };
  between(schema['minimum'], schema['maximum'], '');
  if (schema['default'] !== undefined) parts.push(`= ${String(schema['default'])}`);
  return parts.join(', ');
}

/// The fields of a schema, those of its parts below them.
export function linesOf(document: Node, schema: unknown, depth = 0, seen: unknown[] = []): Line[] {
  const whole = resolved(document, schema);
  const items = whole['items'] ? resolved(document, whole['items']) : undefined;
  const owner = whole['properties'] ? whole : (items ?? whole);
  if (depth > DEEPEST || seen.includes(owner)) return [];
  const fields = node(whole['properties'] ?? items?.['properties']);
  const required = (whole['required'] ?? items?.['required'] ?? []) as string[];
  return Object.entries(fields).flatMap(([name, field]) => {
    const inside = resolved(document, field);
    const parts = inside['items'] ? resolved(document, inside['items']) : undefined;
    const kind = parts && inside['type'] === 'array' ? `${kindOf(parts) || 'object'}[]` : kindOf(inside) || 'object';
    const note = [text(node(field)['description']) || text(inside['description']), limits(inside)].filter((part) => part !== '').join(' ');
    return [{ name, kind, required: required.includes(name), note, depth }, ...linesOf(document, inside, depth + 1, [...seen, owner])];
  });
}

function schemaIn(document: Node, value: unknown): { type: string; schema: unknown } | undefined {
  const [type, media] = Object.entries(node(resolved(document, value)['content']))[0] ?? [];
  return type === undefined ? undefined : { type, schema: node(media)['schema'] };
}

export function operationsOf(document: Node): Operation[] {
  return Object.entries(node(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(node(methods)).map(([method, value]) => {
      const operation = node(value);
      const body = schemaIn(document, operation['requestBody']);
      const lines = body && body.type === 'application/json' ? linesOf(document, body.schema) : [];
      return {
        id: text(operation['operationId']),
        method: method.toUpperCase(),
        path,
        tag: text(((operation['tags'] ?? []) as unknown[])[0]),
        summary: text(operation['summary']),
        description: text(operation['description']).trim(),
        scope: text(operation['x-scope']) || undefined,
        parameters: ((operation['parameters'] ?? []) as unknown[]).map((each) => {
          const parameter = resolved(document, each);
          const schema = resolved(document, parameter['schema']);
          return {
            name: text(parameter['name']),
            kind: `${kindOf(schema)}${parameter['in'] === 'path' ? '' : ' ?'}`,
            required: parameter['required'] === true,
            note: [text(parameter['description']), limits(schema)].filter((part) => part !== '').join(' '),
            depth: 0,
          };
        }),
        body: body && lines.length === 0 ? [{ name: body.type, kind: '', required: true, note: '', depth: 0 }] : lines,
        answers: Object.entries(node(operation['responses'])).map(([status, answer]) => {
          const told = schemaIn(document, answer);
          const good = status.startsWith('2');
          return {
            status,
            note: text(resolved(document, answer)['description']),
            lines: good && told ? linesOf(document, told.schema) : [],
          };
        }),
      };
    }),
  );
}

/// Those operations in which all of these words occur.
export function found(operations: Operation[], wish: string): Operation[] {
  const words = wish.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return operations.filter((operation) => {
    const all = `${operation.method} ${operation.path} ${operation.summary} ${operation.scope ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export const serverOf = (document: Node): string => new URL(text(node(((document['servers'] ?? []) as unknown[])[0])['url']) || '/api', location.origin).pathname;
