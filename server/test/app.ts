import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { BuiltInRole, ProblemBody, ResponseOf, RouteSpec, SentOf } from '@yingda/contract';
import { compose } from '../src/app/compose.ts';
import type { App } from '../src/app/compose.ts';
import { createPerson, createSessionToken } from '../src/modules/identity/testing.ts';
import { readConfig } from '../src/platform/config/index.ts';
import type { Config } from '../src/platform/config/index.ts';
import { systemCtx } from '../src/platform/ctx.ts';
import type { Ctx } from '../src/platform/ctx.ts';
import type { Database } from '../src/platform/db/index.ts';
import { createLogger } from '../src/platform/log/index.ts';
import type { Logger } from '../src/platform/log/index.ts';
import { testDatabase } from './database.ts';

/** Somebody who can be asked for: the header that proves who they are. */
export type Caller = { userId: string; name: string; headers: Record<string, string> };
type Input<R extends RouteSpec> = {
  params?: SentOf<R, 'params'>;
  query?: SentOf<R, 'query'>;
  body?: SentOf<R, 'body'>;
  headers?: Record<string, string>;
};
export type Answer<T> = {
  status: number;
  body: T;
  problem: ProblemBody;
  headers: Record<string, unknown>;
};

export type TestApp = App & {
  ctx: Ctx;
  /** Opens a port; gives `http://127.0.0.1:…`. */
  address(): Promise<string>;
  /** Calls a route as somebody (null: nobody). */
  request<R extends RouteSpec>(
    route: R,
    as: Caller | null,
    input?: Input<R>,
  ): Promise<Answer<ResponseOf<R>>>;
  newPerson(options?: {
    role?: BuiltInRole;
    teamId?: string | null;
    teamIds?: string[];
    name?: string;
  }): Promise<Caller>;
};

const open: TestApp[] = [];

function addressOf(route: RouteSpec, input: Input<RouteSpec>): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const query = new URLSearchParams(
    Object.entries((input.query ?? {}) as Record<string, unknown>).map(
      ([name, value]): [string, string] => [name, String(value)],
    ),
  );
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

/** A whole process of the product on a database of its own (or on a given one), stopped when the file is done. */
export async function testApp(
  options: {
    database?: Database;
    config?: Partial<Config>;
    worker?: boolean;
    log?: Logger;
  } = {},
): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-test-'));
  const config: Config = {
    ...readConfig(
      {
        DATA_DIR: dataDir,
        RATE_LIMIT: 'off',
        LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
        PORT: '0',
      },
      dataDir,
    ),
    ...options.config,
  };
  const database = options.database ?? (await testDatabase());
  const app = await compose({
    config,
    database,
    log: options.log ?? createLogger(config.log),
    role: { api: true, worker: options.worker ?? true },
  });
  const ctx = systemCtx(app.services, 'test');
  let listening: Promise<string> | null = null;
  const test: TestApp = {
    ...app,
    ctx,
    address: () => (listening ??= app.listen()),
    async request(route, as, input = {}) {
      const answer = await (app.http ?? raise()).inject({
        method: route.method,
        url: addressOf(route, input as Input<RouteSpec>),
        headers: { ...as?.headers, ...input.headers },
        ...(input.body === undefined ? {} : { payload: input.body as object }),
      });
      const isJson = String(answer.headers['content-type']).includes('json');
      const text = answer.body === '' ? undefined : answer.body;
      const body = isJson && text !== undefined ? answer.json() : text;
      return { status: answer.statusCode, body, problem: body, headers: answer.headers };
    },
    async newPerson(person = {}) {
      const made = await createPerson(ctx, {
        role: 'agent',
        teamId: null,
        teamIds: person.teamId ? [person.teamId] : [],
        ...person,
      });
      return {
        ...made,
        headers: { cookie: await createSessionToken(ctx, made.userId), origin: config.baseUrl },
      };
    },
    async stop() {
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  open.push(test);
  return test;
}

function raise(): never {
  throw new Error('this process has no doors');
}

afterAll(async () => {
  for (const app of open.splice(0)) await app.stop();
});
