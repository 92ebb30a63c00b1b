// The arrows of the house as data: who may import whom. ARCHITECTURE.md tells it in words; arrows.ts and cycles.ts hold it.

/** Top folders and the top folders that each may import. `everything` is for code that only tests or measures. */
export const layers: Readonly<Record<string, readonly string[] | 'everything'>> = {
  contract: [],
  core: ['contract'],
  tracker: [],
  server: ['contract', 'core'],
  web: ['contract', 'core', 'tracker'],
  scripts: [],
  e2e: 'everything',
  bench: 'everything',
};

/** Packages that a top folder may import, where not all are welcome. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  contract: ['zod/mini'],
  core: ['zod/mini'],
  tracker: [],
};

/**
 * Features from the ground up: each may import those before it, never those after it. This holds inside one home (below);
 * the words of contract and the decisions of core are open to every feature of server and web.
 */
export const features: readonly string[] = [
  'access',
  'ticket',
  'session',
  'call',
  'annotation',
  'chat',
  'file',
  'recording',
  'request',
  'direct-call',
  'report',
  'room',
  'notification',
  'admin',
];

/**
 * Where feature folders lie. `doors`: from outside of a feature only these of its files may be imported. A page that a
 * program loads when it is opened (`import('…-page.tsx')`) is a door of its own: behind `index.ts` it would be loaded at once.
 * What a worker uses has a door without components, `worker/index.ts`.
 */
export const featureHomes: readonly { readonly home: string; readonly doors: readonly RegExp[] | 'every file' }[] = [
  { home: 'contract', doors: 'every file' },
  { home: 'core', doors: 'every file' },
  { home: 'server/src/features', doors: [/^index\.ts$/] },
  { home: 'web/src/features', doors: [/^index\.ts$/, /^(desk|worker)\/index\.ts$/, /^[a-z-]+-page\.tsx$/] },
];

/**
 * The one exception from that order: a union on the wire collects the kinds that every feature adds to it (an event of the
 * session's log, a message from page to page), from those features' files of the same name. Nothing else flows back.
 */
export const collections: readonly string[] = ['contract/session/events.ts', 'contract/call/channel.ts'];

/** Tables refer to each other's keys, and drizzle-kit reads them without the features around them. */
export const tables = /\/tables\.ts$/;

/** The only files outside of features that may import features: the composition of each program. */
export const compositions: readonly RegExp[] = [
  /^server\/src\/(app|main)\.ts$/,
  /^server\/src\/demo\//,
  /^web\/src\/[a-z-]*main\.tsx?$/,
  /^web\/src\/(desk|visit)\//,
];

/** The only files that may import adapters (folders of this name): they choose among them. */
export const adapterChoosers: readonly RegExp[] = [/^server\/src\/main\.ts$/, /^web\/src\/[a-z-]*main\.tsx?$/];

/** Folder names that say nothing about what is inside. */
export const emptyNames: readonly string[] = ['utils', 'util', 'common', 'shared', 'helpers', 'misc', 'lib'];

/** Globals that core must not touch: it has no clock, no chance, no network and no page. */
export const impureGlobals: readonly string[] = [
  'fetch',
  'document',
  'window',
  'navigator',
  'localStorage',
  'sessionStorage',
  'process',
  'globalThis',
  'setTimeout',
  'setInterval',
  'requestAnimationFrame',
  'performance',
  'crypto',
];

/** The longest file that needs no reason, and the ones that have one. */
export const longestFile = 400;
export const longFiles: Readonly<Record<string, string>> = {};

/** Where programs begin: everything that ships must be reached from one of these. */
export const entries: readonly RegExp[] = [
  /^server\/src\/main\.ts$/,
  /^web\/[a-z-]+\.html$/,
  /\.config\.ts$/,
  /^scripts\/[^/]+$/,
  /^bench\/main\.ts$/,
  // Named by a string in vite.desk.config.ts.
  /^web\/src\/push-worker\.ts$/,
  // Named by a string in vitest.config.ts.
  /^server\/test\/harness\/database-for-all\.ts$/,
];

/** What only tests and measurements use; it need not ship, and it is not held to doors. */
export const testFiles: readonly RegExp[] = [
  /\.(test|spec)\.tsx?$/,
  /^(server|web)\/test\//,
  /\/testing(\.ts|\/)/,
  /\/fixtures\.ts$/,
  /^e2e\//,
  /^bench\//,
];

/** Paths that documents may name though they are not in the repository: they are made by running it. */
export const madePaths: readonly RegExp[] = [/^(dist|data|node_modules|\.cache|test-results)(\/|$)/];
