import { remember, remembered } from './remembered';

export type ThemeChoice = 'system' | 'light' | 'dark';

const state = $state<{ choice: ThemeChoice; dark: boolean }>({ choice: 'system', dark: false });

/// Applies the remembered theme and follows the system's while that is what the person wants.
export function startTheme(): void {
  const wish = remembered('theme');
  state.choice = wish === 'light' || wish === 'dark' ? wish : 'system';
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
  apply();
}

export function chooseTheme(choice: ThemeChoice): void {
  state.choice = choice;
  remember('theme', choice);
  apply();
}

export function themeChoice(): ThemeChoice {
  return state.choice;
}

export function isDark(): boolean {
  return state.dark;
}

function apply(): void {
  const dark =
    state.choice === 'dark' || (state.choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  state.dark = dark;
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}
