import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

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

/** A mail server that keeps what it takes. */
export type SmtpServer = {
  /** For `SMTP_URL`, with name and password. */
  url: string;
  mails: ReceivedMail[];
  /** Answers this line to the next command of that name, as `RCPT`, instead of its own. */
  answerNext: (command: 'AUTH' | 'MAIL' | 'RCPT' | 'DATA', line: string) => void;
  close: () => Promise<void>;
};

const USER = 'sender';
const PASSWORD = 'geheim:1';

type Done = (error?: Error | null) => void;

/** The refusal that a line such as `550 no such person` stands for. */
function refusal(line: string): Error {
  return Object.assign(new Error(line.slice(4)), { responseCode: Number(line.slice(0, 3)) });
}

async function received(mail: Buffer, { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  const { text, html, headerLines } = await simpleParser(mail, { skipTextToHtml: true });
  return {
    from: envelope.mailFrom ? envelope.mailFrom.address : '',
    to: envelope.rcptTo.map(({ address }) => address),
    headers: Object.fromEntries(
      headerLines.map(({ key, line }) => [
        key,
        line.replaceAll(/\r?\n[ \t]+/g, ' ').replace(/^[^:]+:\s*/, ''),
      ]),
    ),
    text: text ?? '',
    html: html || '',
    raw: mail.toString('latin1'),
  };
}

/** Starts the server on a free port. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: ReceivedMail[] = [];
  const answers = new Map<string, string>();
  const scripted = (command: string, done: Done): void => {
    const line = answers.get(command);
    answers.delete(command);
    done(line === undefined ? null : refusal(line));
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      scripted('AUTH', (error) => {
        if (error) done(error);
        else if (username === USER && password === PASSWORD) done(null, { user: USER });
        else done(refusal('535 Wrong name or password'));
      }),
    onMailFrom: (_address, _session, done) => scripted('MAIL', done),
    onRcptTo: (_address, _session, done) => scripted('RCPT', done),
    onData(stream, session, done) {
      const take = async (): Promise<void> => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const mail = await received(Buffer.concat(chunks), session);
        scripted('DATA', (error) => {
          if (!error) mails.push(mail);
          done(error);
        });
      };
      // Whoever dies in the middle of a mail has not sent it.
      take().catch(done);
    },
  });
  // A sender that is killed cuts its connection.
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    mails,
    answerNext: (command, line) => void answers.set(command, line),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
