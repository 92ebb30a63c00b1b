import { testFiles } from './house.ts';
import { lineAt, type Node, nameOf, type Source } from './sources.ts';

/** A source text that the interface shows, and the first place that shows it. */
export type Text = { readonly id: string; readonly where: string };

/** The texts of the pages and what keeps one from being translated. */
export function readTexts(sources: readonly Source[]): { texts: Text[]; findings: string[] } {
  const texts = new Map<string, Text>();
  const findings: string[] = [];
  for (const source of sources) {
    if (!source.path.startsWith('web/src/') || testFiles.some((pattern) => pattern.test(source.path))) continue;
    if (source.tree === null || !/i18n|<\/|\/>/.test(source.text)) continue;
    visit(source.tree, false, (node, inFunction) => {
      const where = `${source.path}:${lineAt(source.text, node.start)}`;
      if (isMessage(node)) {
        const id = plainText(list(node['arguments'])[0]);
        if (id === null) findings.push(`${where}: the text of i18n._ has to be written out here`);
        else if (!texts.has(id)) texts.set(id, { id, where });
        if (!inFunction) findings.push(`${where}: a text is asked for before a language is chosen`);
      }
      for (const text of bareTexts(node)) findings.push(`${where}: “${text}” is shown without i18n._`);
    });
  }
  return { texts: [...texts.values()], findings };
}

function isMessage(node: Node): boolean {
  const callee = node['callee'];
  return (
    node.type === 'CallExpression' &&
    isNode(callee) &&
    callee.type === 'MemberExpression' &&
    nameOf(callee['object']) === 'i18n' &&
    nameOf(callee['property']) === '_'
  );
}

/** Attributes whose value a person reads or hears. */
const spoken =
  /^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label|about|description)$/;
/** Not words of a language: the product's name, names of keys. */
const names = /\b(Sightglass|Ctrl|Shift|Alt|Esc|Tab|Enter|Space)\b/g;

function bareTexts(node: Node): string[] {
  if (node.type === 'JSXText') return words(String(node['value']));
  if (node.type === 'JSXAttribute') return spoken.test(nameOf(node['name'])) ? wordsIn(node['value']) : [];
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
    return list(node['children']).flatMap((child) => (child.type === 'JSXExpressionContainer' ? wordsIn(child) : []));
  }
  return [];
}

/** The words that an expression may show by itself. */
function wordsIn(value: unknown): string[] {
  if (!isNode(value)) return [];
  if (value.type === 'JSXExpressionContainer') return wordsIn(value['expression']);
  if (value.type === 'ConditionalExpression') return [...wordsIn(value['consequent']), ...wordsIn(value['alternate'])];
  if (value.type === 'LogicalExpression') return [...wordsIn(value['left']), ...wordsIn(value['right'])];
  if (value.type === 'TemplateLiteral') {
    return list(value['quasis']).flatMap((one) => (isRecord(one['value']) ? words(String(one['value']['raw'])) : []));
  }
  return value.type === 'Literal' && typeof value['value'] === 'string' ? words(value['value']) : [];
}

const words = (text: string): string[] => (/\p{L}{2}/u.test(text.replace(names, '')) ? [text.trim()] : []);

function plainText(node: Node | undefined): string | null {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node?.type !== 'TemplateLiteral' || list(node['expressions']).length > 0) return null;
  const [only] = list(node['quasis']);
  return isRecord(only?.['value']) ? String(only['value']['cooked']) : null;
}

function visit(node: Node, inFunction: boolean, look: (node: Node, inFunction: boolean) => void): void {
  look(node, inFunction);
  const inside = inFunction || /Function|^PropertyDefinition$/.test(node.type);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, inside, look);
  }
}

const list = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isNode = (value: unknown): value is Node =>
  isRecord(value) && typeof value['type'] === 'string' && 'start' in value;
