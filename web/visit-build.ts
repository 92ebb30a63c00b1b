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
export const screens = { code: 'code-page.tsx', session: 'session-page.tsx' } as const;

/**
 * Writes code.html and session.html: visit.html with its screen's script named in the head, and its style sheets and icon
 * in the page itself. The browser then loads a screen in one round trip and few requests.
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
        const textOf = (path: string) => {
          const asset = bundle[path.replace(/^\/visit\//, '')];
          if (asset?.type !== 'asset') return this.error(`${path} is not in the build`);
          return String(asset.source);
        };
        for (const [name, file] of Object.entries(screens)) {
          const chunk = Object.values(bundle).find(
            (one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(`/${file}`) === true,
          );
          if (chunk?.type !== 'chunk' || html === '') this.error(`no chunk for ${file}`);
          // The entry is in the page already; anything else that the screen imports would be one more round trip.
          const scripts = [chunk.fileName, ...chunk.imports].filter((script) => !html.includes(script));
          const links = scripts.map((script) => `<link rel="modulepreload" crossorigin href="/visit/${script}">`);
          // The disabled link loads nothing; it tells the bundler's import helper that this style sheet is here already.
          const sheetsOf = (script: string) => {
            const one = bundle[script];
            return one?.type === 'chunk' ? [...(one.viteMetadata?.importedCss ?? [])] : [];
          };
          const sheets = scripts
            .flatMap(sheetsOf)
            .map((path) => `<style>${textOf(path)}</style><link rel="stylesheet" href="/visit/${path}" disabled>`);
          this.emitFile({
            type: 'asset',
            fileName: `${name}.html`,
            source: withOwnFiles(html, textOf).replace(
              '</head>',
              `  ${[...links, ...sheets].join('\n    ')}\n  </head>`,
            ),
          });
        }
      },
    },
  };
}

/** The page with its icon and its own style sheet written into it. */
const withOwnFiles = (html: string, textOf: (path: string) => string): string =>
  html
    .replace(
      /<link rel="stylesheet"[^>]*href="([^"]+)"[^>]*>/g,
      (_link, path: string) => `<style>${textOf(path)}</style>`,
    )
    .replace(/(<link rel="icon" href=")([^"]+)/, (_link, start: string, path: string) => {
      return `${start}data:image/svg+xml,${encodeURIComponent(textOf(path))}`;
    });

/** What a module says about who imports it at once, not when it is needed. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/** Whether a module comes with a file: the file imports it, or something does that the file imports. */
function comesWith(id: string, graph: ModuleGraph, file: string): boolean {
  const above = new Set([id]);
  for (const one of above) for (const importer of graph.getModuleInfo(one)?.importers ?? []) above.add(importer);
  return [...above].some((one) => one.endsWith(`/${file}`));
}

const isKernel = (id: string, graph: ModuleGraph) =>
  comesWith(id, graph, 'visit/kernel.ts') || Object.values(screens).every((screen) => comesWith(id, graph, screen));

/**
 * How modules are put into files, so that a screen comes in few requests: what both screens begin with is one file, and what
 * a screen shares with pages that are loaded later is another. All else stays with the one that uses it.
 */
export const fewFiles = {
  includeDependenciesRecursively: false,
  groups: [
    { name: (id: string, graph: ModuleGraph) => (isKernel(id, graph) ? 'kernel' : null), priority: 2 },
    ...Object.entries(screens).map(([name, screen]) => ({
      name: (id: string, graph: ModuleGraph) =>
        comesWith(id, graph, screen) && !isKernel(id, graph) ? `${name}-parts` : null,
      minShareCount: 2,
      priority: 1,
    })),
  ],
};
