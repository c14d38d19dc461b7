/// Who did something, in words where it was no person: people are known by their logins.
import { t } from '../../i18n/i18n.svelte';

export function whom(by: string): string {
  if (by === 'system') return t('campaign.bySystem');
  return by === 'call-back line' ? t('callBacks.line') : by;
}
