import '../src/styles/tokens.css';
import './subscriber.css';
import { mount } from 'svelte';
import { startTheme } from '../src/state/theme.svelte';
import Ask from './Ask.svelte';

startTheme();
mount(Ask, { target: document.getElementById('app')! });
