import { destination, pino, stdSerializers } from 'pino';
import type { DestinationStream, Logger, LoggerOptions } from 'pino';
import pinoPretty from 'pino-pretty';
import type { Config } from '../config/index.ts';
import { hideSecrets } from './redact.ts';

export type { Logger, Logger as Log } from 'pino';
export { hideSecretsInUrl } from './redact.ts';

function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return hideSecrets(fields) as Record<string, unknown>;
}

/**
 * The process's logger: lines of JSON, or coloured ones for people. Passwords, tokens and cookies are replaced by
 * `[hidden]` wherever they are passed as fields. Writes to standard output, or to `stream`.
 */
export function createLogger(config: Config['log'], stream?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level: config.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (level) => ({ level }), log: withoutSecrets, bindings: withoutSecrets },
    // Errors of clients carry the request they made, with its headers.
    serializers: { err: (error: Error) => withoutSecrets({ ...stdSerializers.err(error) }) },
  };
  if (config.format === 'pretty') {
    // In this process rather than in a worker thread: a person reads it, and the thread costs 20 MB.
    return pino(options, pinoPretty({ translateTime: 'SYS:HH:MM:ss.l', destination: stream ?? 1 }));
  }
  return pino(options, stream ?? destination({ fd: 1, sync: false, minLength: 0 }));
}

/** A logger whose lines all carry the id of one request. */
export function requestLogger(logger: Logger, requestId: string): Logger {
  return logger.child({ requestId });
}
