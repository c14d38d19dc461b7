/// Files beside a list that prove how its numbers were collected.
import { answer, send } from '../door';
import { box, type ListFile } from './door';

export const MOST_FILES = 10;
export const LARGEST_BYTES = 5 * 1024 * 1024;

/// The oldest first.
export function evidence(listId: string): Promise<ListFile[]> {
  return answer(box.GET('/lists/{listId}/evidence', { params: { path: { listId } } }));
}

export function addEvidence(listId: string, file: File, onProgress: (share: number) => void): Promise<ListFile> {
  // The end of a name says what it is.
  return send(`/lists/${listId}/evidence?fileName=${encodeURIComponent(file.name.slice(-200))}`, file, onProgress);
}

export async function removeEvidence(listId: string, fileId: string): Promise<void> {
  await answer(box.DELETE('/lists/{listId}/evidence/{fileId}', { params: { path: { listId, fileId } } }));
}

/// Where a file is fetched.
export function evidenceFile(listId: string, fileId: string): string {
  return `/api/lists/${listId}/evidence/${fileId}`;
}
