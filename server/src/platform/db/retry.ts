import { setTimeout as sleep } from 'node:timers/promises';

export type RetryOptions = {
  /** Tries in all, 5 unless told. */
  tries?: number;
  /** The first pause's length in ms, doubled each time and shortened by chance; 20 unless told. */
  firstPauseMs?: number;
};

/** The transaction was rolled back by the server, so doing it all again is right. */
const ROLLED_BACK = new Set(['40001', '40P01']);

/**
 * No statement reached the server, or it refused before doing anything: again is safe.
 * A connection lost in the middle of a commit is not among them: nobody knows whether it happened.
 */
const NEVER_BEGAN = new Set(['ECONNREFUSED', 'ENOENT', 'EAI_AGAIN', '57P03', '53300']);

const NO_CONNECTION =
  /timeout exceeded when trying to connect|Connection terminated due to connection timeout/;

/** True for an error after which the same transaction may be tried again without doing anything twice. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (ROLLED_BACK.has(code) || NEVER_BEGAN.has(code))) return true;
  return NO_CONNECTION.test(error.message);
}

/** True when the connection broke while it was in use: safe to repeat for reads and idempotent writes only. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && /^(08...|57P0[12]|ECONNRESET|EPIPE)$/.test(code)) return true;
  return /Connection terminated unexpectedly|Client has encountered a connection error/.test(
    error.message,
  );
}

/**
 * Runs a whole transaction, again when the server rolled it back (deadlock, serialization) or was not reachable
 * before it began. With `idempotent`, also when the connection broke midway. The last error is thrown on.
 */
export async function withRetry<T>(
  fn: () => Promise<T>,
  {
    tries = 5,
    firstPauseMs = 20,
    idempotent = false,
  }: RetryOptions & { idempotent?: boolean } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fn();
    } catch (error) {
      const again = isRetryable(error) || (idempotent && isConnectionLost(error));
      if (!again || attempt >= tries) throw error;
      await sleep(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }
}
