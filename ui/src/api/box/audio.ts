import { answer, send, sound } from '../door';
import { box, type Audio } from './door';

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

export function previewVoice(text: string, language: 'ru' | 'kk' | 'en'): Promise<string> {
  return sound('/voices/preview', { text, language });
}
