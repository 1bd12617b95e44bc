import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A mail as the server took it. */
export type ReceivedMail = {
  /** From the envelope. */
  from: string;
  to: string[];
  /** Names in lower case, values unfolded. */
  headers: Record<string, string>;
  text: string;
  html: string;
  raw: string;
};

/** A small mail server (RFC 5321, 4954) that keeps what it takes. */
export type SmtpServer = {
  /** For `SMTP_URL`, with name and password. */
  url: string;
  mails: ReceivedMail[];
  /** Answers this line to the next command of that name, as `RCPT`, instead of its own. */
  answerNext: (command: string, line: string) => void;
  close: () => Promise<void>;
};

type Session = { from: string; to: string[]; signedIn: boolean; data: string | null };
type Server = { mails: ReceivedMail[]; answers: Map<string, string>; credentials: string };

const USER = 'sender';
const PASSWORD = 'geheim:1';

function decode(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function split(entity: string): { headers: Record<string, string>; body: string } {
  const end = entity.indexOf('\r\n\r\n');
  const lines = entity
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => /^([^:]+):\s*(.*)$/.exec(line) ?? []);
  return {
    headers: Object.fromEntries(
      headers.map(([, name = '', value = '']) => [name.toLowerCase(), value]),
    ),
    body: entity.slice(end + 4),
  };
}

/** The text of the first part of a type, at any depth. */
function partOf(entity: string, type: string): string | undefined {
  const { headers, body } = split(entity);
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) {
    const own = headers['content-type']?.startsWith(type) ?? type === 'text/plain';
    return own ? decode(body, headers['content-transfer-encoding']) : undefined;
  }
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1, -1);
  return parts.map((part) => partOf(part.slice(2), type)).find((text) => text !== undefined);
}

function received(session: Session): ReceivedMail {
  // A line that begins with a point was sent with two (RFC 5321, 4.5.2).
  const raw = (session.data ?? '').replace(/^\./gm, '');
  return {
    from: session.from,
    to: session.to,
    headers: split(raw).headers,
    text: partOf(raw, 'text/plain') ?? '',
    html: partOf(raw, 'text/html') ?? '',
    raw,
  };
}

type Handler = (argument: string, session: Session, server: Server) => string;

const mailbox = (argument: string): string => /<([^>]*)>/.exec(argument)?.[1] ?? '';

const HANDLERS: Record<string, Handler> = {
  EHLO: () => '250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN',
  NOOP: () => '250 OK',
  RSET: (_, session) => {
    Object.assign(session, { from: '', to: [] });
    return '250 OK';
  },
  AUTH: (argument, session, { credentials }) => {
    session.signedIn = argument === `PLAIN ${credentials}`;
    return session.signedIn ? '235 Welcome' : '535 Wrong name or password';
  },
  MAIL: (argument, session) => {
    if (!session.signedIn) return '530 Sign in first';
    Object.assign(session, { from: mailbox(argument), to: [] });
    return '250 OK';
  },
  RCPT: (argument, session) => {
    session.to.push(mailbox(argument));
    return '250 OK';
  },
  DATA: (_, session) => {
    if (session.to.length === 0) return '503 No recipient';
    session.data = '';
    return '354 Go on';
  },
};

function answer(line: string, session: Session, server: Server): string {
  const [, command = '', argument = ''] = /^(\w+)\s*(.*)$/.exec(line) ?? [];
  const name = command.toUpperCase();
  const scripted = server.answers.get(name);
  server.answers.delete(name);
  return scripted ?? HANDLERS[name]?.(argument, session, server) ?? '502 Unknown command';
}

function takeLine(line: string, session: Session, server: Server): string | undefined {
  if (session.data === null) return answer(line, session, server);
  if (line !== '.') {
    session.data += `${line}\r\n`;
    return undefined;
  }
  server.mails.push(received(session));
  session.data = null;
  return '250 Taken';
}

function talk(socket: Socket, server: Server): void {
  const session: Session = { from: '', to: [], signedIn: false, data: null };
  let pending = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.write('220 localhost ESMTP\r\n');
  socket.on('data', (chunk: string) => {
    const lines = (pending + chunk).split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (session.data === null && /^QUIT$/i.test(line)) {
        socket.end('221 Bye\r\n');
        return;
      }
      const reply = takeLine(line, session, server);
      if (reply !== undefined) socket.write(`${reply}\r\n`);
    }
  });
}

/** Starts the server on a free port. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const credentials = Buffer.from(`\0${USER}\0${PASSWORD}`).toString('base64');
  const state: Server = { mails: [], answers: new Map(), credentials };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    talk(socket, state);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    mails: state.mails,
    answerNext: (command, line) => void state.answers.set(command, line),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
