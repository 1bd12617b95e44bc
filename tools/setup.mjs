/**
 * What `npm start` and `npm test` run first: on a machine with only some Node ≥ 20 and npm it installs the
 * dependencies with the pinned Node, builds what the browser loads, and goes on with the pinned Node.
 * Plain JavaScript without dependencies: it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installBrowser } from './setup/browser.mjs';
import { installDependencies } from './setup/install.mjs';
import { buildIfChanged } from './setup/build.mjs';
import { pinnedNode, root, runtimeEnv } from './setup/node.mjs';
import { SetupError } from './setup/say.mjs';
import { runOnServer15 } from './setup/server15.mjs';
import { runTests } from './setup/tests.mjs';

/** Replaces this process by the product where the system can, so that one process less stays in memory. */
function becomeServer(node, args) {
  const main = [join(root, 'server/src/main.ts'), ...args];
  const env = { ...process.env, ...runtimeEnv(node) };
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.emitWarning = () => {};
    process.execve(node, [node, ...main], env);
  }
  const child = spawn(node, main, { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to the whole group by itself; a second one would tell the server to hurry.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

async function main() {
  const [command, ...rest] = process.argv.slice(2);
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  await installDependencies();
  const node = pinnedNode();
  if (command === 'start') {
    await buildIfChanged(node);
    // The Node that npm found may be an old one, which stays only as a thin parent.
    becomeServer(node, args);
  } else if (command === 'test') {
    const chromium = await installBrowser();
    await buildIfChanged(node);
    process.exitCode = await runTests(node, { args, env: { CHROMIUM_PATH: chromium } });
  } else if (command === 'test-server15') {
    process.exitCode = await runOnServer15(node, args);
  } else {
    throw new SetupError('Use: npm start, or npm test', '用法:npm start 或 npm test');
  }
}

main().catch((error) => {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
