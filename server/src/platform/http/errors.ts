import type { ProblemCode } from '@yingda/contract';
import { Problem } from '../../kernel/problem.ts';
import { isConnectionLost, isRetryable } from '../db/retry.ts';
import { errorCode } from '../error-code.ts';

/** Codes of the framework, of PostgreSQL and of the system. */
const known: [RegExp, ProblemCode][] = [
  [/^(ENOSPC|53100)$/, 'server.disk_full'],
  [/^FST_ERR_CTP_BODY_TOO_LARGE$/, 'request.too_large'],
  [/^FST_ERR_CTP_INVALID_MEDIA_TYPE$/, 'request.unsupported_type'],
  [/^FST_REQ_FILE_TOO_LARGE$/, 'file.too_large'],
  // Data exceptions: a NUL in a text, a number or a time that PostgreSQL cannot hold. The input's fault.
  [/^22...$/, 'request.malformed'],
];

/** What the reader of uploads says, in words alone, of bytes that are no parts. */
const BROKEN_PARTS = /multipart|part terminated early|malformed part header/i;

function codeOf(error: unknown): ProblemCode {
  const code = errorCode(error);
  if (code === undefined && error instanceof Error && BROKEN_PARTS.test(error.message))
    return 'request.malformed';
  const found = known.find(([pattern]) => code !== undefined && pattern.test(code));
  if (found) return found[1];
  if (isRetryable(error) || isConnectionLost(error)) return 'server.unavailable';
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode === 429) return 'request.too_many';
  return statusCode >= 400 && statusCode < 500 ? 'request.malformed' : 'server.unexpected';
}

/** Every error as a problem: ours as they are, others by their codes, anything else an unexplained 500. */
export function toProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(codeOf(error), { cause: error });
}
