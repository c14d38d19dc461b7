import type { CampaignOrder } from '../../../api/box/door';

type Retries = NonNullable<CampaignOrder['retries']>;
export type Reason = Retries['reasons'][number]['reason'];

/// How a contact is called again for one reason, as the form holds it.
export interface RetryDraft {
  on: boolean;
  times: number;
  pauseMinutes: number;
  growing: boolean;
  next: 'SAME' | 'OTHER';
}

export interface RetriesDraft {
  on: boolean;
  mostAttempts: number;
  reasons: Record<Reason, RetryDraft>;
}

/// Those that a person switches on one by one; machines have a choice of their own.
export const REASONS: Exclude<Reason, 'MACHINE'>[] = ['NO_ANSWER', 'BUSY', 'UNREACHABLE', 'REJECTED', 'OPERATOR_FAILURE', 'INVALID_NUMBER'];

/// The box refuses less.
export const LEAST_PAUSE: Record<Reason, number> = { BUSY: 1, NO_ANSWER: 5, UNREACHABLE: 5, REJECTED: 60, OPERATOR_FAILURE: 1, MACHINE: 5, INVALID_NUMBER: 0 };
export const LONGEST_PAUSE = 7 * 24 * 60;

export function emptyRetries(): RetriesDraft {
  return {
    on: false,
    mostAttempts: 4,
    reasons: {
      NO_ANSWER: { on: true, times: 2, pauseMinutes: 60, growing: false, next: 'SAME' },
      BUSY: { on: true, times: 3, pauseMinutes: 15, growing: false, next: 'SAME' },
      UNREACHABLE: { on: true, times: 2, pauseMinutes: 120, growing: false, next: 'SAME' },
      REJECTED: { on: false, times: 1, pauseMinutes: 1440, growing: false, next: 'SAME' },
      OPERATOR_FAILURE: { on: false, times: 2, pauseMinutes: 15, growing: true, next: 'SAME' },
      MACHINE: { on: false, times: 2, pauseMinutes: 120, growing: false, next: 'SAME' },
      // A number that does not exist is called no more.
      INVALID_NUMBER: { on: false, times: 2, pauseMinutes: 0, growing: false, next: 'OTHER' },
    },
  };
}

export function retriesDraftOf(retries: Retries | undefined): RetriesDraft {
  const draft = emptyRetries();
  if (!retries || retries.reasons.length === 0) return draft;
  for (const reason of Object.values(draft.reasons)) reason.on = false;
  for (const { reason, next = 'SAME', ...how } of retries.reasons) draft.reasons[reason] = { on: true, ...how, next };
  draft.on = REASONS.some((reason) => draft.reasons[reason].on);
  if (draft.on) draft.mostAttempts = retries.mostAttempts;
  return draft;
}

/// Undefined if everybody is called once.
export function retriesOf(draft: RetriesDraft, machinesAgain: boolean): Retries | undefined {
  const named: Reason[] = [...(draft.on ? REASONS.filter((reason) => draft.reasons[reason].on) : []), ...(machinesAgain ? (['MACHINE'] as const) : [])];
  if (named.length === 0) return undefined;
  return {
    mostAttempts: draft.on ? draft.mostAttempts : draft.reasons.MACHINE.times + 1,
    reasons: named.map((reason) => {
      const { times, pauseMinutes, growing, next } = draft.reasons[reason];
      return { reason, times, pauseMinutes, growing, next };
    }),
  };
}

const isWhole = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most;

export const timesFit = (retry: RetryDraft) => isWhole(retry.times, 1, 10);
export const pauseFits = (reason: Reason, retry: RetryDraft) => isWhole(retry.pauseMinutes, LEAST_PAUSE[reason], LONGEST_PAUSE);

/// What is missing or out of range, as keys of `editor.missing.*`.
export function retryGaps(draft: RetriesDraft): string[] {
  if (!draft.on) return [];
  const on = REASONS.filter((reason) => draft.reasons[reason].on);
  return [
    ...(on.length === 0 ? ['retryReasons'] : []),
    ...(isWhole(draft.mostAttempts, 2, 20) ? [] : ['retryMost']),
    ...(on.every((reason) => timesFit(draft.reasons[reason])) ? [] : ['retryTimes']),
    ...(on.every((reason) => pauseFits(reason, draft.reasons[reason])) ? [] : ['retryPause']),
  ];
}

export function machineGaps(draft: RetriesDraft): string[] {
  const retry = draft.reasons.MACHINE;
  return [...(timesFit(retry) ? [] : ['retryTimes']), ...(pauseFits('MACHINE', retry) ? [] : ['retryPause'])];
}

/// A pause in its largest whole unit, as a key of `retry.*` and the number that goes with it.
export function pauseInWords(minutes: number): { key: string; number: number } {
  if (minutes % 1440 === 0) return { key: 'retry.inDays', number: minutes / 1440 };
  if (minutes % 60 === 0) return { key: 'retry.inHours', number: minutes / 60 };
  return { key: 'retry.inMinutes', number: minutes };
}
