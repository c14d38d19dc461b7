import { describe, expect, it } from 'vitest';
import { parseTenge, tenge, tengeRoughly } from '../src/format/money';
import { bytes, count, percent, phone } from '../src/format/number';
import { ago, briefly, civilDate, clock, date, dateTime, duration, span, today } from '../src/format/time';

const plain = (text: string) => text.replace(/ /g, ' ');

describe('money', () => {
  it('shows tiyn as tenge with a comma and the sign', () => {
    expect(plain(tenge(123_450))).toBe('1 234,50 ₸');
    expect(plain(tenge(5))).toBe('0,05 ₸');
    expect(plain(tenge(-100_000_000))).toBe('−1 000 000,00 ₸');
    expect(plain(tenge(100, 'always'))).toBe('+1,00 ₸');
    expect(plain(tenge(0, 'always'))).toBe('0,00 ₸');
  });

  it('stays exact beyond what a double can hold', () => {
    expect(plain(tenge(9_007_199_254_740_993n))).toBe('90 071 992 547 409,93 ₸');
    expect(tenge(2 ** 53)).toBe('—');
    expect(tenge(undefined)).toBe('—');
  });

  it('rounds half up where only the size matters', () => {
    expect(plain(tengeRoughly(123_450))).toBe('1 235 ₸');
    expect(plain(tengeRoughly(49))).toBe('0 ₸');
    expect(plain(tengeRoughly(-49))).toBe('0 ₸');
  });

  it.each([
    ['1 234,50', 123_450],
    ['1234.5', 123_450],
    ['150 000 ₸', 15_000_000],
    ['0,01', 1],
    ['90071992547409,91', 9_007_199_254_740_991],
  ])('reads %s', (text, tiyn) => expect(parseTenge(text)).toBe(tiyn));

  it.each(['', 'abc', '1,234', '-5', '1.2.3', '1e5', '90071992547409,92', '99999999999999'])('does not read "%s"', (text) => expect(parseTenge(text)).toBeUndefined());
});

describe('numbers', () => {
  it('groups thousands', () => {
    expect(plain(count(1_234_567))).toBe('1 234 567');
    expect(count(999)).toBe('999');
    expect(plain(count(-12_345n))).toBe('−12 345');
  });

  it('never shows something as nothing, nor nearly all as all', () => {
    expect(plain(percent(1, 1000))).toBe('<1 %');
    expect(plain(percent(999, 1000))).toBe('>99 %');
    expect(plain(percent(1000, 1000))).toBe('100 %');
    expect(plain(percent(0, 0))).toBe('0 %');
  });

  it('shows Kazakh numbers in groups and leaves others alone', () => {
    expect(plain(phone('+77012345678'))).toBe('+7 701 234 56 78');
    expect(phone('+442079460018')).toBe('+442079460018');
    expect(phone('100')).toBe('100');
  });

  it('picks the unit of a size', () => {
    expect(bytes(0)).toEqual({ value: '0', unit: 'B' });
    expect(bytes(1536)).toEqual({ value: '1,5', unit: 'KB' });
    expect(bytes(128_849_018_880)).toEqual({ value: '120', unit: 'GB' });
  });
});

describe('time', () => {
  it('is that of Astana, five hours ahead of UTC', () => {
    expect(dateTime('2026-11-24T20:15:02Z')).toBe('25.11.2026, 01:15');
    expect(clock('2026-06-30T19:00:00Z', true)).toBe('00:00:00');
    expect(date('2026-12-31T19:00:00Z')).toBe('01.01.2027');
    expect(civilDate('2026-11-05')).toBe('05.11.2026');
  });

  it('knows which day it is there', () => {
    expect(today(Date.parse('2026-11-24T20:00:00Z'))).toBe('2026-11-25');
    expect(today(Date.parse('2026-12-31T12:00:00Z'), 1)).toBe('2027-01-01');
  });

  it('leaves out what goes without saying', () => {
    const now = Date.parse('2026-11-24T08:00:00Z');
    expect(briefly('2026-11-24T03:00:00Z', now)).toBe('08:00');
    expect(briefly('2026-11-23T03:00:00Z', now)).toBe('23.11, 08:00');
    expect(briefly('2025-11-24T03:00:00Z', now)).toBe('24.11.2025, 08:00');
  });

  it('shows how long', () => {
    expect(duration(7)).toBe('0:07');
    expect(duration(3723.9)).toBe('1:02:03');
    expect(duration(-3)).toBe('0:00');
    expect(span(80)).toEqual({ key: 'span.seconds', count: 80 });
    expect(span(9200)).toEqual({ key: 'span.hours', count: 3 });
  });

  it('shows how long ago, and no future from a clock that runs ahead', () => {
    const now = Date.parse('2026-11-24T08:00:00Z');
    expect(ago('2026-11-24T07:58:00Z', now)).toEqual({ key: 'ago.minutes', count: 2 });
    expect(ago('2026-11-24T08:00:30Z', now)).toEqual({ key: 'ago.now', count: 0 });
  });
});
