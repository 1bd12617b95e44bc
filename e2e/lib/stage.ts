import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, onTestFailed } from 'vitest';
import { freePort, Product } from '../../tools/simulate/product.ts';

export type Language = 'zh-CN' | 'en';
export const languages: Language[] = ['zh-CN', 'en'];

const ends: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The product in a process of its own on new data; with `demo`, with the demo company. */
export async function startProduct({
  demo = false,
  name,
}: { demo?: boolean; name?: string } = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-journey-'));
  const product = new Product({
    dataDir,
    port: await freePort(),
    args: demo ? ['--demo'] : [],
    name,
  });
  await product.start();
  ends.push(async () => {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return product;
}

let browser: Promise<Browser> | null = null;

function launch(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  ends.push(async () => {
    await (await browser)?.close();
    browser = null;
  });
  return browser;
}

export type Visit = { context: BrowserContext; page: Page; faults: string[] };

/** A browser of one person, who reads one language. `faults` gathers what the page complains about. */
export async function openBrowser(
  language: Language,
  more: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await (
    await launch()
  ).newContext({
    locale: language,
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...more,
  });
  // A machine that runs several browsers at once is slow; waiting is for states, not for times.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4\d\d|5\d\d)|ERR_/.test(message.text()))
      faults.push(message.text());
  });
  ends.push(() => context.close());
  onTestFailed(async () => {
    // What the person saw is worth more than the line that failed.
    const name = `${Date.now()}-${language}.png`;
    const folder = join(tmpdir(), 'yingda-journeys');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, name) }).catch(() => {});
  });
  return { context, page, faults };
}

type Catalogue = { [key: string]: string | Catalogue };
const root = join(import.meta.dirname, '..', '..');

function read(file: string): Catalogue {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Catalogue;
}

function lookUp(catalogue: Catalogue, key: string, values: Record<string, string>): string {
  let node: string | Catalogue | undefined = catalogue;
  for (const step of key.split('.')) node = typeof node === 'object' ? node[step] : undefined;
  if (typeof node !== 'string') throw new Error(`no text for ${key}`);
  return node.replaceAll(/\{\{?\s*(\w+)\s*\}?\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The words on the screen, from the catalogues: `desk:actions.resolve`, `widget:launcher.open`. */
export function wordsOf(language: Language) {
  return (key: string, values: Record<string, string> = {}): string => {
    const [file = '', path = ''] = key.split(':');
    const catalogue =
      file === 'widget'
        ? read(`widget/locales/${language}.json`)
        : read(`web/locales/${language}/${file}.json`);
    return lookUp(catalogue, path, values);
  };
}

/** Serves one HTML page on a port of its own: a site that is not ours. */
export async function servePage(html: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
