import type { Breakdown } from '../../api/box/door';

export type Reason = Breakdown['parts'][number]['reason'];

export type BreakdownTone = 'good' | 'info' | 'neutral' | 'signal' | 'bad';

const TONES: Record<Reason, BreakdownTone> = {
  CALLED: 'good',
  IN_CALL: 'good',
  IN_TURN: 'info',
  PREPARING: 'info',
  CHANNELS_BUSY: 'info',
  RATE: 'info',
  SLOWED: 'signal',
  NOT_STARTED: 'neutral',
  WAITING_TO_RETRY: 'neutral',
  CAP_REACHED: 'neutral',
  NUMBER_RESTING: 'neutral',
  NO_WINDOW: 'neutral',
  WITHDRAWN: 'neutral',
  BLOCKED: 'neutral',
  NO_CONSENT: 'neutral',
  DUPLICATE: 'neutral',
  NOT_CALLED: 'signal',
  PAUSED: 'signal',
  SUSPENDED: 'bad',
  NO_FUNDS: 'bad',
  STORAGE_FULL: 'bad',
  NO_VOICE: 'bad',
  LICENSE: 'bad',
  LEASE_EXPIRED: 'bad',
  RETIRING: 'bad',
  TELEPHONY_DOWN: 'bad',
  CLOCK_UNTRUSTED: 'bad',
  STORE_FAILED: 'bad',
};

/// How much a reason asks for somebody's attention.
export function toneOf(reason: Reason): BreakdownTone {
  return TONES[reason] ?? 'neutral';
}
