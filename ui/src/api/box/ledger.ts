import { answer, save } from '../door';
import { box, type Balance, type Movement, type StatementPage, type Tariff, type Verification } from './door';

/// What a statement is asked for; days are Astana's, as `2026-11-24`.
export interface StatementFilter {
  from?: string | undefined;
  to?: string | undefined;
  kind?: Movement['kind'] | undefined;
  campaignId?: string | undefined;
  text?: string | undefined;
  reservations?: boolean | undefined;
}

export function balance(): Promise<Balance> {
  return answer(box.GET('/ledger/balance'));
}

/// Movements before a row, newest first; without `before`, the newest.
export function statement(filter: StatementFilter, before: number | undefined, size: number): Promise<StatementPage> {
  return answer(box.GET('/ledger/statement', { params: { query: { ...given(filter), size, ...(before ? { before } : {}) } } }));
}

export function saveStatement(filter: StatementFilter, format: 'CSV' | 'XLSX', language: string): Promise<void> {
  const query = new URLSearchParams({ format, language });
  for (const [name, value] of Object.entries(given(filter))) query.set(name, String(value));
  return save(`/ledger/statement/file?${query}`);
}

export function verifyLedger(): Promise<Verification> {
  return answer(box.GET('/ledger/verification'));
}

export function tariff(): Promise<Tariff> {
  return answer(box.GET('/tariff'));
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function given(filter: StatementFilter): Given<StatementFilter> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as Given<StatementFilter>;
}
