import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, isStamped } from './hash.mjs';
import { root } from './node.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

const STAMP = join(root, 'node_modules/.yingda-setup');

const MANIFESTS = [
  'package-lock.json',
  'package.json',
  ...['contract', 'server', 'web', 'widget'].map((w) => `${w}/package.json`),
];

/** `npm ci` is exact and quick on a clean folder; an existing one is brought up to date without taking it away. */
function npmCommand() {
  const fresh =
    existsSync(join(root, 'package-lock.json')) && !existsSync(join(root, 'node_modules'));
  const command = [
    fresh ? 'ci' : 'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return [process.execPath, [script, ...command]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', command];
}

/** Installs the dependencies when they are missing or other ones than the lock file names. */
export async function installDependencies() {
  if (isStamped(STAMP, hashOf(MANIFESTS))) return;
  say('Installing dependencies …', '正在安装依赖……');
  const [file, args] = npmCommand();
  const code = await run(file, args, { shell: process.platform === 'win32' });
  if (code !== 0)
    throw new SetupError(
      'npm could not install the dependencies. Check the network or the proxy settings of npm, then run the command again.',
      'npm 安装依赖失败。请检查网络或 npm 代理设置后重试。',
    );
  writeFileSync(STAMP, hashOf(MANIFESTS));
}
