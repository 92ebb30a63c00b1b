import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import * as z from 'zod';

/** What one file imports: the file or package, and the names it takes (`*` for all, none for its effects only). */
type Import = { to: string; inHouse: boolean; names: string[]; line: number };

/** One source file and what can be read from its text. */
export type Source = {
  path: string;
  text: string;
  lines: number;
  imports: Import[];
  /** Exported names, and for passed-on ones where they come from. */
  exports: { name: string; isType: boolean; from: string | null; line: number }[];
  /** The syntax tree; null for pages. */
  tree: Node | null;
};

/** A node of the syntax tree, as far as these checks look. */
export type Node = { type: string; start: number; [key: string]: unknown };

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const packageFile = z.object({ imports: z.record(z.string(), z.string()) });
const houseImports = packageFile.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).imports;

/** Every file that git knows or would take in, without deleted ones and hidden ones (settings, scratch). */
export function listFiles(): string[] {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '--deduplicate'], { cwd: root });
  const gone = spawnSync('git', ['ls-files', '-d'], { cwd: root });
  const deleted = new Set(gone.stdout.toString().split('\n'));
  return listed.stdout
    .toString()
    .split('\n')
    .filter((path) => path !== '' && !path.startsWith('.') && !deleted.has(path))
    .sort();
}

/** Reads one file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Reads and parses all scripts and pages. */
export function readSources(files: readonly string[]): Source[] {
  const known = new Set(files);
  return files
    .filter((path) => /\.(tsx?|mjs|html)$/.test(path) && !/\.(d|as)\.ts$/.test(path))
    .map((path) => parseSource(path, readText(path), known));
}

/** Parses one file's text; without a list of files, imports are taken as they are written. */
export function parseSource(path: string, text: string, known: ReadonlySet<string> = new Set()): Source {
  const source: Source = { path, text, lines: text.split('\n').length - 1, imports: [], exports: [], tree: null };
  const take = (specifier: string, names: string[], at: number): void => {
    source.imports.push({ ...resolveImport(path, specifier, known), names, line: lineAt(text, at) });
  };
  if (path.endsWith('.html')) {
    for (const match of text.matchAll(/<(?:script|link)[^>]+(?:src|href)="(\.?\/?[^":]+)"/g)) {
      take(`./${(match[1] ?? '').replace(/^\.?\//, '')}`, ['*'], match.index);
    }
    return source;
  }
  const parsed = parseSync(path, text);
  const tree = toNode(parsed.program);
  source.tree = tree;
  walk(tree, (node) => readNode(source, node, take));
  return source;
}

type Take = (specifier: string, names: string[], at: number) => void;

function readNode(source: Source, node: Node, take: Take): void {
  const from = literal(node['source']);
  const line = (): number => lineAt(source.text, node.start);
  switch (node.type) {
    case 'ImportDeclaration':
      if (from !== null) take(from, nodes(node['specifiers']).map(importedName), node.start);
      break;
    case 'ExportAllDeclaration':
      if (from !== null) take(from, ['*'], node.start);
      break;
    case 'ExportNamedDeclaration': {
      const specifiers = nodes(node['specifiers']);
      if (from !== null)
        take(
          from,
          specifiers.map((one) => nameOf(one['local'])),
          node.start,
        );
      const names = [...specifiers.map((one) => nameOf(one['exported'])), ...declaredNames(node['declaration'])];
      const isType = node['exportKind'] === 'type';
      for (const name of names) source.exports.push({ name, isType, from, line: line() });
      break;
    }
    case 'ExportDefaultDeclaration':
      source.exports.push({ name: 'default', isType: false, from: null, line: line() });
      break;
    case 'ImportExpression':
    case 'TSImportType':
      if (from !== null) take(from, ['*'], node.start);
      break;
    case 'NewExpression': {
      // Workers and assets: new URL('./worker.ts', import.meta.url)
      const [address, base] = nodes(node['arguments']);
      const path = address === undefined ? null : literal(address);
      if (nameOf(node['callee']) === 'URL' && path !== null && base?.type === 'MemberExpression')
        take(path, ['*'], node.start);
      break;
    }
  }
}

/** Calls `look` for each node, from the outside in; `look` gets the key that the parent holds the node under. */
export function walk(
  node: Node,
  look: (node: Node, key: string, parent: Node | null) => void,
  key = '',
  parent: Node | null = null,
): void {
  look(node, key, parent);
  for (const [name, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, look, name, node);
    }
  }
}

/** The line of a position in a text, counted from one. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function resolveImport(from: string, specifier: string, known: ReadonlySet<string>): { to: string; inHouse: boolean } {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return { to: nearest(posix.join(posix.dirname(from), bare), known), inHouse: true };
  for (const [pattern, target] of Object.entries(houseImports)) {
    const prefix = pattern.replace(/\*$/, '');
    if (bare.startsWith(prefix)) {
      return { to: nearest(posix.normalize(target.replace('*', bare.slice(prefix.length))), known), inHouse: true };
    }
  }
  return { to: bare, inHouse: false };
}

/** Vite's entries in pages are written from the page's folder; a path without a file stays as it is. */
function nearest(path: string, known: ReadonlySet<string>): string {
  return [path, `${path}.ts`, `${path}.tsx`].find((candidate) => known.has(candidate)) ?? path;
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier['imported']);
}

function declaredNames(declaration: unknown): string[] {
  if (!isNode(declaration)) return [];
  if (declaration.type === 'VariableDeclaration')
    return nodes(declaration['declarations']).flatMap((one) => boundNames(one['id']));
  return declaration.type === 'TSModuleDeclaration' ? [] : [nameOf(declaration['id'])];
}

/** The names that a pattern such as `{ a, b: [c] }` binds. */
export function boundNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === 'Identifier') return [nameOf(pattern)];
  const inside = pattern.type === 'Property' ? [pattern['value']] : Object.values(pattern).flat();
  return inside.flatMap(boundNames);
}

/** An identifier's name or a string's text. */
export function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  return String(node['name'] ?? node['value'] ?? '');
}

function literal(node: unknown): string | null {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
  );
}

function toNode(value: unknown): Node {
  if (isNode(value)) return value;
  throw new Error('the parser gave no tree');
}
