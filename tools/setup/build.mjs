import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf, isStamped } from './hash.mjs';
import { root, runtimeEnv } from './node.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

const STAMP = join(root, 'node_modules/.cache/yingda-build');

/** Builds what the browser loads when their sources changed since the last build. */
export async function buildIfChanged(node) {
  if (!existsSync(join(root, 'web/index.html'))) return;
  const sources = hashOf(
    ['package-lock.json', 'tools/build.ts', 'tsconfig.base.json'],
    ['web', 'widget', 'portal', 'contract'],
  );
  if (isStamped(STAMP, sources) && existsSync(join(root, 'web/dist/index.html'))) return;
  say('Building what the browser loads …', '正在构建网页部分……');
  const code = await run(node, ['tools/build.ts'], {
    env: { ...process.env, ...runtimeEnv(node) },
  });
  if (code !== 0)
    throw new SetupError('The build failed; its words are above.', '构建失败,原因见上。');
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
}
