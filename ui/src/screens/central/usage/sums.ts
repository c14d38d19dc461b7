import type { HourOfUsage } from '../../../api/central/fleet';

/// All hours as one.
export function summed(hours: readonly HourOfUsage[]): Omit<HourOfUsage, 'hour'> {
  const outcomes: Record<string, number> = {};
  const sum = { attempts: 0, answered: 0, answeredSeconds: 0, amountTiyn: 0 };
  for (const hour of hours) {
    sum.attempts += hour.attempts;
    sum.answered += hour.answered;
    sum.answeredSeconds += hour.answeredSeconds;
    sum.amountTiyn += hour.amountTiyn;
    for (const [outcome, count] of Object.entries(hour.outcomes)) outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
  }
  return { ...sum, outcomes };
}
