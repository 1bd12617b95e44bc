import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What came back on a bare connection. */
export type WireAnswer = { status: number; headers: Map<string, string>; body: string };

/** A connection whose bytes are ours to choose. */
export async function dial(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Servers cut off what they cannot read; that is an answer too.
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

function parse(text: string): WireAnswer | null {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(line)?.[1];
  if (status === undefined) return null;
  const headers = new Map(
    fields.map((field): [string, string] => {
      const at = field.indexOf(':');
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
  return { status: Number(status), headers, body: rest.join('\r\n\r\n') };
}

/** Sends bytes and reads what comes until the server closes; null when it closed without a word. */
export async function send(url: string, bytes: string | Buffer): Promise<WireAnswer | null> {
  const socket = await dial(url);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const gone = once(socket, 'close');
  socket.write(bytes);
  await gone;
  return parse(Buffer.concat(chunks).toString('utf8'));
}
