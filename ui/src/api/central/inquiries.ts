import type { components, paths } from '../../generated/central';
import { answer, door } from '../door';

const central = door<paths>();

type Schemas = components['schemas'];
export type Inquiry = Schemas['Inquiry'];
export type InquiryDetail = Schemas['InquiryDetail'];
export type InquiryPage = Schemas['InquiryPage'];
export type InquiryForm = Schemas['AskForm'];

/// The newest first; none has a number.
export function inquiries(page: number, size: number): Promise<InquiryPage> {
  return answer(central.GET('/inquiries', { params: { query: { page, size } } }));
}

/// One that staff entered, with its answer while that is kept.
export function oneInquiry(inquiryId: string): Promise<InquiryDetail> {
  return answer(central.GET('/inquiries/{inquiryId}', { params: { path: { inquiryId } } }));
}

export function enterInquiry(form: InquiryForm): Promise<InquiryDetail> {
  return answer(central.POST('/inquiries', { body: form }));
}
