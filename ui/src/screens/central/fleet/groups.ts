import type { Box } from '../../../api/central/fleet';
import { worries } from '../box-state';
import { isLow } from '../box/lease';

export interface Sums {
  boxes: number;
  online: number;
  /// Boxes with something to look at.
  troubled: number;
  activeCalls: number;
  channels: number;
  leftTiyn: number;
}

export interface Site {
  name: string;
  boxes: Box[];
  sums: Sums;
}

export interface Organisation {
  id: string;
  name: string;
  sites: Site[];
  sums: Sums;
}

export type MoneyFilter = 'low' | 'debt';

export interface Wanted {
  money?: MoneyFilter | undefined;
  /// With an alarm of their own.
  alarm?: boolean;
  /// Whose book does not agree with ours.
  mismatch?: boolean;
}

export const MISMATCH = 'LEDGER_MISMATCH';

/// Boxes whose book does not agree with central's, and nobody has accepted that.
export function mismatched(boxes: readonly Box[]): Set<string> {
  return new Set(boxes.filter((box) => box.booksDisagree).map((box) => box.id));
}

export function chosen(boxes: readonly Box[], wanted: Wanted, mismatches: ReadonlySet<string>): Box[] {
  return boxes.filter(
    (box) =>
      (wanted.money !== 'debt' || box.money.leftTiyn < 0) &&
      (wanted.money !== 'low' || isLow(box.money)) &&
      (!wanted.alarm || (box.alarms ?? []).length > 0) &&
      (!wanted.mismatch || mismatches.has(box.id)),
  );
}

/// By organisation and by site, each by name.
export function grouped(boxes: readonly Box[], now: number): Organisation[] {
  return [...by(boxes, (box) => box.organisationId)]
    .map(([id, its]) => ({
      id,
      name: its[0]!.organisation,
      sites: [...by(its, (box) => box.site)].map(([name, boxes]) => ({ name, boxes, sums: summed(boxes, now) })).sort(byName),
      sums: summed(its, now),
    }))
    .sort(byName);
}

export function summed(boxes: readonly Box[], now: number): Sums {
  const sums: Sums = { boxes: boxes.length, online: 0, troubled: 0, activeCalls: 0, channels: 0, leftTiyn: 0 };
  for (const box of boxes) {
    if (box.state === 'ONLINE') sums.online++;
    if (worries(box, now).length > 0 || (box.alarms ?? []).length > 0) sums.troubled++;
    sums.activeCalls += box.activeCalls ?? 0;
    sums.channels += box.channelLimit ?? 0;
    sums.leftTiyn += box.money.leftTiyn;
  }
  return sums;
}

function by<T>(things: readonly T[], key: (thing: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const thing of things) found.set(key(thing), [...(found.get(key(thing)) ?? []), thing]);
  return found;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'ru');
}
