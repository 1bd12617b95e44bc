/**
 * Both languages say the same: equal keys and placeholders, nothing empty, every problem code translated; and no text
 * a person reads stands in the code of desk and widget.
 */
import ts from 'typescript';
import { exists, filesBelow, read, report } from './lib/files.ts';

const languages = ['zh-CN', 'en'] as const;

/** A catalogue made flat: path of keys joined by dots → text. */
export type Texts = Map<string, string>;

/** Makes a nested catalogue flat; whatever is neither text nor object becomes an empty text, hence a fault. */
export function flatten(value: unknown, prefix = ''): Texts {
  if (typeof value !== 'object' || value === null) {
    return new Map([[prefix, typeof value === 'string' ? value : '']]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...flatten(inner, prefix ? `${prefix}.${key}` : key),
    ]),
  );
}

/** A key without its plural ending: English has `_one` and `_other`, Chinese `_other` alone. */
const withoutPlural = (key: string): string => key.replace(/_(?:zero|one|two|few|many|other)$/, '');

/** `{{name}}`, `{name}`, `<1>` and `$t(key)` in a text, sorted. */
export function placeholders(text: string): string[] {
  const found = [
    ...[...text.matchAll(/\{\{?\s*-?\s*([\w.]+)[^{}]*\}\}?/g)].map((match) => `{${match[1]}}`),
    ...[...text.matchAll(/<\/?(\w+)\s*\/?>/g)].map((match) => `<${match[1]}>`),
    ...[...text.matchAll(/\$t\(([^)]+)\)/g)].map((match) => `$t(${match[1]})`),
  ];
  return [...new Set(found)].toSorted();
}

function grouped(texts: Texts): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, text] of texts) {
    const base = withoutPlural(key);
    groups.set(base, [...(groups.get(base) ?? []), text]);
  }
  return groups;
}

function missingKeys(name: string, zh: Texts, en: Texts): string[] {
  const [left, right] = [grouped(zh), grouped(en)];
  return [
    ...[...left.keys()].filter((key) => !right.has(key)).map((key) => `${key} is missing in en`),
    ...[...right.keys()].filter((key) => !left.has(key)).map((key) => `${key} is missing in zh-CN`),
  ].map((fault) => `${name}: ${fault}`);
}

function differentPlaceholders(name: string, zh: Texts, en: Texts): string[] {
  const right = grouped(en);
  return [...grouped(zh)].flatMap(([key, texts]) => {
    const other = right.get(key);
    const [zhMarks, enMarks] = [texts, other ?? texts].map(
      (all) => placeholders(all.join(' ')).join(' ') || 'none',
    );
    return zhMarks === enMarks ? [] : [`${name}: ${key} has ${zhMarks} in zh-CN, ${enMarks} in en`];
  });
}

function emptyTexts(name: string, language: string, texts: Texts): string[] {
  return [...texts]
    .filter(([, text]) => text.trim() === '')
    .map(([key]) => `${name}: ${key} is empty in ${language}`);
}

/** What differs between the two languages of one catalogue: keys, placeholders, empty texts. */
export function differences(name: string, zh: Texts, en: Texts): string[] {
  return [
    ...missingKeys(name, zh, en),
    ...differentPlaceholders(name, zh, en),
    ...emptyTexts(name, 'zh-CN', zh),
    ...emptyTexts(name, 'en', en),
  ];
}

interface Catalogue {
  /** Path with the language left out: `web/locales/<language>/desk.json`. */
  name: string;
  paths: Record<(typeof languages)[number], string>;
}

/** `locales/<language>/<noun>.json`, `locales/<language>.json`, or a pair of its own: `kpi-texts/<language>.json`. */
const cataloguePath = /^(.*\/(?:locales|[\w-]+-texts)\/)(?:zh-CN|en)((?:\/.+)?\.json)$/;

