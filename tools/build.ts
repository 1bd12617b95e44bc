/**
 * `npm run build`: the web app, the widget and the customer's page of an order, each by its own vite configuration, into
 * its `dist` folder; beside each larger text a compressed twin, which the server sends to browsers that take it.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const SMALL_BYTES = 1024;

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

async function compress(path: string): Promise<void> {
  const bytes = readFileSync(path);
  if (bytes.length < SMALL_BYTES) return;
  writeFileSync(`${path}.gz`, await toGzip(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, await toBrotli(bytes, quality));
}

for (const workspace of ['web', 'widget', 'portal']) {
  const configFile = join(root, workspace, 'vite.config.ts');
  if (!existsSync(configFile)) continue;
  await build({ configFile, root: join(root, workspace), logLevel: 'warn' });
  const assets = join(root, workspace, 'dist/assets');
  if (!existsSync(assets)) continue;
  const texts = readdirSync(assets).filter((name) => /\.(js|css|svg|json)$/.test(name));
  await Promise.all(texts.map((name) => compress(join(assets, name))));
}
