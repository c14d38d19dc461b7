/// What a notice says. A code that these pages do not know is shown as it is: central may be newer than the box.
import type { Notice } from '../../../api/box/door';
import { tenge } from '../../../format/money';
import { dateTime } from '../../../format/time';
import { t } from '../../../i18n/i18n.svelte';

export type NoticeTone = 'info' | 'good' | 'signal' | 'bad';

const TONES: Record<string, NoticeTone> = {
  BALANCE_LOW: 'signal',
  BALANCE_BELOW_DAY: 'signal',
  PAYMENT_CREDITED: 'good',
  WELCOME_BONUS_CREDITED: 'good',
  WELCOME_BONUS_LAPSES: 'signal',
  WELCOME_BONUS_VOIDED: 'bad',
  BENEFIT_AT_RISK: 'signal',
  BENEFIT_ENDED: 'info',
  PLAN_ENDS: 'signal',
  PLAN_ENDED: 'bad',
  DEMAND_SUSPEND: 'bad',
  DEMAND_CLOSE: 'bad',
  ACCOUNT_CLOSED: 'bad',
  TRUNK_SUSPENDED: 'bad',
  TRUNK_RESTORED: 'good',
  SERVICE_SUSPENDED: 'bad',
  SERVICE_RESTORED: 'good',
  API_KEY_FROZEN: 'bad',
  COMPLAINT_RECEIVED: 'signal',
  EVIDENCE_ASKED: 'signal',
  COMPLAINT_CONFIRMED: 'bad',
  COMPLAINT_REJECTED: 'good',
  BLOCK_LIFTED: 'good',
};

const OF_COMPLAINTS = new Set(['COMPLAINT_RECEIVED', 'EVIDENCE_ASKED', 'COMPLAINT_CONFIRMED', 'COMPLAINT_REJECTED', 'BLOCK_LIFTED']);

export function toneOf(notice: Notice): NoticeTone {
  return Object.hasOwn(TONES, notice.code) ? TONES[notice.code]! : 'info';
}

/// Whether it warns that money runs low.
export function isLowBalance(notice: Notice): boolean {
  return notice.code === 'BALANCE_LOW' || notice.code === 'BALANCE_BELOW_DAY';
}

/// Whether it is about a complaint, whose page says more. Those that are decided are no longer among the open ones.
export function complaintsOf(notice: Notice): string | undefined {
  if (!OF_COMPLAINTS.has(notice.code)) return undefined;
  return notice.code === 'COMPLAINT_RECEIVED' || notice.code === 'EVIDENCE_ASKED' ? '#/complaints' : '#/complaints?show=all';
}

export function sentenceOf(notice: Notice): string {
  const values = { amount: tenge(notice.amountTiyn), until: notice.until ? dateTime(notice.until) : '—', subject: notice.subject ?? '—' };
  if (Object.hasOwn(TONES, notice.code)) return t(`notices.says.${notice.code}`, values);
  const figures = [notice.amountTiyn === undefined ? '' : values.amount, notice.until ? t('notices.until', values) : '', notice.subject ?? ''].filter(Boolean).join(', ');
  const general = t('notices.unknown', { code: notice.code });
  return figures ? `${general} ${figures}` : general;
}
