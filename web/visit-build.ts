import type { Plugin } from 'vite';

/**
 * Tells the bundler that making a schema or a route has no effect besides its result, so that a page carries only those
 * it uses. Only in the contract: there such calls are all there is at the top of a file.
 */
export function dropUnusedSchemas(): Plugin {
  return {
    name: 'drop-unused-schemas',
    apply: 'build',
    transform(code, id) {
      if (!/\/contract\/[\w/-]+\.ts$/.test(id)) return null;
      return code.replaceAll(
        /(?<![\w.$])(?=(?:z\.[\w.]+|defineRoute|line|paragraph|envelope|eventsAfter|uuid)\()/g,
        '/*#__PURE__*/ ',
      );
    },
  };
}

/*
 * The socket speaks websocket only, so what engine.io has for long polling and WebTransport is left out. The build
 * stops when a new version of the library no longer has these files, so that no cut is made by accident.
 */
const TABLE = /\/engine\.io-client\/build\/esm\/transports\/index\.js$/;
const OTHERS =
  /\/engine\.io-client\/build\/esm\/transports\/(polling-xhr|polling-xhr\.node|polling-fetch|webtransport)\.js$/;

/** Leaves out code of libraries that the visit page can never reach. */
export function trimLibraries(): Plugin {
  let made = 0;
  return {
    name: 'trim-libraries',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (OTHERS.test(id)) {
        made++;
        return 'export const XHR = undefined, Fetch = undefined, WT = undefined, Request = undefined;';
      }
      if (!TABLE.test(id)) return null;
      made++;
      return code.replaceAll(/import \{ (XHR|WT) \}[^;]*;|webtransport: WT,|polling: XHR,/g, '');
    },
    buildEnd(error) {
      if (error === undefined && made < 3) this.error('engine.io-client has other files now: look at visit-build.ts');
    },
  };
}

/** The screens of visit.html, and the names of the pages that begin to load them at once. */
const screens = { code: 'code-page.tsx', session: 'session-page.tsx' } as const;

/**
 * Writes code.html and session.html: visit.html with its screen's files named in the head. The browser then loads them
 * together with the entry instead of one round trip later.
 */
export function preloadScreens(): Plugin {
  return {
    name: 'preload-screens',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['visit.html'];
        const html = page?.type === 'asset' ? String(page.source) : '';
        for (const [name, file] of Object.entries(screens)) {
          const chunk = Object.values(bundle).find(
            (one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(`/${file}`) === true,
          );
          if (chunk?.type !== 'chunk' || html === '') this.error(`no chunk for ${file}`);
          // The entry is in the page already; anything else that the screen imports would be one more round trip.
          const scripts = [chunk.fileName, ...chunk.imports].filter((script) => !html.includes(script));
          const links = [
            ...scripts.map((script) => `<link rel="modulepreload" crossorigin href="/visit/${script}">`),
            ...[...(chunk.viteMetadata?.importedCss ?? [])].map(
              (sheet) => `<link rel="stylesheet" crossorigin href="/visit/${sheet}">`,
            ),
          ];
          this.emitFile({
            type: 'asset',
            fileName: `${name}.html`,
            source: html.replace('</head>', `  ${links.join('\n    ')}\n  </head>`),
          });
        }
      },
    },
  };
}
