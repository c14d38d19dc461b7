import { t } from '../../i18n/i18n.svelte';

/// Under which calls stand that say a code; no campaign has this id.
const CODES = '00000000-0000-0000-0000-00000000c0de';

/// What a page calls the campaign of a call, or what the call is instead.
export function campaignTitle(campaignId: string | undefined, name: string | undefined): string {
  return campaignId === CODES ? t('trial.codes') : (name ?? '');
}

/// Where the campaign is shown; nowhere if it is none.
export function campaignAddress(campaignId: string): string | undefined {
  return campaignId === CODES ? undefined : `#/campaigns/${campaignId}`;
}
