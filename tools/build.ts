/** `npm run build`: the web app and the widget, each by its own vite configuration, into its `dist` folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

for (const workspace of ['web', 'widget']) {
  const configFile = join(root, workspace, 'vite.config.ts');
  if (existsSync(configFile))
    await build({ configFile, root: join(root, workspace), logLevel: 'warn' });
}
