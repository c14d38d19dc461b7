import { answer } from '../door';
import { box, type Dashboard } from './door';

export function dashboard(): Promise<Dashboard> {
  return answer(box.GET('/dashboard'));
}
