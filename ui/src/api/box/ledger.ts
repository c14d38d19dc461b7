import { answer } from '../door';
import { box, type Balance, type Movement, type Tariff, type Verification } from './door';

export function balance(): Promise<Balance> {
  return answer(box.GET('/ledger/balance'));
}

/// Movements before a row, newest first; without `before`, the newest.
export function statement(size: number, before?: number): Promise<Movement[]> {
  return answer(box.GET('/ledger/statement', { params: { query: { size, ...(before ? { before } : {}) } } }));
}

export function verifyLedger(): Promise<Verification> {
  return answer(box.GET('/ledger/verification'));
}

export function tariff(): Promise<Tariff> {
  return answer(box.GET('/tariff'));
}
