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
  /** Tells the others that something of ours may have been missed. */
  gapText: string;
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

/** Most texts kept while the database is away; beyond it the others are told of a gap instead. */
const MOST_WAITING = 10_000;
const LONGEST_PAUSE_MS = 5_000;

/** A connection that hears the channel. */
async function listen(url: string, hear: (text: string) => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'yingda bus',
  });
  client.on('error', () => {});
  client.on('notification', ({ payload }) => hear(payload ?? ''));
  try {
    await client.connect();
    // What is notified is in the database already: no need to wait for the disk a second time.
    await client.query(`set synchronous_commit = off; listen ${CHANNEL}`);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** LISTEN and NOTIFY over one connection of its own, which comes back by itself. */
export function postgresBus(url: string, log: Logger, on: BusHandlers): Bus {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let waiting: string[] = [];
  let isMissed = false;
  let sending = false;
  let attempt = 0;

  async function connect(): Promise<void> {
    const fresh = await listen(url, on.message);
    if (closed) return fresh.end();
    client = fresh;
    fresh.on('end', () => {
      client = null;
      again();
    });
    if (attempt > 0) on.gap();
    attempt = 0;
    void flush();
  }

  /** One try at a time: a connection that fails reports it twice, and each report must not begin a chain of its own. */
  function again(): void {
    if (closed || timer) return;
    attempt += 1;
    const retry = async (): Promise<void> => {
      try {
        await connect();
        timer = null;
        if (!client) again();
      } catch (err) {
        timer = null;
        log.warn({ err, attempt }, 'the bus is out of reach');
        again();
      }
    };
    timer = setTimeout(() => void retry(), Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt));
    timer.unref();
  }

  async function notify(texts: string[]): Promise<void> {
    await client?.query(
      `select pg_notify('${CHANNEL}', text) from unnest($1::text[]) with ordinality as given (text, position) order by position`,
      [texts],
    );
  }

  async function flush(): Promise<void> {
    if (sending || !client) return;
    sending = true;
    try {
      while ((waiting.length > 0 || isMissed) && client) {
        const batch = isMissed ? [on.gapText, ...waiting] : waiting;
        [waiting, isMissed] = [[], false];
        await notify(batch);
      }
    } catch (err) {
      // Nobody knows whether they came: the others hear that something may be missing.
      isMissed = true;
      log.warn({ err }, 'a live update did not reach the other processes');
    } finally {
      sending = false;
    }
  }

  connect().catch(() => again());
  return {
    publish(text) {
      if (waiting.length < MOST_WAITING) waiting.push(text);
      else [waiting, isMissed] = [[], true];
      void flush();
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
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
  // Nothing may be said before this process hears.
  await connection.flush();
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
