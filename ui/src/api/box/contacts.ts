import { answer } from '../door';
import { box, type ContactCard, type FoundContacts } from './door';

/// Numbers in all lists, by how they begin or end.
export function findContacts(search: string): Promise<FoundContacts> {
  return answer(box.GET('/contacts', { params: { query: { search } } }));
}

/// All that the box knows of a number.
///
/// `digits` are eleven, as 77012345678.
export function contactCard(digits: string): Promise<ContactCard> {
  return answer(box.GET('/contacts/{number}', { params: { path: { number: digits } } }));
}
