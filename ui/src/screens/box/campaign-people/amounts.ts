import type { RecipientState } from '../../../api/box/campaigns';
import type { Campaign } from '../../../api/box/door';
import { isOver } from '../campaign-state';

export const STATES: RecipientState[] = ['PENDING', 'ACTIVE', 'WAITING', 'CAPPED', 'DONE', 'NOT_CALLED', 'EXCLUDED'];

/// How many are in each state. Everybody is in one, so they add up to all whom the lists hold.
export function amounts({ progress, state }: Pick<Campaign, 'progress' | 'state'>): { sum: number; of: Record<RecipientState, number> } {
  const over = isOver(state);
  const of = {
    PENDING: over ? 0 : progress.pending,
    NOT_CALLED: over ? progress.pending : 0,
    ACTIVE: progress.active,
    WAITING: progress.waiting,
    CAPPED: progress.capped,
    DONE: progress.done,
    EXCLUDED: Object.values(progress.excluded).reduce((sum, one) => sum + one, 0),
  };
  return { sum: Object.values(of).reduce((sum, one) => sum + one, 0), of };
}
