import { answer } from '../door';
import { box, type CallBackPage, type InquiryPage } from './door';

/// Who called the box's numbers back, newest first.
export function callBacks(_: object, page: number, size: number): Promise<CallBackPage> {
  return answer(box.GET('/call-backs', { params: { query: { page, size } } }));
}

/// The newest of those who asked the provider who had called them, and were told of a campaign of this box.
export function inquiries(): Promise<InquiryPage> {
  return answer(box.GET('/call-backs/inquiries', { params: { query: { page: 0, size: 10 } } }));
}
