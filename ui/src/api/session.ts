import type { paths } from '../generated/box';
import { answer, door } from './door';

/// Signing in is the same at the box and at the server, but for the names of the roles.
const anywhere = door<paths>();

export interface Person {
  login: string;
  name: string;
  role: string;
  mustChangePassword: boolean;
}

export function whoAmI(): Promise<Person> {
  return answer(anywhere.GET('/session'));
}

export function signIn(login: string, password: string): Promise<Person> {
  return answer(anywhere.POST('/session', { body: { login, password } }));
}

export async function signOut(): Promise<void> {
  await answer(anywhere.DELETE('/session'));
}

export async function changePassword(current: string, next: string): Promise<void> {
  await answer(anywhere.PUT('/session/password', { body: { current, next } }));
}
