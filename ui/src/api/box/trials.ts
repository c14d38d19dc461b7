import { answer } from '../door';
import { box } from './door';
import type { components } from '../../generated/box';

type Schemas = components['schemas'];
export type OwnNumber = Schemas['OwnNumber'];
export type TrialCall = Schemas['TrialCall'];
export type CodeLanguage = 'ru' | 'kk' | 'en';

export function ownNumber(): Promise<OwnNumber> {
  return answer(box.GET('/own-number'));
}

/// Has a number called with a code, in this language.
export function callWithCode(number: string, language: CodeLanguage): Promise<OwnNumber> {
  return answer(box.PUT('/own-number', { body: { number, language } }));
}

export function proveOwnNumber(code: string): Promise<OwnNumber> {
  return answer(box.POST('/own-number/proof', { body: { code } }));
}

export async function forgetOwnNumber(): Promise<void> {
  await answer(box.DELETE('/own-number'));
}

/// Has oneself called as a campaign calls its recipients.
export function callToTry(campaignId: string): Promise<{ callId: string }> {
  return answer(box.POST('/campaigns/{campaignId}/trial-call', { params: { path: { campaignId } } }));
}

export function trialCall(callId: string): Promise<TrialCall> {
  return answer(box.GET('/trial-calls/{callId}', { params: { path: { callId } } }));
}
