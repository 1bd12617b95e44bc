/** Sizes of the scripts people load, gzipped: the desk's first load, every route, the widget, the page of an order. */
import { join } from 'node:path';
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { exists, read, report, root } from './lib/files.ts';

const budgetsKb = { desk: 350, widget: 30, portal: 30 };

/** One entry of the manifest that Vite writes. */
export interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

export type Manifest = Record<string, Chunk>;

/** The script files that load with the named chunks: they and all they import statically. */
export function filesOf(manifest: Manifest, keys: readonly string[]): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    if (chunk.file.endsWith('.js')) files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  keys.forEach(visit);
  return [...files];
}

const gzipKb = (path: string): number => gzipSync(readFileSync(join(root, path))).length / 1024;

const sumKb = (folder: string, files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipKb(`${folder}/${file}`), 0);

const kb = (size: number): string => `${size.toFixed(1)} KB`;

function webFaults(): string[] {
  const manifest = JSON.parse(read('web/dist/.vite/manifest.json')) as Manifest;
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const shared = filesOf(manifest, entries);
  console.log(`${kb(sumKb('web/dist', shared)).padStart(10)}  every page (entry)`);
  const routes = Object.keys(manifest).filter((key) => manifest[key]?.isDynamicEntry);
  for (const key of routes) {
    const own = filesOf(manifest, [key]).filter((file) => !shared.includes(file));
    console.log(`${kb(sumKb('web/dist', own)).padStart(10)}  more for ${key}`);
  }
  const desk = routes.filter((key) =>
    /\/desk(-page|-route)?(\/index|\/desk-page|\/page)?\.tsx?$/.test(key),
  );
  if (entries.length === 0) return ['web/dist/.vite/manifest.json names no entry'];
  if (desk.length === 0) return ['web/dist/.vite/manifest.json names no chunk of the desk'];
  const size = sumKb('web/dist', filesOf(manifest, [...entries, ...desk]));
  console.log(`${kb(size).padStart(10)}  first load of the desk, of ${budgetsKb.desk} KB`);
  return size > budgetsKb.desk
    ? [`first load of the desk is ${kb(size)}, more than ${budgetsKb.desk} KB`]
    : [];
}

/** What is loaded whole: every script and style of the folder. */
function wholeFaults(name: 'widget' | 'portal'): string[] {
  const files = readdirSync(join(root, name, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(js|css)$/.test(path))
    .map((path) => `${name}/dist/${path}`);
  if (files.length === 0) return [`${name}/dist holds no script`];
  const size = files.reduce((sum, path) => sum + gzipKb(path), 0);
  console.log(`${kb(size).padStart(10)}  ${name}, of ${budgetsKb[name]} KB`);
  return size > budgetsKb[name]
    ? [`the ${name} is ${kb(size)}, more than ${budgetsKb[name]} KB`]
    : [];
}

function main(): void {
  const faults: string[] = [];
  const built = {
    web: exists('web/dist/.vite/manifest.json'),
    widget: exists('widget/dist'),
    portal: exists('portal/dist'),
  };
  if (built.web) faults.push(...webFaults());
  if (built.widget) faults.push(...wholeFaults('widget'));
  if (built.portal) faults.push(...wholeFaults('portal'));
  const missing = Object.entries(built).filter(([, there]) => !there);
  report(
    faults,
    missing.length > 0
      ? `not built, hence not measured: ${missing.map(([name]) => name).join(', ')} (npm run build)`
      : 'within the budgets',
  );
}

if (import.meta.main) main();
