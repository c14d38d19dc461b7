import type { SuspensionGround } from '../../../api/central/fleet';
import { t, tOr } from '../../../i18n/i18n.svelte';

export const GROUNDS: SuspensionGround[] = [
  'UNPAID_PLAN', 'BALANCE_EXHAUSTED', 'LIMIT_EXCEEDED', 'DOCUMENTS_MISSING', 'VIOLATION', 'CLIENTS_VIOLATION', 'UNLAWFUL_PURPOSE', 'ABUSE',
  'INTRUSION', 'HARMFUL_ACTIVITY', 'STABILITY_THREAT', 'SECURITY_EMERGENCY', 'THIRD_PARTY_ACCESS', 'REPUTATION', 'CLUB_BREACH',
];

const KNOWN: Record<string, string> = { calls: 'stopsCalls', recording: 'stopsRecording', recognition: 'stopsRecognition' };

/// What is suspended, in words; without a module it is everything.
export function suspendedName(module: string | undefined): string {
  return module === undefined ? t('suspend.everything') : tOr(`module.${module}`, module);
}

/// What stops when a module, or everything, is suspended.
export function stops(module: string | undefined): string {
  if (module === undefined) return t('suspend.stopsAll');
  return KNOWN[module] ? t(`suspend.${KNOWN[module]}`) : t('suspend.stopsOther', { module: suspendedName(module) });
}

/// What goes on all the same.
export function goesOn(module: string | undefined): string[] {
  return [...(module === undefined ? [] : [t('suspend.goesOnRest')]), t('suspend.goesOnAlways')];
}
