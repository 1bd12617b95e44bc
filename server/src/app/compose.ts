import type { FastifyInstance } from 'fastify';
import { fileURLToPath } from 'node:url';
import type { Config } from '../platform/config/index.ts';
import { migrate, openDatabase } from '../platform/db/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Services } from '../platform/ctx.ts';
import { prepareListeners, Publisher, runListener } from '../platform/events/index.ts';
import { createFileStore } from '../platform/files/index.ts';
import { closeServer } from '../platform/http/close.ts';
import { createHttp } from '../platform/http/handle.ts';
import { createServer } from '../platform/http/server.ts';
import { createJobs } from '../platform/jobs/index.ts';
import type { Logger } from '../platform/log/index.ts';
import { createMailer } from '../platform/mail/index.ts';
import type { ModuleDef, Role } from '../platform/module.ts';
import { Hub } from '../platform/realtime/hub.ts';
import { createLive } from '../platform/realtime/live.ts';
import { openSockets } from '../platform/realtime/sockets.ts';
import { housekeepingJobs } from './housekeeping.ts';
import { modules as allModules } from './modules.ts';
import { mountOperations } from './operations.ts';
import { mountSite } from './site.ts';

export const migrationsDir = fileURLToPath(new URL('../../migrations', import.meta.url));

/** A running process of the product. */
export type App = {
  services: Services;
  hub: Hub;
  /** Absent in a process that only works. */
  http: FastifyInstance | null;
  /** Opens the doors; gives the address. */
  listen(): Promise<string>;
  /** Graceful: requests under way are answered, jobs finished, sockets told to come back. */
  stop(): Promise<void>;
};

export type ComposeOptions = {
  config: Config;
  log: Logger;
  role: Role;
  /** Opened and migrated already, as in tests; otherwise opened, migrated and closed here. */
  database?: Database;
  modules?: ModuleDef[];
};

type Stops = (() => Promise<void> | void)[];
type Parts = { services: Services; publisher: Publisher; hub: Hub };

async function openFor({ config, log, database }: ComposeOptions, stops: Stops): Promise<Database> {
  if (database) return database;
  const opened = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    log,
    poolSize: 16,
  });
  stops.push(() => opened.close());
  await migrate(opened, { dir: migrationsDir });
  return opened;
}

async function createParts(options: ComposeOptions, stops: Stops): Promise<Parts> {
  const { config, log } = options;
  const database = await openFor(options, stops);
  const hub = new Hub();
  const signals = {
    signal: (topic: string, payload: unknown) => publisher.signal(topic, payload),
    onSignal: (topic: string, run: (payload: unknown) => void) => publisher.onSignal(topic, run),
  };
  const services = {
    config,
    log,
    database,
    files: createFileStore(config),
    mailer: createMailer(config),
    jobs: createJobs(database.url),
  } as Services;
  const publisher = new Publisher(services);
  services.published = publisher.published;
  services.live = createLive(hub, signals);
  return { services, publisher, hub };
}

/** Events to hooks and sockets in every process, to listeners in working ones. */
async function connectEvents(
  { services, publisher }: Parts,
  { modules, role }: { modules: ModuleDef[]; role: Role },
  stops: Stops,
) {
  for (const { hooks, projections } of modules) {
    for (const hook of hooks ?? []) publisher.addHook(hook);
    for (const projection of projections ?? []) publisher.addProjection(projection);
  }
  await publisher.open();
  stops.push(() => publisher.close());
  const listeners = modules.flatMap((module) => module.listeners ?? []);
  await prepareListeners(services.database.kysely, listeners);
  if (!role.worker) return;
  for (const definition of listeners) {
    const running = runListener(services, definition);
    publisher.addListener(running);
    stops.push(() => running.stop());
  }
}

async function openDoors({ services, hub }: Parts, modules: ModuleDef[], stops: Stops) {
  const server = await createServer(services);
  const authenticators = modules.flatMap((module) => module.authenticators ?? []);
  const http = createHttp(server, services, authenticators);
  mountOperations(http, hub);
  for (const module of modules) module.routes?.(http);
  await mountSite(server);
  await server.ready();
  stops.push(() => closeServer(server));
  const sockets = openSockets(server.server, services, { hub, modules });
  stops.push(() => sockets.close());
  return server;
}

async function stopAll(stops: Stops, log: Logger): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    try {
      await stop();
    } catch (err) {
      log.error({ err }, 'a part did not stop cleanly');
    }
  }
}

/** Joins machine room and modules into one process of the product. Nothing listens yet. */
export async function compose(options: ComposeOptions): Promise<App> {
  const { config, log, role, modules = allModules } = options;
  const stops: Stops = [];
  try {
    const parts = await createParts(options, stops);
    const jobs = [...modules.flatMap((module) => module.jobs ?? []), ...housekeepingJobs];
    await parts.services.jobs.start(parts.services, { jobs, work: role.worker });
    stops.push(() => parts.services.jobs.stop());
    await connectEvents(parts, { modules, role }, stops);
    for (const { start } of modules) {
      const stop = await start?.(parts.services, role);
      if (stop) stops.push(stop);
    }
    const http = role.api ? await openDoors(parts, modules, stops) : null;
    return {
      services: parts.services,
      hub: parts.hub,
      http,
      listen: async () => (http ? http.listen({ port: config.port, host: config.host }) : ''),
      stop: () => stopAll(stops, log),
    };
  } catch (error) {
    await stopAll(stops, log);
    throw error;
  }
}
