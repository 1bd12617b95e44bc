import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port nobody uses now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export type ProductOptions = {
  dataDir: string;
  port: number;
  mode?: 'all' | 'api' | 'worker';
  env?: Record<string, string>;
  /** More words on the command line, for example `--demo`. */
  args?: string[];
  /** The name in its address: `localhost` where a browser asks for a name, as passkeys do. */
  name?: string;
};

/** One process of the product as a child, to be started, killed and started again. */
export class Product {
  readonly baseUrl: string;
  readonly #options: ProductOptions;
  #child: ChildProcess | null = null;
  output = '';

  constructor(options: ProductOptions) {
    this.#options = options;
    this.baseUrl = `http://${options.name ?? '127.0.0.1'}:${options.port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process and waits until it is healthy; gives the milliseconds that took. */
  async start(): Promise<number> {
    const { dataDir, port, mode = 'all', env = {}, args = [] } = this.#options;
    const start = performance.now();
    const main = join(import.meta.dirname, '..', '..', 'server', 'src', 'main.ts');
    const child = spawn(process.execPath, [main, mode, ...args], {
      env: {
        ...process.env,
        RATE_LIMIT: 'off',
        LOG_LEVEL: 'warn',
        LOG_FORMAT: 'json',
        ...env,
        BASE_URL: this.baseUrl,
        PORT: String(port),
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const keep = (data: Buffer): void => {
      this.output = (this.output + data.toString()).slice(-20_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    if (mode === 'worker') return 0;
    while (child.exitCode === null && child.signalCode === null) {
      const healthy = await fetch(`${this.baseUrl}/health`).then(
        (response) => response.ok,
        () => false,
      );
      if (healthy) return performance.now() - start;
      await sleep(20);
    }
    throw new Error(`the product did not start:\n${this.output}`);
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}
