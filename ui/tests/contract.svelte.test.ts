import { describe, expect, it } from 'vitest';
import type { Benefit } from '../src/api/central/contract';
import type { Account } from '../src/api/central/money';
import { speak } from '../src/i18n/i18n.svelte';
import { benefitState, failure, keyFault, reducedList, termsOf } from '../src/screens/central/account/contract';
import { daysLeft, effectOfPayment, isRunningOut } from '../src/screens/central/money/account-state';

const LIST = '{"version":"v1","lines":[{"service":"CALL_TIME","price":"24.00","unit":"PT1M"},{"service":"SMS_PART","price":"12.00","unit":1}]}';
const TERMS = '{"benefit":"dala-1","prepayment":"100.00","firstDay":"2026-09-01","lastDay":"2026-12-31","lines":[{"service":"SMS_PART","price":"8.00"}]}';

function benefit(more: Partial<Benefit>): Benefit {
  return { id: 'dala-1', terms: TERMS, baseVersion: 'v1', baseList: LIST, grantedAt: '2026-08-01T00:00:00Z', grantedBy: 'x', holds: false, prepaidTiyn: 0, failing: [], restrictions: [], ...more };
}

function account(totalTiyn: number, usualDayTiyn?: number): Account {
  return { id: 'x', name: 'Dala', boxes: 1, wallets: [{ wallet: 'AUTOCALL', freeTiyn: totalTiyn, leasedTiyn: 0, totalTiyn }], topUps: [], ...(usualDayTiyn === undefined ? {} : { usualDayTiyn }) };
}

describe('a number of the state (SH-ACC-01)', () => {
  it('is checked by its last digit, as the server does', () => {
    expect(keyFault('990140000007')).toBeUndefined();
    expect(keyFault('990140000008')).toBe('INVALID_CONTROL_DIGIT');
    expect(keyFault('377835337400')).toBeUndefined();
    expect(keyFault('625851781286')).toBeUndefined();
  });

  it('has twelve digits', () => {
    for (const key of ['', '99014000000', '9901400000071', '99014000000a']) expect(keyFault(key)).toBe('NOT_TWELVE_DIGITS');
  });
});

describe('a benefit tariff (SH-TAR-10)', () => {
  it('is shown as the whole list with its prices', () => {
    expect(JSON.parse(reducedList(LIST, termsOf(TERMS)))).toEqual({
      version: 'dala-1',
      lines: [{ service: 'CALL_TIME', price: '24.00', unit: 'PT1M' }, { service: 'SMS_PART', price: '8.00', unit: 1 }],
    });
  });

  it('is left alone where it cannot be read', () => {
    expect(termsOf('no JSON')).toBeUndefined();
    expect(termsOf('{}')).toBeUndefined();
    expect(reducedList('no JSON', termsOf(TERMS))).toBe('no JSON');
  });

  it('is moved by no payment', () => {
    const published = { version: 'v2', publishedAt: '', list: '' };
    expect(effectOfPayment({ ...account(0), published, pinned: { version: 'v1', since: '', list: '', benefit: false } }, 'AUTOCALL')).toBe('switches');
    expect(effectOfPayment({ ...account(0), published, pinned: { version: 'dala-1', since: '', list: '', benefit: true } }, 'AUTOCALL')).toBe('nothing');
  });

  it('says how it stands', () => {
    expect(benefitState(benefit({}))).toBe('unconfirmed');
    expect(benefitState(benefit({ confirmedAt: '2026-08-02T00:00:00Z' }))).toBe('waits');
    expect(benefitState(benefit({ confirmedAt: '2026-08-02T00:00:00Z', failing: ['PREPAYMENT_MISSING: 0.00 of 100.00 KZT'] }))).toBe('failing');
    expect(benefitState(benefit({ confirmedAt: '2026-08-02T00:00:00Z', holds: true }))).toBe('holds');
    expect(benefitState(benefit({ confirmedAt: '2026-08-02T00:00:00Z', endedAt: '2026-09-02T00:00:00Z', endKind: 'EXIT' }))).toBe('ended');
  });

  it('says in words what is not met', async () => {
    await speak('en');
    expect(failure('VOLUME_BEHIND: SMS_PART 0 of 200')).toBe('The volume is behind: SMS_PART 0 of 200');
    expect(failure('SOMETHING_NEW: 1')).toBe('SOMETHING_NEW');
  });
});

describe('money that runs out (SH-BAL-18)', () => {
  it('is told in usual days', () => {
    expect(daysLeft(account(100_000))).toBeUndefined();
    expect(daysLeft(account(100_000, 30_000))).toBe(3);
    expect(isRunningOut(account(29_999, 30_000))).toBe(true);
    expect(isRunningOut(account(30_000, 30_000))).toBe(false);
    expect(daysLeft(account(-5, 30_000))).toBe(0);
    expect(isRunningOut(account(-5))).toBe(false);
  });
});
