/// Of what nothing may be deleted on the box, by order of the provider.
import { answer } from '../door';
import { box, type LegalHold } from './door';

/// Those that stand and those that were lifted, the newest first.
export function legalHolds(): Promise<LegalHold[]> {
  return answer(box.GET('/legal-holds'));
}
