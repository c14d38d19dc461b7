import { answer, send } from '../door';
import { box, type CarriedDocument, type DataSummary, type Retirement, type System } from './door';

export function system(): Promise<System> {
  return answer(box.GET('/system'));
}

/// Where the browser saves all data from, without a copy in the page.
export const DATA_FILE = '/api/system/data.zip';

export function dataSummary(): Promise<DataSummary> {
  return answer(box.GET('/system/data'));
}

export function takeDocuments(file: File, onProgress: (share: number) => void): Promise<CarriedDocument[]> {
  return send('/system/documents', file, onProgress);
}

export function confirmRetirement(boxId: string): Promise<Retirement> {
  return answer(box.POST('/system/retirement/confirmation', { body: { boxId } }));
}
