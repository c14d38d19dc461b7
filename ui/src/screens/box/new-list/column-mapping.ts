import type { ImportOrder, Upload } from '../../../api/box/door';

export type Role = Upload['columns'][number]['role'];

export interface ColumnChoice {
  index: number;
  title: string;
  role: Role;
  variable: string;
}

export type MappingFault =
  | { kind: 'NO_NUMBER' }
  | { kind: 'TOO_MANY_OTHERS' }
  | { kind: 'BAD_VARIABLE'; index: number }
  | { kind: 'SAME_VARIABLE'; index: number };

const LONGEST = 30;
const MOST_OTHERS = 2;
const KEY = /^\p{L}[\p{L}\p{N}_]{0,29}$/u;

/// What the back end proposes, as a form to change.
export function proposed(upload: Upload): ColumnChoice[] {
  return upload.columns.map(({ index, title, role, variable }) => ({ index, title, role, variable: variable ?? variableOf(title, index) }));
}

/// A column gets another role. There is one column of first numbers, so the former one becomes a variable, or changes places with one of other numbers.
export function withRole(columns: readonly ColumnChoice[], index: number, role: Role): ColumnChoice[] {
  return columns.map((column) => {
    if (column.index === index) return { ...column, role };
    if (role === 'NUMBER' && column.role === 'NUMBER') return { ...column, role: othersLeft(columns, index) ? 'OTHER_NUMBER' : 'VARIABLE' };
    return column;
  });
}

/// Whether another column of other numbers fits once this one is none.
function othersLeft(columns: readonly ColumnChoice[], index: number): boolean {
  return columns.some((column) => column.index === index && column.role === 'OTHER_NUMBER') && columns.filter((column) => column.role === 'OTHER_NUMBER').length <= MOST_OTHERS;
}

export function withVariable(columns: readonly ColumnChoice[], index: number, variable: string): ColumnChoice[] {
  return columns.map((column) => (column.index === index ? { ...column, variable } : column));
}

/// Everything that keeps the mapping from being imported.
export function faults(columns: readonly ColumnChoice[]): MappingFault[] {
  const found: MappingFault[] = [];
  if (!columns.some((column) => column.role === 'NUMBER')) found.push({ kind: 'NO_NUMBER' });
  if (columns.filter((column) => column.role === 'OTHER_NUMBER').length > MOST_OTHERS) found.push({ kind: 'TOO_MANY_OTHERS' });
  const seen = new Set<string>();
  for (const { index, role, variable } of columns) {
    if (role !== 'VARIABLE') continue;
    const key = variable.trim();
    if (!KEY.test(key)) found.push({ kind: 'BAD_VARIABLE', index });
    else if (seen.has(key.toLowerCase())) found.push({ kind: 'SAME_VARIABLE', index });
    seen.add(key.toLowerCase());
  }
  return found;
}

/// The mapping in the words of the contract; only variables carry a key.
export function ordered(columns: readonly ColumnChoice[]): ImportOrder['columns'] {
  return columns.map(({ index, role, variable }) => ({ index, role, ...(role === 'VARIABLE' ? { variable: variable.trim() } : {}) }));
}

/// A key made of a title: a letter first, then letters and digits, words joined by `_`.
export function variableOf(title: string, index: number): string {
  const key = title.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^[^\p{L}]+|_+$/gu, '').slice(0, LONGEST);
  return key || `column_${index + 1}`;
}
