import { createTransport } from 'nodemailer';
import { Problem } from '../../kernel/problem.ts';
import type { Config } from '../config/index.ts';
import { errorCode } from '../error-code.ts';

/** A mail to send; the sender is the configured one. */
export type OutgoingMail = {
  to: string | string[];
  subject: string;
  text: string;
  html?: string;
  replyTo?: string;
  /** Further headers, as `In-Reply-To`. */
  headers?: Record<string, string>;
  /** Without angle brackets; made up when left out. */
  messageId?: string;
  attachments?: { filename: string; contentType: string; content: Buffer }[];
};

export type Mailer = {
  /** False when no mail server is configured; `send` then always fails. */
  isConfigured: boolean;
  /**
   * Hands the mail to the mail server and resolves once that has taken it, with the id it got. Problems:
   * `mail.not_configured`, `mail.refused` (trying again is no use), `mail.unavailable` (it is).
   */
  send(mail: OutgoingMail): Promise<{ messageId: string }>;
  /** Signs in to the mail server and out again; throws as `send` does. */
  check(): Promise<void>;
};

const CONNECT_MS = 15_000;
const ANSWER_MS = 60_000;

/**
 * A server that says 5xx of a mail means it for good (RFC 5321, 4.2.1); everything else may be better the next time,
 * also a wrong password: the operator mends it.
 */
function mailProblem(error: unknown): Problem {
  const status = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const refused = typeof status === 'number' && status >= 500 && errorCode(error) !== 'EAUTH';
  return new Problem(refused ? 'mail.refused' : 'mail.unavailable', { cause: error });
}

function unconfigured(): Mailer {
  const refuse = (): Promise<never> => Promise.reject(new Problem('mail.not_configured'));
  return { isConfigured: false, send: refuse, check: refuse };
}

/** Sends mail through the server that `SMTP_URL` names, one connection a mail. */
export function createMailer(config: Pick<Config, 'mail'>): Mailer {
  if (!config.mail) return unconfigured();
  const { smtpUrl: url, from } = config.mail;
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    // Texts come from outside: nothing in them may name a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    isConfigured: true,
    async send(mail) {
      try {
        const { messageId: id, ...rest } = mail;
        const given = id === undefined ? {} : { messageId: `<${id}>` };
        const { messageId } = await transport.sendMail({ from, ...rest, ...given });
        return { messageId };
      } catch (error) {
        throw mailProblem(error);
      }
    },
    async check() {
      await transport.verify().catch((error: unknown) => {
        throw mailProblem(error);
      });
    },
  };
}
