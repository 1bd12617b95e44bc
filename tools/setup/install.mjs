import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, isStamped } from './hash.mjs';
import { root } from './node.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

const STAMP = join(root, 'node_modules/.yingda-setup');

const MANIFESTS = [
  'package-lock.json',
  'package.json',
  ...['contract', 'server', 'web', 'widget', 'portal'].map((w) => `${w}/package.json`),
];

/**
 * `npm install` with the lock file's versions, writing nothing but node_modules. `npm ci` would refuse a lock file
 * without the packages of systems that a registry's mirror does not carry, which no one here needs.
 */
function npmCommand() {
  const command = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
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
