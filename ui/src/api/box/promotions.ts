import { answer } from '../door';
import { box, type Promotion } from './door';

/// Which recordings the provider publishes, the newest consent first: all, or that of one call.
export function promotions(callId?: string): Promise<Promotion[]> {
  return answer(box.GET('/promotions', { params: { query: callId ? { callId } : {} } }));
}

/// Withdraws the consent. There is no way back.
export function withdraw(promotionId: string): Promise<Promotion> {
  return answer(box.POST('/promotions/{promotionId}/withdrawal', { params: { path: { promotionId } } }));
}
