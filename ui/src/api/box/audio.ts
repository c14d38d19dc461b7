import { answer, send, sound } from '../door';
import { box, type Audio, type Reading, type Voice } from './door';

export function audios(): Promise<Audio[]> {
  return answer(box.GET('/audios'));
}

export function uploadAudio(file: File, onProgress: (share: number) => void): Promise<Audio> {
  const name = file.name.replace(/\.[^.]+$/, '').slice(0, 120) || 'audio';
  return send(`/audios?name=${encodeURIComponent(name)}`, file, onProgress);
}

export function audioAddress(audioId: string): string {
  return `/api/audios/${audioId}/wav`;
}

export type Spoken = Voice['language'];

export function voices(): Promise<Voice[]> {
  return answer(box.GET('/voices'));
}

/// How a text is read aloud, and what is said otherwise than it is written.
export function readText(text: string, language: Spoken): Promise<Reading> {
  return answer(box.POST('/voices/reading', { body: { text, language } }));
}

/// @param voice a voice of this language; without it, the usual one speaks
export function previewVoice(text: string, language: Spoken, voice?: string): Promise<string> {
  return sound('/voices/preview', { text, language, context: 'CAMPAIGN', ...(voice ? { voice } : {}) });
}
