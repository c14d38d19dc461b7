import type { Box, BoxState } from '../../api/central/fleet';
import type { Tone } from '../../parts/Badge.svelte';

export const STATES: BoxState[] = ['ONLINE', 'OFFLINE', 'NEVER_SEEN', 'REVOKED'];

export function boxTone(state: BoxState): Tone {
  return ({ ONLINE: 'good', OFFLINE: 'bad', NEVER_SEEN: 'neutral', REVOKED: 'signal' } as const)[state];
}

const DAY = 86_400_000;

/// So many calls a minute every campaign is promised.
export const FLOOR = 20;

/// What a person should look at on a box, as keys of `health.*`, worst first.
export function worries(box: Box, now: number): string[] {
  const found: string[] = [];
  if (box.state === 'REVOKED' || box.state === 'NEVER_SEEN') return found;
  if (box.state === 'OFFLINE') found.push('offline');
  if (box.state === 'ONLINE' && box.trunkReachable === false) found.push('trunk');
  if (box.license && Date.parse(box.license.expires) < now) found.push('licenseOver');
  else if (box.license && Date.parse(box.license.expires) - now < 14 * DAY) found.push('licenseSoon');
  if (box.certificateExpires && Date.parse(box.certificateExpires) - now < 30 * DAY) found.push('certificateSoon');
  if ((box.diskUsedPercent ?? 0) >= 90) found.push('disk');
  if ((box.outboxDepth ?? 0) >= 500) found.push('outbox');
  return found;
}

/// Alarms of a box that say the same as one of its worries.
const SAME: Record<string, string> = { TRUNK_LOST: 'trunk', DISK_FULL: 'disk', DISK_FILLING: 'disk' };

/// Its alarms that no worry says already.
export function otherAlarms(box: Box, now: number): string[] {
  const told = worries(box, now);
  return (box.alarms ?? []).filter((alarm) => !told.includes(SAME[alarm] ?? ''));
}
