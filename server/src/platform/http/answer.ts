import { readFileSync } from 'node:fs';
import type { Locale, ProblemBody, ProblemCode } from '@yingda/contract';
import type { Problem } from '../../kernel/problem.ts';

const catalogues = new Map<Locale, Record<string, string>>();

/** Problem texts live with the web app's other texts: one catalogue for the screen and the API. */
function catalogueOf(locale: Locale): Record<string, string> {
  const known = catalogues.get(locale);
  if (known) return known;
  const file = new URL(`../../../../web/locales/${locale}/problems.json`, import.meta.url);
  const flat: Record<string, string> = {};
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') flat[path] = node;
    else if (node && typeof node === 'object') {
      for (const [key, value] of Object.entries(node)) walk(value, path ? `${path}.${key}` : key);
    }
  };
  try {
    walk(JSON.parse(readFileSync(file, 'utf8')), '');
  } catch {
    // Without catalogues the code itself is the title.
  }
  catalogues.set(locale, flat);
  return flat;
}

/** The problem's sentence in the reader's language. */
export function problemTitle(
  code: ProblemCode,
  locale: Locale,
  params: Record<string, string | number> = {},
): string {
  const flat = catalogueOf(locale);
  const text = flat[code] ?? flat[`problems.${code}`] ?? code;
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    String(params[name] ?? whole),
  );
}

/** The body of an error answer. */
export function problemBody(problem: Problem, locale: Locale, requestId: string): ProblemBody {
  return {
    type: `urn:yingda:problem:${problem.code}`,
    code: problem.code,
    status: problem.status,
    title: problemTitle(problem.code, locale, problem.params),
    requestId,
    ...(problem.params && { params: problem.params }),
    ...(problem.faults && { faults: problem.faults }),
  };
}

/** The first language of the request that we speak; Chinese when it names none of ours. */
export function localeOf(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(';q=');
      return { tag: tag.toLowerCase(), weight: q === undefined ? 1 : Number(q) };
    })
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}
