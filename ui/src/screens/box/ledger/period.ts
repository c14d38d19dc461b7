/// The periods that a statement is mostly asked for, in days of Astana.
import { civil, today } from '../../../format/time';

export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

export const PRESETS = ['always', 'today', 'month', 'lastMonth'] as const;
export type Preset = (typeof PRESETS)[number];

export function periodOf(preset: Preset, now: number): Period {
  const { year, month } = civil(now);
  switch (preset) {
    case 'always':
      return {};
    case 'today':
      return { from: today(now), to: today(now) };
    case 'month':
      return monthOf(Number(year), Number(month));
    case 'lastMonth':
      return month === '01' ? monthOf(Number(year) - 1, 12) : monthOf(Number(year), Number(month) - 1);
  }
}

/// Which of them a period is; none if somebody chose its days.
export function presetOf(period: Period, now: number): Preset | undefined {
  return PRESETS.find((preset) => {
    const { from, to } = periodOf(preset, now);
    return from === period.from && to === period.to;
  });
}

function monthOf(year: number, month: number): Period {
  // Day 0 of the month after is the last day of this one, whatever the zone of the computer.
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const start = `${year}-${String(month).padStart(2, '0')}`;
  return { from: `${start}-01`, to: `${start}-${last}` };
}