/** Catalogues of a workspace. */
function catalogues(workspace: string): Catalogue[] {
  const names = new Set<string>();
  for (const path of filesBelow(workspace)) {
    if (cataloguePath.test(path)) names.add(path.replace(cataloguePath, '$1<language>$2'));
  }
  return [...names].map((name) => ({
    name,
    paths: {
      'zh-CN': name.replace('<language>', 'zh-CN'),
      en: name.replace('<language>', 'en'),
    },
  }));
}

function load(path: string): Texts {
  return exists(path) ? flatten(JSON.parse(read(path))) : new Map();
}

/** Problem codes without a text: a catalogue key must be the code itself or end with it. */
export function untranslated(codes: readonly string[], keys: ReadonlySet<string>): string[] {
  const all = [...keys];
  return codes.filter((code) => !keys.has(code) && !all.some((key) => key.endsWith(`.${code}`)));
}

async function problemFaults(): Promise<string[]> {
  if (!exists('contract/src/index.ts')) return [];
  const contract = (await import('../contract/src/index.ts')) as { problems?: object };
  if (!contract.problems) return ['contract: exports no problems'];
  const codes = Object.keys(contract.problems);
  return languages.flatMap((language) => {
    const keys = catalogues('web').flatMap(({ paths }) => [...load(paths[language]).keys()]);
    const without = untranslated(codes, new Set(keys));
    return without.length > 0
      ? [`web/locales/${language}: no text for the problems ${without.join(', ')}`]
      : [];
  });
}

const cjk = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]/;
const visibleAttributes = new Set([
  'title',
  'placeholder',
  'alt',
  'label',
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
]);
/** Names, marks and sample addresses that are the same in every language. */
const sameEverywhere =
  /^(?:[\w.-]+@[\w.-]+|https?:\S+|Yingda|Ctrl|Alt|Shift|Esc|Enter|Tab|API|ID|URL|CSV|v)$/;

const readable = (text: string): boolean =>
  /\p{L}/u.test(text) && !sameEverywhere.test(text.trim());

function isInsideKbd(node: ts.Node): boolean {
  const parent = node.parent;
  return (
    ts.isJsxElement(parent) && ['kbd', 'code'].includes(parent.openingElement.tagName.getText())
  );
}

function attributeText(node: ts.JsxAttribute): string | undefined {
  const name = node.name.getText();
  const value = node.initializer;
  if (!value || !ts.isStringLiteral(value) || !visibleAttributes.has(name)) return undefined;
  return readable(value.text) ? `${name}="${value.text}"` : undefined;
}

function hardCoded(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) {
    return readable(node.text) && !isInsideKbd(node) ? node.text.trim() : undefined;
  }
  if (ts.isJsxAttribute(node)) return attributeText(node);
  const isLiteral =
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node);
  return isLiteral && cjk.test(node.text) ? node.text : undefined;
}

/** Text in code that belongs into a catalogue: words in JSX and its visible attributes, Chinese in any literal. */
export function hardCodedTexts(path: string, source: string): string[] {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true, kind);
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = hardCoded(node);
    if (text !== undefined) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      faults.push(`${path}:${line}: text outside the catalogues: ${text.slice(0, 60)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return faults;
}

function codeFaults(): string[] {
  return ['web/src', 'widget/src', 'portal/src']
    .flatMap(filesBelow)
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/locales\//.test(path))
    .flatMap((path) => hardCodedTexts(path, read(path)));
}

async function main(): Promise<void> {
  const all = ['contract', 'web', 'widget', 'portal', 'server'].flatMap(catalogues);
  const faults = all.flatMap(({ name, paths }) =>
    differences(name, load(paths['zh-CN']), load(paths.en)),
  );
  faults.push(...(await problemFaults()), ...codeFaults());
  const count = all.reduce((sum, { paths }) => sum + load(paths.en).size, 0);
  report(faults, `${all.length} catalogues, ${count} texts in each language`);
}

if (import.meta.main) await main();
