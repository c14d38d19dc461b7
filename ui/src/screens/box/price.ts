import { t } from '../../i18n/i18n.svelte';

/// What a tariff's price is for, in words: a piece, a minute, or so many seconds.
export function perUnit(seconds: number): string {
  if (seconds === 0) return t('tariff.each');
  return seconds === 60 ? t('tariff.minute') : t('tariff.seconds', { count: seconds });
}
