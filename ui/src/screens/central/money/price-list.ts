import { t, tOr } from '../../../i18n/i18n.svelte';

/// The price of one service. Prices are exact: whole numbers of 1/10,000 KZT and of tiyn.
export interface PriceLine {
  service: string;
  price: bigint;
  unitMillis: number;
  stepMillis: number;
  minimumTiyn: bigint;
}

export interface PriceList {
  version: string;
  lines: PriceLine[];
}

/// What became of a service from one list to the other. `other` is neither dearer nor cheaper for everybody.
export type Change = 'same' | 'dearer' | 'cheaper' | 'other' | 'added' | 'removed';

export interface Difference {
  service: string;
  before?: PriceLine;
  after?: PriceLine;
  change: Change;
}

/// Reads the JSON text of a price list, or nothing if it is none. What is wrong with it, the back end says.
export function priceListOf(text: string): PriceList | undefined {
  try {
    const { version, lines } = JSON.parse(text) as { version: unknown; lines: unknown };
    if (typeof version !== 'string' || !Array.isArray(lines)) return undefined;
    const read = lines.map(lineOf);
    return read.every((line) => line !== undefined) ? { version, lines: read } : undefined;
  } catch {
    return undefined;
  }
}

/// Line by line, in the order of the new list; what it has no more comes last.
export function differences(before: PriceList | undefined, after: PriceList): Difference[] {
  const old = new Map(before?.lines.map((line) => [line.service, line]));
  const found = after.lines.map((line): Difference => {
    const was = old.get(line.service);
    old.delete(line.service);
    return was ? { service: line.service, before: was, after: line, change: changed(was, line) } : { service: line.service, after: line, change: 'added' };
  });
  return [...found, ...[...old.values()].map((line): Difference => ({ service: line.service, before: line, change: 'removed' }))];
}

/// `24 ₸/min, step 1 s, at least 12,00 ₸` in the person's language.
export function inWords(line: PriceLine): string {
  const parts = [`${price(line.price)} ₸/${unit(line.unitMillis)}`, t('price.step', { step: length(line.stepMillis) })];
  if (line.minimumTiyn > 0n) parts.push(t('price.minimum', { sum: price(line.minimumTiyn * 100n) }));
  return parts.join(', ');
}

export function serviceName(code: string): string {
  return tOr(`service.${code}`, code);
}

function changed(before: PriceLine, after: PriceLine): Change {
  // Per time: a minute at 24 is an hour at 1440.
  const price = compare(after.price * BigInt(before.unitMillis), before.price * BigInt(after.unitMillis));
  const minimum = compare(after.minimumTiyn, before.minimumTiyn);
  const step = after.stepMillis - before.stepMillis;
  if (price === 0 && minimum === 0 && step === 0) return 'same';
  // Only a step that contains the other one rounds up to more, or to the same, always.
  const longer = after.stepMillis % before.stepMillis === 0;
  const shorter = before.stepMillis % after.stepMillis === 0;
  if (price >= 0 && minimum >= 0 && longer) return 'dearer';
  if (price <= 0 && minimum <= 0 && shorter) return 'cheaper';
  return 'other';
}

function lineOf(given: unknown): PriceLine | undefined {
  const line = given as Record<string, unknown> | null;
  const unitMillis = millis(line?.['unit']);
  const stepMillis = millis(line?.['step']);
  const price = decimal(line?.['price'], 4);
  const minimumTiyn = decimal(line?.['minimum'] ?? '0', 2);
  if (typeof line?.['service'] !== 'string' || !unitMillis || !stepMillis || price === undefined || minimumTiyn === undefined) return undefined;
  return { service: line['service'], price, unitMillis, stepMillis, minimumTiyn };
}

/// A decimal as a whole number of its smallest part.
function decimal(text: unknown, places: number): bigint | undefined {
  const match = typeof text === 'string' ? /^(\d{1,12})(?:\.(\d+))?$/.exec(text) : null;
  if (!match || (match[2] ?? '').length > places) return undefined;
  return BigInt(match[1]! + (match[2] ?? '').padEnd(places, '0'));
}

/// An ISO 8601 duration of hours, minutes and seconds, or one day.
function millis(text: unknown): number | undefined {
  const match = typeof text === 'string' ? /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?)?$/.exec(text) : null;
  if (!match) return undefined;
  const [d, h, m, s] = match.slice(1, 5).map((part) => Number(part ?? 0)) as [number, number, number, number];
  return (((d * 24 + h) * 60 + m) * 60 + s) * 1000 + Number((match[5] ?? '').padEnd(3, '0'));
}

const UNITS: [number, string][] = [[3_600_000, 'h'], [60_000, 'min'], [1000, 's'], [1, 'ms']];

function length(millis: number): string {
  const [size, name] = UNITS.find(([size]) => millis % size === 0)!;
  return `${millis / size} ${t(`price.${name}`)}`;
}

function unit(millis: number): string {
  const whole = UNITS.find(([size]) => size === millis);
  return whole ? t(`price.${whole[1]}`) : length(millis);
}

/// Without zeros that say nothing: `24`, `1,1111`.
function price(tenThousandths: bigint): string {
  const cents = String(tenThousandths % 10_000n).padStart(4, '0').replace(/0+$/, '');
  return `${tenThousandths / 10_000n}${cents ? `,${cents.padEnd(2, '0')}` : ''}`;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
