import type { Campaign } from '../../api/box/door';
import type { Tone } from '../../parts/Badge.svelte';

type State = Campaign['state'];

/// So many calls a minute every campaign is promised.
export const FLOOR = 20;

const TONES: Record<State, Tone> = {
  DRAFT: 'neutral',
  CHECKING: 'info',
  HELD: 'signal',
  REJECTED: 'bad',
  READY: 'accent',
  SCHEDULED: 'info',
  RUNNING: 'good',
  PAUSED: 'signal',
  SUSPENDED_FUNDS: 'bad',
  SUSPENDED_ADMIN: 'bad',
  COMPLETED: 'accent',
  CANCELLED: 'neutral',
  EXPIRED_SCHEDULE: 'signal',
};

export function stateTone(state: State): Tone {
  return TONES[state] ?? 'neutral';
}

export function mayStart(state: State): boolean {
  return state === 'DRAFT' || state === 'READY';
}

export function mayEdit(state: State): boolean {
  return state === 'DRAFT' || state === 'REJECTED';
}

export function mayPause(state: State): boolean {
  return state === 'RUNNING' || state === 'SCHEDULED';
}

export function mayResume(state: State): boolean {
  return state === 'PAUSED' || state === 'SUSPENDED_FUNDS';
}

export function mayCancel(state: State): boolean {
  return mayPause(state) || mayResume(state) || state === 'SUSPENDED_ADMIN' || state === 'HELD' || state === 'READY';
}

export function isOver(state: State): boolean {
  return state === 'COMPLETED' || state === 'CANCELLED' || state === 'EXPIRED_SCHEDULE';
}

/// The campaign with what changed laid over it; an event about another campaign changes nothing.
export function withNews(campaign: Campaign, news: Campaign): Campaign {
  return campaign.id === news.id ? { ...campaign, ...news } : campaign;
}

/// Reasons that need nobody's attention: calls are made, about to be, or there is nothing left to do.
const HARMLESS = new Set(['DIALING', 'NOT_STARTED', 'PREPARING', 'CHANNELS_BUSY', 'RATE', 'SLOWED', 'FINISHING', 'ALL_DONE', 'CANCELLED', 'EXPIRED_SCHEDULE', 'PAUSED']);

/// Whether a campaign that should be dialling is not, for a reason that a person wants to know.
export function isHindered(campaign: Campaign): boolean {
  return campaign.stateReason !== undefined && !HARMLESS.has(campaign.stateReason);
}
