import { answer } from '../door';
import { box, type AnsweredBy, type AnsweringMatrix, type Call, type CallPage, type Outcome, type Peaks, type Transcription } from './door';

export interface CallFilter {
  campaignId?: string;
  outcome?: Outcome;
}

export function calls(filter: CallFilter, page: number, size: number): Promise<CallPage> {
  return answer(box.GET('/calls', { params: { query: { ...filter, page, size } } }));
}

export function call(callId: string): Promise<Call> {
  return answer(box.GET('/calls/{callId}', { params: { path: { callId } } }));
}

export function peaks(callId: string): Promise<Peaks> {
  return answer(box.GET('/calls/{callId}/peaks', { params: { path: { callId } } }));
}

export function recordingAddress(callId: string): string {
  return `/api/calls/${callId}/recording`;
}

/// Has both sides of a recorded call transcribed in the background.
export function orderTranscript(callId: string): Promise<Transcription> {
  return answer(box.POST('/calls/{callId}/transcription', { params: { path: { callId } } }));
}

/// States who really answered; the box's own verdict takes a correction back.
export function correctAnsweredBy(callId: string, who: AnsweredBy): Promise<Call> {
  return answer(box.PUT('/calls/{callId}/answered-by', { params: { path: { callId } }, body: { who } }));
}

/// How right the box is about who answers.
export function answering(): Promise<AnsweringMatrix> {
  return answer(box.GET('/answering'));
}
