import { answer, send } from '../door';
import { box, type CarriedDocument, type Retirement, type System } from './door';

export function system(): Promise<System> {
  return answer(box.GET('/system'));
}

export function takeDocuments(file: File, onProgress: (share: number) => void): Promise<CarriedDocument[]> {
  return send('/system/documents', file, onProgress);
}

export function confirmRetirement(boxId: string): Promise<Retirement> {
  return answer(box.POST('/system/retirement/confirmation', { body: { boxId } }));
}
