import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { ownTexts } from './own-texts.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The desk: every path that is not /api, /socket, /c or /s. Its files are served below /desk/. */
export default defineConfig({
  root: here('.'),
  base: '/desk/',
  publicDir: false,
  cacheDir: here('../node_modules/.vite/desk'),
  plugins: [ownTexts(), react()],
  build: {
    outDir: here('../dist/desk'),
    emptyOutDir: true,
    assetsDir: 'assets',
    // No file is inlined as data: the content security policy stays at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // These know light-dark(); rewritten for older ones, a part of the page could not have a scheme of its own.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      // The service worker of both builds is one file without a hash: its address must stay (server/src/http/pages.ts).
      input: { desk: here('desk.html'), 'push-worker': here('src/push-worker.ts') },
      output: {
        entryFileNames: ({ name }) => (name === 'push-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/socket', '/c', '/s', '/visit'].map((path) => [
        `^${path}(/|\\?|$)`,
        { target: process.env['DESK_SERVER'] ?? 'http://127.0.0.1:8080', ws: path === '/socket' },
      ]),
    ),
  },
});
