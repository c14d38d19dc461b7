import type { Box, Command } from '../../../api/central/fleet';

/// What a lease renewal waits for: so much of the target is left, or less.
export const LOW_PERCENT = 30;

/// Whether so little is left that the lease is renewed, if the customer has free money. With nothing to have at once
/// there is nothing that could be low.
export function isLow({ targetTiyn, leftTiyn }: Pick<Box['money'], 'targetTiyn' | 'leftTiyn'>): boolean {
  return targetTiyn > 0 && BigInt(leftTiyn) * 100n <= BigInt(targetTiyn) * BigInt(LOW_PERCENT);
}

/// What a box gets at once when its target becomes this one.
export function getsAtOnce(targetTiyn: number, leftTiyn: number, freeTiyn: number): number {
  if (targetTiyn <= 0 || !isLow({ targetTiyn, leftTiyn })) return 0;
  return Math.max(0, Math.min(targetTiyn - leftTiyn, freeTiyn));
}

/// The state of a command now: what was open when it was fetched may have expired since.
export function stateNow(command: Command, now: number): Command['state'] {
  return command.state === 'OPEN' && Date.parse(command.expires) <= now ? 'UNANSWERED' : command.state;
}
