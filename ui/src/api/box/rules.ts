import { answer } from '../door';
import { box, type ContactRules, type Rules } from './door';

/// What holds for all campaigns.
export function rules(): Promise<Rules> {
  return answer(box.GET('/rules'));
}

export function setContactRules(rules: ContactRules): Promise<Rules> {
  return answer(box.PUT('/rules/contacts', { body: rules }));
}

/// Adds a day off, or gives it another name.
export function putDayOff(date: string, name: string): Promise<Rules> {
  return answer(box.PUT('/rules/days-off/{date}', { params: { path: { date } }, body: { name } }));
}

export async function removeDayOff(date: string): Promise<void> {
  await answer(box.DELETE('/rules/days-off/{date}', { params: { path: { date } } }));
}

export function addPublicHolidays(year: number): Promise<Rules> {
  return answer(box.POST('/rules/public-holidays', { body: { year } }));
}
