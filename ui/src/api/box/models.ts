import { answer, send } from '../door';
import { box, type ModelInstallation, type ModelTrial, type OwnWord, type OwnWords, type OwnWordsOrder, type SaidWord, type SpeechShelf } from './door';

export function speechShelf(): Promise<SpeechShelf> {
  return answer(box.GET('/speech/models'));
}

/// @param sha256 what the archive's checksum must be, or nothing
export function installModel(file: File, language: string, name: string, sha256: string, onProgress: (share: number) => void): Promise<ModelInstallation> {
  const query = new URLSearchParams({ language, name, ...(sha256 ? { sha256 } : {}) });
  return send(`/speech/models?${query}`, file, onProgress);
}

export function cancelInstallation(installationId: string): Promise<void> {
  return answer(box.DELETE('/speech/installations/{installationId}', { params: { path: { installationId } } }));
}

export function tryModel(modelId: string): Promise<ModelTrial> {
  return answer(box.POST('/speech/models/{modelId}/trial', { params: { path: { modelId } } }));
}

export function forceModel(modelId: string): Promise<SpeechShelf> {
  return answer(box.POST('/speech/models/{modelId}/in-force', { params: { path: { modelId } } }));
}

export function stepBackModel(language: string): Promise<SpeechShelf> {
  return answer(box.POST('/speech/step-back', { params: { query: { language } } }));
}

export function removeModel(modelId: string): Promise<void> {
  return answer(box.DELETE('/speech/models/{modelId}', { params: { path: { modelId } } }));
}

export function ownWords(modelId: string): Promise<OwnWords> {
  return answer(box.GET('/speech/models/{modelId}/words', { params: { path: { modelId } } }));
}

export function addOwnWords(modelId: string, order: OwnWordsOrder): Promise<ModelInstallation> {
  return answer(box.POST('/speech/models/{modelId}/words', { params: { path: { modelId } }, body: order }));
}

export function pronounceWords(modelId: string, words: OwnWord[]): Promise<SaidWord[]> {
  return answer(box.POST('/speech/models/{modelId}/pronunciations', { params: { path: { modelId } }, body: { words } }));
}

/// The words in these phrases that calls cannot be understood with yet.
export function unknownWords(language: string, phrases: string[]): Promise<{ words: string[] }> {
  return answer(box.POST('/speech/unknown-words', { body: { language, phrases } }));
}
