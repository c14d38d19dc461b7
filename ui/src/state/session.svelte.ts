import * as session from '../api/session';
import type { Person } from '../api/session';
import { onSignedOut } from '../api/door';
import { asProblem, type ProblemError } from '../api/problem';
import { live } from '../live/live.svelte';

type State =
  | { kind: 'asking' }
  | { kind: 'out'; expired: boolean }
  | { kind: 'in'; person: Person }
  | { kind: 'failed'; problem: ProblemError };

const state = $state<{ now: State }>({ now: { kind: 'asking' } });

export function sessionState(): State {
  return state.now;
}

export function person(): Person | undefined {
  return state.now.kind === 'in' ? state.now.person : undefined;
}

export async function askWhoIsThere(): Promise<void> {
  state.now = { kind: 'asking' };
  onSignedOut(() => {
    if (state.now.kind === 'in') {
      live.close();
      state.now = { kind: 'out', expired: true };
    }
  });
  try {
    enter(await session.whoAmI());
  } catch (failure) {
    const problem = asProblem(failure);
    state.now = problem.isSignedOut ? { kind: 'out', expired: false } : { kind: 'failed', problem };
  }
}

export async function signIn(login: string, password: string): Promise<void> {
  enter(await session.signIn(login, password));
}

export async function signOut(): Promise<void> {
  live.close();
  try {
    await session.signOut();
  } finally {
    state.now = { kind: 'out', expired: false };
  }
}

export async function changePassword(current: string, next: string): Promise<void> {
  await session.changePassword(current, next);
  const someone = person();
  if (someone) enter({ ...someone, mustChangePassword: false });
}

function enter(someone: Person): void {
  state.now = { kind: 'in', person: someone };
  if (!someone.mustChangePassword) live.open();
}
