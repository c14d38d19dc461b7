/// What a complaint wants of the business, by the rules of the back end.
import type { Complaint } from '../../../api/box/door';
import { t } from '../../../i18n/i18n.svelte';

type Asked = Pick<Complaint, 'standing' | 'evidenceReceived'> & { evidenceDue?: string };

/// `examined`: nothing is asked. `waits`: an answer is wanted until some time; `over`: that is past, and it may be too
/// late. `sent`: there is one, and the provider decides. `done`: he has decided.
export type Answering = 'examined' | 'waits' | 'over' | 'sent' | 'done';

export function answeringOf(complaint: Asked, now: number): Answering {
  if (complaint.standing !== 'PROVISIONAL') return 'done';
  if (complaint.evidenceDue === undefined) return 'examined';
  if (complaint.evidenceReceived) return 'sent';
  return Date.parse(complaint.evidenceDue) > now ? 'waits' : 'over';
}

/// Whether an answer is taken: late ones are too, and more than one.
export function mayBeAnswered(complaint: Asked): boolean {
  return complaint.standing === 'PROVISIONAL' && complaint.evidenceDue !== undefined;
}

/// Whom it came from, as the business sees it.
export function sourceOf({ source }: Pick<Complaint, 'source'>): string {
  return source === 'CUSTOMER' ? t('complaintList.own') : t(`complaint.sources.${source}`);
}
