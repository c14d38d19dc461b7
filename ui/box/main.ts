import '@fontsource-variable/onest';
import '../src/styles/app.css';
import { mount } from 'svelte';
import { startTalking } from '../src/i18n/i18n.svelte';
import { startRouting } from '../src/state/route.svelte';
import { startTheme } from '../src/state/theme.svelte';
import Box from './Box.svelte';

startTheme();
startRouting();
await startTalking(
  import.meta.glob<Record<string, unknown>>('../src/i18n/{common,box}.*.json', { import: 'default' }),
  import.meta.glob<Record<string, unknown>>('../src/i18n/{box-later,programs}.*.json', { import: 'default' }),
);
mount(Box, { target: document.getElementById('app')! });
