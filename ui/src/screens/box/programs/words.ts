import { alsoTalk } from '../../../i18n/i18n.svelte';

/// The screen with its words, which are loaded when somebody opens it.
export async function programsScreen() {
  const words = import.meta.glob<Record<string, unknown>>('../../../i18n/programs.*.json', { import: 'default' });
  const [screen] = await Promise.all([import('./Programs.svelte'), alsoTalk(words)]);
  return screen;
}
