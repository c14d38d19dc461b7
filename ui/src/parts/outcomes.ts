/// The outcomes of a call in the order in which charts stack them, and the token of each one's colour.
export const OUTCOMES = [
  'ANSWERED',
  'NO_ANSWER',
  'BUSY',
  'REJECTED',
  'UNREACHABLE',
  'INVALID_NUMBER',
  'OPERATOR_FAILURE',
  'CUSTOMER_ABORT',
  'PLATFORM_FAULT',
] as const;

export function outcomeColour(outcome: string): string {
  return (OUTCOMES as readonly string[]).includes(outcome)
    ? `var(--o-${outcome.toLowerCase().replaceAll('_', '-')})`
    : 'var(--line-strong)';
}

/// Outcomes with their counts, known ones in chart order, unknown ones last, empty ones left out.
export function inOrder(outcomes: Record<string, number>): { outcome: string; count: number }[] {
  const known = OUTCOMES as readonly string[];
  return Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => rank(known, a) - rank(known, b))
    .map(([outcome, count]) => ({ outcome, count }));
}

function rank(known: readonly string[], outcome: string): number {
  const at = known.indexOf(outcome);
  return at < 0 ? known.length : at;
}
