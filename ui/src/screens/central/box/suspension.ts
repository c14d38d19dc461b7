import type { Box, SuspensionGround } from '../../../api/central/fleet';
import { t, tOr } from '../../../i18n/i18n.svelte';

export const GROUNDS: SuspensionGround[] = [
  'UNPAID_PLAN', 'BALANCE_EXHAUSTED', 'LIMIT_EXCEEDED', 'DOCUMENTS_MISSING', 'VIOLATION', 'CLIENTS_VIOLATION', 'UNLAWFUL_PURPOSE', 'ABUSE',
  'INTRUSION', 'HARMFUL_ACTIVITY', 'STABILITY_THREAT', 'SECURITY_EMERGENCY', 'THIRD_PARTY_ACCESS', 'REPUTATION', 'CLUB_BREACH',
];

/// What a suspension covers: one module, one trunk, or with neither, everything billable.
export interface Scope {
  module?: string | undefined;
  trunk?: string | undefined;
}

const KNOWN: Record<string, string> = { calls: 'stopsCalls', recording: 'stopsRecording', recognition: 'stopsRecognition' };

/// Names a scope, so that two can be compared.
export function keyOf({ module, trunk }: Scope): string {
  return trunk === undefined ? (module ?? '') : `trunk/${trunk}`;
}

/// What can be suspended on a box.
export function scopesOf(box: Box): Scope[] {
  return [{}, ...(box.license?.modules ?? []).map((module) => ({ module })), ...(box.trunks ?? []).map(({ id }) => ({ trunk: id }))];
}

/// What is suspended, in words.
///
/// @param trunkName what people call the trunk, if it is one
export function suspendedName({ module, trunk }: Scope, trunkName: string | undefined): string {
  if (trunk !== undefined) return t('suspend.trunk', { name: trunkName ?? trunk });
  return module === undefined ? t('suspend.everything') : tOr(`module.${module}`, module);
}

/// What stops when that is suspended.
export function stops(scope: Scope): string {
  if (scope.trunk !== undefined) return t('suspend.stopsTrunk');
  if (scope.module === undefined) return t('suspend.stopsAll');
  return KNOWN[scope.module] ? t(`suspend.${KNOWN[scope.module]}`) : t('suspend.stopsOther', { module: suspendedName(scope, undefined) });
}

/// What goes on all the same.
export function goesOn({ module, trunk }: Scope): string[] {
  if (trunk !== undefined) return [t('suspend.goesOnTrunks'), t('suspend.goesOnAlways')];
  return [...(module === undefined ? [] : [t('suspend.goesOnRest')]), t('suspend.goesOnAlways')];
}
