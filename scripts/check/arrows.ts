import {
  adapterChoosers,
  collections,
  compositions,
  emptyNames,
  featureHomes,
  features,
  impureGlobals,
  layers,
  packages,
  tables,
  testFiles,
} from './house.ts';
import { boundNames, lineAt, type Node, nameOf, type Source, walk } from './sources.ts';

/** Everything that is not where it belongs or imports what it must not, one line each. */
export function arrowFindings(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => [...nameFindings(source), ...importFindings(source), ...purityFindings(source)]);
}

function nameFindings({ path }: Source): string[] {
  const empty = path
    .split('/')
    .slice(0, -1)
    .find((folder) => emptyNames.includes(folder));
  return empty === undefined ? [] : [`${path}: a folder called ${empty} says nothing about what is inside`];
}

function importFindings(source: Source): string[] {
  const top = topOf(source.path);
  const allowed = layers[top];
  if (allowed === undefined || allowed === 'everything') return [];
  const isTest = matches(testFiles, source.path);
  return source.imports.flatMap((one) => {
    const say = (text: string): string[] => [`${source.path}:${one.line}: ${text}`];
    if (!one.inHouse) {
      const welcome = packages[top];
      const strange = welcome !== undefined && !isTest && !welcome.includes(one.to);
      return strange ? say(`${top} may not import the package ${one.to}`) : [];
    }
    const target = topOf(one.to);
    if (layers[target] === undefined) return [];
    if (target !== top && !allowed.includes(target) && !(isTest && testMayImport(source.path, target))) {
      return say(`${top} may not import ${target} (${one.to})`);
    }
    return [
      ...featureFindings(source.path, one.to, isTest).flatMap(say),
      ...adapterFindings(source.path, one.to).flatMap(say),
    ];
  });
}

/** Tests of the server in server/test and of pages may drive both sides; a unit test beside its file may not. */
function testMayImport(path: string, target: string): boolean {
  return /^(server|web)\/test\//.test(path) || target === 'scripts';
}

function featureFindings(from: string, to: string, isTest: boolean): string[] {
  const target = featureOf(to);
  if (target === null) return [];
  const own = featureOf(from);
  if (own?.name === target.name && own.home === target.home) return [];
  const findings: string[] = [];
  const isAbove = own?.home === target.home && features.indexOf(target.name) > features.indexOf(own.name);
  if (own !== null && isAbove && !(collections.includes(from) && own.rest === target.rest)) {
    findings.push(`the feature ${own.name} may not import ${target.name}, which stands above it`);
  }
  if (target.doors === 'every file' || isTest || (tables.test(from) && tables.test(to))) return findings;
  if (!matches(target.doors, target.rest))
    findings.push(`${to} is behind the door of ${target.name}: import ${target.home}/${target.name}/index.ts`);
  if (own === null && !matches(compositions, from))
    findings.push(`only a program's composition may import features, not ${from}`);
  return findings;
}

function adapterFindings(from: string, to: string): string[] {
  const isAdapter = (path: string): boolean => /(^|\/)adapters?\//.test(path);
  if (!isAdapter(to) || isAdapter(from) || matches(adapterChoosers, from) || matches(testFiles, from)) return [];
  return [`adapters are chosen only in main.ts and main.tsx (${to})`];
}

function purityFindings(source: Source): string[] {
  if (!source.path.startsWith('core/') || source.tree === null || matches(testFiles, source.path)) return [];
  const findings: string[] = [];
  const own = new Set<string>();
  walk(source.tree, (node) => {
    if (node.type === 'VariableDeclarator') for (const name of boundNames(node['id'])) own.add(name);
    for (const parameter of Array.isArray(node['params']) ? node['params'] : []) {
      for (const name of boundNames(parameter)) own.add(name);
    }
  });
  walk(source.tree, (node, key, parent) => {
    const what = impurity(node, key, parent, own);
    if (what !== null) findings.push(`${source.path}:${lineAt(source.text, node.start)}: core has no ${what}`);
  });
  return findings;
}

function impurity(node: Node, key: string, parent: Node | null, own: ReadonlySet<string>): string | null {
  if (node.type === 'MemberExpression') {
    const call = `${nameOf(node['object'])}.${nameOf(node['property'])}`;
    return call === 'Date.now' || call === 'Math.random' ? call : null;
  }
  if (node.type === 'NewExpression') {
    const now = nameOf(node['callee']) === 'Date' && Array.isArray(node['arguments']) && node['arguments'].length === 0;
    return now ? 'new Date() without a time' : null;
  }
  if (node.type !== 'Identifier' || !impureGlobals.includes(nameOf(node)) || own.has(nameOf(node))) return null;
  // A field of this name, a key of an object or of a type is no use of the global.
  const isField = (key === 'property' || key === 'key') && parent?.['computed'] !== true;
  return isField || parent?.type.startsWith('TS') === true ? null : nameOf(node);
}

type Feature = { name: string; home: string; rest: string; doors: readonly RegExp[] | 'every file' };

function featureOf(path: string): Feature | null {
  for (const { home, doors } of featureHomes) {
    if (!path.startsWith(`${home}/`)) continue;
    const [name = '', ...rest] = path.slice(home.length + 1).split('/');
    if (rest.length > 0 && features.includes(name)) return { name, home, rest: rest.join('/'), doors };
  }
  return null;
}

function topOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function matches(patterns: readonly RegExp[], path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}
