import type { components, paths } from '../../generated/central';
import { answer, door, save } from '../door';

const central = door<paths>();

type Schemas = components['schemas'];
export type Complaint = Schemas['Complaint'];
export type ComplaintDetail = Schemas['ComplaintDetail'];
export type ComplaintAnswer = ComplaintDetail['answers'][number];
export type ComplaintForm = Schemas['ComplaintForm'];
export type ComplaintPage = Schemas['ComplaintPage'];
export type ComplaintState = Complaint['state'];
export type CustomerName = Schemas['CustomerName'];
export type Step = Schemas['ComplaintStep']['step'];
export type Violation = Schemas['Violation'];

/// Those that nobody has decided come the oldest first, all of them the newest first.
export function complaints(show: 'open' | 'all', page: number, size: number): Promise<ComplaintPage> {
  return answer(central.GET('/complaints', { params: { query: { show, page, size } } }));
}

export function oneComplaint(complaintId: string): Promise<ComplaintDetail> {
  return answer(central.GET('/complaints/{complaintId}', { params: { path: { complaintId } } }));
}

export function enterComplaint(form: ComplaintForm): Promise<ComplaintDetail> {
  return answer(central.POST('/complaints', { body: form }));
}

export function moveComplaint(complaintId: string, step: Step, note: string): Promise<ComplaintDetail> {
  return answer(central.POST('/complaints/{complaintId}/steps', { params: { path: { complaintId } }, body: { step, note } }));
}

/// Has the browser save what came with an answer. That somebody asked for it stands in the audit log.
export function saveComplaintFile(complaintId: string, answerId: string): Promise<void> {
  return save(`/complaints/${complaintId}/answers/${answerId}/file`);
}

export function violations(): Promise<Violation[]> {
  return answer(central.GET('/violations'));
}

export function customers(): Promise<CustomerName[]> {
  return answer(central.GET('/customers'));
}
