import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemCode } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/problem.ts';
import { localeOf, problemBody } from './answer.ts';

function codeOf({ code }: { code?: string }): ProblemCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'request.too_large';
  return 'request.malformed';
}

/**
 * Answers what is no HTTP, or takes too long to become a request: there is no request to answer, so the problem is
 * written to the bare connection, in Chinese, and the connection ends.
 */
export function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const problem = new Problem(codeOf(error));
    const body = JSON.stringify(problemBody(problem, localeOf(undefined), newId()));
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      'X-Content-Type-Options: nosniff',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}

/** Answers an address that is no address before any route is looked for: neither hooks nor error handler run then. */
export function answerBadAddress(_: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = new Problem('request.malformed');
  const locale = localeOf(request.headers['accept-language']);
  void reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, locale, request.id)));
}
