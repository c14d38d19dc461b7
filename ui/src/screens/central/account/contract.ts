import type { Benefit } from '../../../api/central/contract';
import { t, tOr } from '../../../i18n/i18n.svelte';

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/// What is wrong with a BIN or IIN, as the server says it. The last digit checks the others.
export function keyFault(key: string): 'NOT_TWELVE_DIGITS' | 'INVALID_CONTROL_DIGIT' | undefined {
  if (!/^[0-9]{12}$/.test(key)) return 'NOT_TWELVE_DIGITS';
  const sum = (weights: number[]) => weights.reduce((sum, weight, i) => sum + weight * Number(key[i]), 0) % 11;
  const first = sum(FIRST);
  return (first === 10 ? sum(SECOND) : first) === Number(key[11]) ? undefined : 'INVALID_CONTROL_DIGIT';
}

export interface BenefitTerms {
  benefit: string;
  prepayment: string;
  firstDay: string;
  lastDay: string;
  lines: { service: string; price: string; committed?: string | number }[];
}

/// The terms of a benefit, or nothing if the text is none. What is wrong with it, the server says.
export function termsOf(text: string): BenefitTerms | undefined {
  try {
    const terms = JSON.parse(text) as BenefitTerms;
    return typeof terms.benefit === 'string' && Array.isArray(terms.lines) ? terms : undefined;
  } catch {
    return undefined;
  }
}

/// The list that a benefit makes of its base: the same with reduced prices.
export function reducedList(baseList: string, terms: BenefitTerms | undefined): string {
  try {
    const list = JSON.parse(baseList) as { version: string; lines: { service: string; price: string }[] };
    const price = new Map(terms?.lines.map((line) => [line.service, line.price]));
    return JSON.stringify({ ...list, version: terms?.benefit ?? list.version, lines: list.lines.map((line) => ({ ...line, price: price.get(line.service) ?? line.price })) });
  } catch {
    return baseList;
  }
}

/// How it stands with a benefit.
export function benefitState(benefit: Benefit): 'ended' | 'unconfirmed' | 'holds' | 'failing' | 'waits' {
  if (benefit.endedAt) return 'ended';
  if (!benefit.confirmedAt) return 'unconfirmed';
  if (benefit.holds) return 'holds';
  return benefit.failing.length ? 'failing' : 'waits';
}

/// `PREPAYMENT_MISSING: 0.00 of 100.00 KZT` in words.
export function failure(text: string): string {
  const [code, figures = ''] = text.split(': ', 2) as [string, string?];
  return tOr(`benefit.failure.${code}`, code, { figures: figures.replace(' of ', ` ${t('benefit.of')} `) });
}
