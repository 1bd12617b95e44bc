import { lookup } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { errorCode } from '../../../platform/error-code.ts';
import { isAllowedInside, isInner, namesInner } from './guard.ts';

/** What came of one try. `status` null: no answer, and `problem` says why. */
export type Answer = { status: number | null; answer: string; problem: string | null };
type Sending = {
  url: string;
  body: string;
  headers: Record<string, string>;
  /** Hosts of the inner network that may be called. */
  allowed: readonly string[];
  timeoutMs: number;
};

const MOST_ANSWER = 2_000;
const INNER = 'EINNER';

/** Looks names up and gives only addresses of the internet: the one that was checked is the one that is called. */
const outerLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0);
    const good = found.filter(({ address }) => !isInner(address));
    const [first] = good;
    if (!first) return done(Object.assign(new Error('inner network'), { code: INNER }), '', 0);
    if (options.all) done(null, good);
    else done(null, first.address, first.family);
  });
};

function problemOf(error: unknown): string {
  const code = errorCode(error) ?? '';
  if (code === INNER) return 'address_private';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown_host';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT' || code === 'ABORT_ERR') return 'timeout';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return 'certificate';
  return 'connection';
}

/** The beginning of the answer; the rest is not worth anybody's memory. */
function readBeginning(response: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const parts: Buffer[] = [];
  let size = 0;
  const finish = (): void =>
    resolve(Buffer.concat(parts).toString('utf8').replaceAll('\u0000', '').slice(0, MOST_ANSWER));
  response.on('data', (part: Buffer) => {
    parts.push(part);
    size += part.length;
    if (size < MOST_ANSWER * 4) return;
    finish();
    response.destroy();
  });
  response.on('end', finish);
  response.on('error', reject);
  return promise;
}

/**
 * Posts a body to an address and tells what came of it; never throws. Redirects are not followed, and hosts of the inner
 * network are not called unless allowed: neither by address nor by a name that leads there.
 */
export async function post(sending: Sending): Promise<Answer> {
  const { url: address, body, headers, allowed, timeoutMs } = sending;
  const url = new URL(address);
  const isFree = isAllowedInside(url, allowed);
  const none = { status: null, answer: '' };
  if (!isFree && namesInner(url)) return { ...none, problem: 'address_private' };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    signal: AbortSignal.timeout(timeoutMs),
    agent: false,
    // An address that is spelt out is not looked up.
    ...(isFree || isIP(url.hostname) > 0 ? {} : { lookup: outerLookup }),
  };
  try {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options);
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
    const response = await promise;
    const status = response.statusCode ?? 0;
    return { status, answer: await readBeginning(response), problem: null };
  } catch (error) {
    return { ...none, problem: problemOf(error) };
  }
}
