const HOUR_MS = 3_600_000;

interface Hour {
  hour: string;
  attempts: number;
  answered: number;
  answeredSeconds: number;
  amountTiyn: number;
  outcomes: Record<string, number>;
}

/// The last `count` hours up to the present one, empty where nothing was reported, oldest first.
export function lastHours(reported: readonly Hour[], count: number, now: number): Hour[] {
  const known = new Map(reported.map((hour) => [Date.parse(hour.hour), hour]));
  const present = Math.floor(now / HOUR_MS) * HOUR_MS;
  return Array.from({ length: count }, (_, i) => {
    const at = present - (count - 1 - i) * HOUR_MS;
    return known.get(at) ?? { hour: new Date(at).toISOString(), attempts: 0, answered: 0, answeredSeconds: 0, amountTiyn: 0, outcomes: {} };
  });
}
