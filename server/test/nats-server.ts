import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * A small NATS server after the client protocol's documentation (INFO, CONNECT, PING/PONG, SUB, UNSUB, PUB, HPUB is
 * not offered): enough for one subject between processes, on a free port of this machine.
 */
export type NatsServer = {
  url: string;
  /** Cuts every connection, as a restart does. */
  cut(): void;
  close(): Promise<void>;
};

type Subscription = { subject: string; sid: string };
type Client = { socket: Socket; subscriptions: Subscription[] };

const info = {
  server_id: 'TEST',
  server_name: 'test',
  version: '2.10.0',
  proto: 1,
  headers: false,
  max_payload: 1_048_576,
};

export async function startNatsServer(): Promise<NatsServer> {
  const clients = new Set<Client>();

  function publish(subject: string, payload: Buffer): void {
    for (const { socket, subscriptions } of clients) {
      for (const { subject: wanted, sid } of subscriptions) {
        if (wanted !== subject) continue;
        socket.write(`MSG ${subject} ${sid} ${payload.length}\r\n`);
        socket.write(Buffer.concat([payload, Buffer.from('\r\n')]));
      }
    }
  }

  /** Handles one line; gives how many bytes of payload follow it, and where they go. */
  function obey(client: Client, line: string): { subject: string; bytes: number } | null {
    const [verb = '', ...words] = line.split(' ');
    switch (verb.toUpperCase()) {
      case 'PING':
        client.socket.write('PONG\r\n');
        return null;
      case 'SUB':
        client.subscriptions.push({ subject: words[0] ?? '', sid: words.at(-1) ?? '' });
        return null;
      case 'UNSUB':
        client.subscriptions = client.subscriptions.filter(({ sid }) => sid !== words[0]);
        return null;
      case 'PUB':
        return { subject: words[0] ?? '', bytes: Number(words.at(-1)) };
      default:
        return null;
    }
  }

  const server = createServer((socket) => {
    const client: Client = { socket, subscriptions: [] };
    clients.add(client);
    let rest = Buffer.alloc(0);
    let expected: { subject: string; bytes: number } | null = null;
    socket.on('error', () => {});
    socket.on('close', () => clients.delete(client));
    socket.write(`INFO ${JSON.stringify(info)}\r\n`);
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        if (expected) {
          if (rest.length < expected.bytes + 2) return;
          publish(expected.subject, rest.subarray(0, expected.bytes));
          rest = rest.subarray(expected.bytes + 2);
          expected = null;
        }
        const end = rest.indexOf('\r\n');
        if (end < 0) return;
        expected = obey(client, rest.subarray(0, end).toString());
        rest = rest.subarray(end + 2);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const { socket } of clients) socket.destroy();
  };
  return {
    url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
