import type { VoiceInstallation } from '../../../api/box/door';
import { codeInWords } from '../../../api/problem';
import { tOr } from '../../../i18n/i18n.svelte';

// Which field or file it is, or what the voice did, only the box's own words say.
const NAMED = new Set(['NOT_A_VOICE', 'TRIAL_FAILED']);

/// Why a voice was not installed. Some codes mean another thing for a voice than for a speech model.
export function whyFailed({ fault, detail }: VoiceInstallation): string {
  if (!fault) return detail ?? '';
  const words = tOr(`voices.fault.${fault}`, codeInWords(fault, detail ?? fault));
  return NAMED.has(fault) && detail && detail !== words ? `${words} ${detail}` : words;
}
