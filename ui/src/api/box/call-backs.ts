import { answer } from '../door';
import { box, type CallBackPage } from './door';

/// Who called the box's numbers back, newest first.
export function callBacks(_: object, page: number, size: number): Promise<CallBackPage> {
  return answer(box.GET('/call-backs', { params: { query: { page, size } } }));
}
