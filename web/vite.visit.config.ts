import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { ownTexts } from './own-texts.ts';
import { dropUnusedSchemas, fewFiles, preloadScreens, screens, trimLibraries } from './visit-build.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The code's page and the session screen: `/c`, `/c/:link`, `/s/:sessionId`. It has to be small, so React is Preact
 * here. Its files are served below /visit/, with hashed names.
 */
export default defineConfig({
  root: here('.'),
  base: '/visit/',
  publicDir: false,
  cacheDir: here('../node_modules/.vite/visit'),
  resolve: {
    alias: [
      { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
    ],
  },
  plugins: [ownTexts(Object.values(screens)), dropUnusedSchemas(), trimLibraries(), preloadScreens()],
  css: { modules: { generateScopedName: '[hash:base64:5]' } },
  build: {
    outDir: here('../dist/visit'),
    emptyOutDir: true,
    // No file is inlined as data: the content security policy stays at 'self'.
    assetsInlineLimit: 0,
    // Browsers of the last two years: all have WebRTC, modulepreload and light-dark().
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: here('visit.html'),
      output: { codeSplitting: fewFiles },
      treeshake: {
        // The kernel's files stay with the entry that imports them, also where only the screens use them.
        moduleSideEffects: [
          { test: /\/(web\/src\/(http|realtime|state|stream|ui)|core\/session)\//, sideEffects: true },
        ],
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/socket'].map((path) => [
        path,
        { target: process.env['VISIT_SERVER'] ?? 'http://127.0.0.1:8080', ws: path === '/socket' },
      ]),
    ),
  },
});
