/// Money is an integer number of tiyn, 1/100 of a tenge. Nothing here divides with fractions.

const NBSP = ' ';

/// `1 234,50 ₸`, the same in every language. A number beyond 2^53 cannot be trusted and shows as a dash.
export function tenge(tiyn: number | bigint | undefined, sign: 'auto' | 'always' = 'auto'): string {
  if (tiyn === undefined) return '—';
  if (typeof tiyn === 'number' && !Number.isSafeInteger(tiyn)) return '—';
  const value = BigInt(tiyn);
  const magnitude = value < 0n ? -value : value;
  const whole = grouped(magnitude / 100n);
  const cents = String(magnitude % 100n).padStart(2, '0');
  const mark = value < 0n ? '−' : sign === 'always' && value > 0n ? '+' : '';
  return `${mark}${whole},${cents}${NBSP}₸`;
}

/// The same without tiyn, for places where a person compares sizes: `1 235 ₸`, rounded half up.
export function tengeRoughly(tiyn: number | bigint): string {
  const value = BigInt(tiyn);
  const magnitude = value < 0n ? -value : value;
  const whole = (magnitude + 50n) / 100n;
  return `${value < 0n && whole > 0n ? '−' : ''}${grouped(whole)}${NBSP}₸`;
}

/// Reads what a person typed (`1 234,5`, `1234.50`, `1 000 ₸`) into tiyn, or nothing if it is not an
/// amount with at most two decimals.
export function parseTenge(text: string): number | undefined {
  const clean = text.replace(/[\s  ₸]/g, '').replace(',', '.');
  const match = /^(\d{1,14})(?:\.(\d{1,2}))?$/.exec(clean);
  if (!match) return undefined;
  const tiyn = BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  return tiyn <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(tiyn) : undefined;
}

function grouped(whole: bigint): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, NBSP);
}
