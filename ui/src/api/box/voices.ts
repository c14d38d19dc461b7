import { answer, send } from '../door';
import { box, type VoiceInstallation, type VoiceShelf } from './door';

export function voiceShelf(): Promise<VoiceShelf> {
  return answer(box.GET('/speech/voices'));
}

export type Timbre = 'FEMALE' | 'MALE';

/// @param name what to call it while it is being installed
/// @param sha256 what the archive's checksum must be, or nothing
export function installVoice(file: File, timbre: Timbre, name: string, sha256: string, onProgress: (share: number) => void): Promise<VoiceInstallation> {
  const query = new URLSearchParams({ timbre, name, ...(sha256 ? { sha256 } : {}) });
  return send(`/speech/voices?${query}`, file, onProgress);
}

export function cancelVoiceInstallation(installationId: string): Promise<void> {
  return answer(box.DELETE('/speech/voice-installations/{installationId}', { params: { path: { installationId } } }));
}

export function removeVoice(voiceId: string): Promise<void> {
  return answer(box.DELETE('/speech/voices/{voiceId}', { params: { path: { voiceId } } }));
}
