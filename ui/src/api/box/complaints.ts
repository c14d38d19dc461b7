import { answer } from '../door';
import { box, type Complaint, type ComplaintAnswer, type ComplaintCase, type ComplaintPage } from './door';

export interface ComplaintOrder {
  number: string;
  channel: Complaint['channel'];
  contactAt: string;
  text: string;
  campaign?: string;
}

export const EVIDENCE_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;

export interface EvidenceFile {
  name: string;
  type: (typeof EVIDENCE_TYPES)[number];
  base64: string;
}

/// Newest first; the open ones are those that the provider has not decided.
export function complaints(show: 'open' | 'all', page: number, size: number): Promise<ComplaintPage> {
  return answer(box.GET('/complaints', { params: { query: { show, page, size } } }));
}

export function oneComplaint(complaintId: string): Promise<ComplaintCase> {
  return answer(box.GET('/complaints/{complaintId}', { params: { path: { complaintId } } }));
}

export function enterComplaint(order: ComplaintOrder): Promise<Complaint> {
  return answer(box.POST('/complaints', { body: order }));
}

/// A file that lies beside a list.
export type KeptEvidence = ComplaintCase['evidence'][number];

export function answerComplaint(complaintId: string, note: string, file: EvidenceFile | KeptEvidence | undefined): Promise<ComplaintAnswer> {
  const along = file && ('fileId' in file ? { evidence: { listId: file.listId, fileId: file.fileId } } : { file });
  return answer(box.POST('/complaints/{complaintId}/answers', { params: { path: { complaintId } }, body: { note, ...along } }));
}
