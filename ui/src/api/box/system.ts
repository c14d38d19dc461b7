import { answer } from '../door';
import { box, type System } from './door';

export function system(): Promise<System> {
  return answer(box.GET('/system'));
}
