import pg from 'pg';
import type { Config } from '../config/index.ts';
import type { Logger } from '../log/index.ts';

/** Carries short texts between the processes of one installation; at most once, in order per sender. */
export type Bus = {
  publish(text: string): void;
  close(): Promise<void>;
};
export type BusHandlers = {
  message: (text: string) => void;
  /** Something may have been missed. */
  gap: () => void;
};

/** PostgreSQL refuses notifications of 8,000 bytes and more. */
export const maxBusBytes = 7_500;
const CHANNEL = 'yingda';

/** Nobody else to talk to: the embedded database serves one process. */
export function silentBus(): Bus {
  return { publish: () => {}, close: async () => {} };
}

/** LISTEN and NOTIFY over one connection of its own, which comes back by itself. */
export function postgresBus(url: string, log: Logger, on: BusHandlers): Bus {
  let client: pg.Client | null = null;
  let closed = false;
  let waiting: string[] = [];
  let sending = false;
  let attempt = 0;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      keepAlive: true,
      application_name: 'yingda bus',
    });
    fresh.on('error', () => {});
    fresh.on('notification', ({ payload }) => on.message(payload ?? ''));
    fresh.on('end', () => {
      if (client === fresh) client = null;
      again();
    });
    await fresh.connect();
    // What is notified is in the database already: no need to wait for the disk a second time.
    await fresh.query(`set synchronous_commit = off; listen ${CHANNEL}`);
    client = fresh;
    if (attempt > 0) on.gap();
    attempt = 0;
    void flush();
  }

  function again(): void {
    if (closed) return;
    attempt += 1;
    setTimeout(
      () => {
        if (!closed && !client)
          connect().catch((err: unknown) => {
            log.warn({ err }, 'the bus is out of reach');
            again();
          });
      },
      Math.min(5_000, 100 * 2 ** attempt),
    ).unref();
  }

  async function flush(): Promise<void> {
    if (sending || !client) return;
    sending = true;
    try {
      while (waiting.length > 0 && client) {
        const batch = waiting;
        waiting = [];
        await client.query(
          `select pg_notify('${CHANNEL}', text) from unnest($1::text[]) with ordinality as given (text, position) order by position`,
          [batch],
        );
      }
    } catch (err) {
      log.warn({ err }, 'a live update did not reach the other processes');
    } finally {
      sending = false;
    }
  }

  connect().catch(() => again());
  return {
    publish(text) {
      if (waiting.length < 10_000) waiting.push(text);
      void flush();
    },
    async close() {
      closed = true;
      await client?.end().catch(() => {});
    },
  };
}

/** A NATS subject, for installations that outgrow NOTIFY. Loaded only when configured. */
export async function natsBus(url: string, log: Logger, on: BusHandlers): Promise<Bus> {
  const { connect } = await import('@nats-io/transport-node');
  const connection = await connect({
    servers: url.split(',').map((server) => server.trim()),
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    name: 'yingda',
  });
  const subscription = connection.subscribe(CHANNEL);
  void (async () => {
    for await (const message of subscription) on.message(message.string());
  })();
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') on.gap();
      if (status.type === 'disconnect') log.warn('the bus is out of reach');
    }
  })();
  return {
    publish: (text) => connection.publish(CHANNEL, text),
    close: () => connection.drain(),
  };
}

/** The bus this configuration asks for. */
export async function openBus(
  config: Config,
  { url, log, on }: { url: string; log: Logger; on: BusHandlers },
): Promise<Bus> {
  if (config.busUrl) return natsBus(config.busUrl, log, on);
  return config.databaseUrl ? postgresBus(url, log, on) : silentBus();
}
