import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vitest/config';
import { svelteTesting } from '@testing-library/svelte/vite';

/// What `--mode` may name. `rehearse-…` is a front end on made-up data instead of a real back end.
const FRONTS: Record<string, { root: string; backend?: string; fixtures?: 'box' | 'central'; below?: string }> = {
  box: { root: 'box', backend: process.env['QONYRAU_BOX'] ?? 'http://127.0.0.1:8080' },
  central: { root: 'central', backend: process.env['QONYRAU_CENTRAL'] ?? 'http://127.0.0.1:8090' },
  subscriber: { root: 'subscriber', backend: process.env['QONYRAU_CENTRAL'] ?? 'http://127.0.0.1:8090', below: 'central/ask' },
  'rehearse-box': { root: 'box', fixtures: 'box' },
  'rehearse-central': { root: 'central', fixtures: 'central' },
  'rehearse-subscriber': { root: 'subscriber', fixtures: 'central' },
  gallery: { root: 'gallery' },
};

/// Its own directory is found only when the root is this one.
const SVELTE = { configFile: resolve(import.meta.dirname, 'svelte.config.js') };

export default defineConfig(({ mode }) => {
  if (mode === 'test') {
    return {
      plugins: [svelte(SVELTE), svelteTesting()],
      test: {
        environment: 'jsdom',
        environmentOptions: { jsdom: { url: 'http://localhost/' } },
        setupFiles: ['tests/setup.ts'],
        include: ['tests/**/*.test.ts'],
      },
    };
  }
  const front = FRONTS[mode === 'development' ? 'box' : mode]; // What svelte-check asks for.
  if (!front) throw new Error(`--mode must be one of ${Object.keys(FRONTS).join(', ')}`);
  return {
    root: resolve(import.meta.dirname, front.root),
    // Served below central's pages, where an address without a slash at its end is as good as one with it.
    base: front.below ? '/ask/' : './',
    publicDir: resolve(import.meta.dirname, 'public'),
    plugins: [svelte(SVELTE), ...(front.fixtures ? [fixtures(front.fixtures)] : [])],
    build: {
      outDir: resolve(import.meta.dirname, 'dist', front.below ?? front.root),
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
    server: {
      host: '127.0.0.1',
      fs: { allow: [import.meta.dirname] },
      ...(front.backend ? { proxy: { '/api': { target: front.backend } } } : {}),
    },
  };
});

/// Answers /api from gallery/ so that pages can be worked on with nothing else running.
function fixtures(which: 'box' | 'central'): Plugin {
  return {
    name: 'qonyrau-fixtures',
    configureServer(server) {
      server.middlewares.use('/api', (request, response, next) => {
        server
          .ssrLoadModule(resolve(import.meta.dirname, 'gallery/fixture-server.ts'))
          .then((module) => module['serve'](which, request, response))
          .catch(next);
      });
    },
  };
}
