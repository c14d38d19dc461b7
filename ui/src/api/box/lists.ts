import { answer, send } from '../door';
import { box, type Attestation, type ContactList, type ContactPage, type ImportOrder, type RejectPage, type Upload } from './door';

export type Reading = Pick<Upload, 'delimiter' | 'encoding' | 'sheet' | 'header'>;

export function uploadContacts(file: File, onProgress: (share: number) => void): Promise<Upload> {
  return send(`/uploads?fileName=${encodeURIComponent(file.name.slice(-200))}`, file, onProgress);
}

export function readAnotherWay(uploadId: string, reading: Partial<Reading>): Promise<Upload> {
  return answer(box.GET('/uploads/{uploadId}/preview', { params: { path: { uploadId }, query: reading } }));
}

export function lists(): Promise<ContactList[]> {
  return answer(box.GET('/lists'));
}

export function importList(order: ImportOrder): Promise<ContactList> {
  return answer(box.POST('/lists', { body: order }));
}

export function list(listId: string): Promise<ContactList> {
  return answer(box.GET('/lists/{listId}', { params: { path: { listId } } }));
}

export function renameList(listId: string, name: string): Promise<ContactList> {
  return answer(box.PATCH('/lists/{listId}', { params: { path: { listId } }, body: { name } }));
}

export async function deleteList(listId: string): Promise<void> {
  await answer(box.DELETE('/lists/{listId}', { params: { path: { listId } } }));
}

export function attestList(listId: string, attestation: Attestation): Promise<ContactList> {
  return answer(box.PUT('/lists/{listId}/attestation', { params: { path: { listId } }, body: attestation }));
}

export function contacts(listId: string, page: number, size: number, search: string): Promise<ContactPage> {
  const query = { page, size, ...(search ? { search } : {}) };
  return answer(box.GET('/lists/{listId}/contacts', { params: { path: { listId }, query } }));
}

export function rejects(listId: string, page: number, size: number): Promise<RejectPage> {
  return answer(box.GET('/lists/{listId}/rejects', { params: { path: { listId }, query: { page, size } } }));
}

export function rejectsFile(listId: string): string {
  return `/api/lists/${listId}/rejects.csv`;
}
