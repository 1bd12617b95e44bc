import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = { id: string; nodes: { target: unknown; failureSummary?: string }[] };

/** What axe finds on the page as it stands, by WCAG 2.2 AA. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's policy refuses foreign ones.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: runner } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> };
    };
    const result = await runner.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return result.violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`),
  );
}

/** The looks that are examined: each language, each scheme, each width at least once. */
export const looks = [
  { language: 'zh-CN', scheme: 'light', viewport: { width: 1440, height: 900 } },
  { language: 'en', scheme: 'dark', viewport: { width: 1440, height: 900 } },
  { language: 'zh-CN', scheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;
