/// The periods that a report is mostly asked for, in days of Astana, both included.
import { today } from '../../../format/time';

export const PRESETS = { today: 1, week: 7, month: 30, quarter: 90 } as const;
export type Preset = keyof typeof PRESETS;
export const LONGEST_DAYS = 366;

export function periodOf(preset: Preset, now: number): { from: string; to: string } {
  return { from: today(now, 1 - PRESETS[preset]), to: today(now) };
}

/// Which of them a period is; none if somebody chose its days.
export function presetOf(period: { from: string; to: string }, now: number): Preset | undefined {
  return (Object.keys(PRESETS) as Preset[]).find((preset) => {
    const { from, to } = periodOf(preset, now);
    return from === period.from && to === period.to;
  });
}

/// All days of a period, in order; none if it is backwards or too long.
export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const last = Date.parse(`${to}T00:00:00Z`);
  const count = (last - first) / 86_400_000 + 1;
  if (!(count >= 1 && count <= LONGEST_DAYS)) return [];
  return Array.from({ length: count }, (_, i) => new Date(first + i * 86_400_000).toISOString().slice(0, 10));
}

/// By how much something has changed, in whole percent; undefined where there is nothing to compare with.
export function change(now: number, before: number): number | undefined {
  return before === 0 ? undefined : Math.round(((now - before) / before) * 100);
}
