import { t } from '../../i18n/i18n.svelte';

/// What a tariff's price is for, in words: a piece, a minute, or so many seconds.
export function perUnit(seconds: number, pieces = 1): string {
  if (pieces > 1) return t('tariff.pieces', { count: pieces });
  if (seconds === 0) return t('tariff.each');
  return seconds === 60 ? t('tariff.minute') : t('tariff.seconds', { count: seconds });
}
