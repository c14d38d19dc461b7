import { beforeAll } from 'vitest';
import { startTalking } from '../src/i18n/i18n.svelte';

beforeAll(async () => {
  // What jsdom has not got and pages do not depend on.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  } as unknown as typeof ResizeObserver;
  Element.prototype.scrollTo ??= () => {};
  globalThis.matchMedia ??= () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
  await startTalking(import.meta.glob<Record<string, unknown>>('../src/i18n/*.json', { import: 'default' }));
});
