import type {
  Fault,
  ProblemBody,
  ProblemCode,
  ResponseOf,
  RouteSpec,
  SentOf,
} from '@yingda/contract';
import { problems } from '@yingda/contract';
import { currentLanguage } from './language.ts';

/** What may go wrong in a browser besides what the server reports. */
export type ClientProblemCode =
  | ProblemCode
  | 'network.unreachable'
  | 'network.unexpected_answer'
  | 'sign_in.passkey_cancelled'
  | 'sign_in.previously_registered'
  | 'sign_in.elsewhere_refused';

/** An answer that is not the expected one; `code` is the key of its text. */
export class ProblemError extends Error {
  readonly code: ClientProblemCode;
  readonly status: number;
  readonly params: Record<string, string | number>;
  readonly faults: Fault[];
  readonly requestId: string | null;

  constructor(code: ClientProblemCode, status: number, body: Partial<ProblemBody> = {}) {
    super(code);
    this.name = 'ProblemError';
    this.code = code;
    this.status = status;
    this.params = body.params ?? {};
    this.faults = body.faults ?? [];
    this.requestId = body.requestId ?? null;
  }
}

/** True when `error` is the problem with this code. */
export function isProblem(error: unknown, code: ClientProblemCode): error is ProblemError {
  return error instanceof ProblemError && error.code === code;
}

type Part<R extends RouteSpec, K extends 'params' | 'query' | 'body'> =
  SentOf<R, K> extends undefined
    ? { [P in K]?: undefined }
    : object extends SentOf<R, K>
      ? { [P in K]?: SentOf<R, K> }
      : { [P in K]: SentOf<R, K> };
/** What a call needs: exactly the parts its route declares. */
export type CallInput<R extends RouteSpec> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;
/** The input may be left out when nothing in it is required. */
export type CallArgument<R extends RouteSpec> =
  object extends CallInput<R>
    ? [input?: CallInput<R>, options?: CallOptions]
    : [input: CallInput<R>, options?: CallOptions];
export interface CallOptions {
  signal?: AbortSignal | undefined;
}

interface LooseInput {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** The address of a route with its parameters filled in; empty and undefined query values are left out. */
export function addressOf(route: RouteSpec, input: LooseInput = {}): string {
  const params = new Map(entriesOf(input.params));
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params.get(name))),
  );
  const query = new URLSearchParams(
    entriesOf(input.query).flatMap(([key, value]) =>
      value === undefined || value === null || value === ''
        ? []
        : [[key, `${value as string | number | boolean}`]],
    ),
  );
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Makes a problem from an error answer, whatever stands in it. */
export function problemFrom(status: number, body: unknown): ProblemError {
  const given = typeof body === 'object' && body !== null ? (body as Partial<ProblemBody>) : {};
  const known = given.code !== undefined && given.code in problems;
  if (known && given.code) return new ProblemError(given.code, status, given);
  if (status === 401) return new ProblemError('auth.signed_out', status);
  if (status === 429) return new ProblemError('request.too_many', status);
  if (status >= 502 && status <= 504) return new ProblemError('server.unavailable', status);
  return new ProblemError('network.unexpected_answer', status);
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError('network.unreachable', 0);
  }
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problemFrom(response.status, body);
  if (body === undefined) throw new ProblemError('network.unexpected_answer', response.status);
  return body;
}

/**
 * Calls a route of the contract and returns what it answers.
 * @throws {ProblemError} for every answer that is not the expected one, and when the server is not reached
 */
export async function call<R extends RouteSpec>(
  route: R,
  ...[input, options]: CallArgument<R>
): Promise<ResponseOf<R>> {
  const loose = (input ?? {}) as LooseInput;
  const hasBody = loose.body !== undefined;
  const response = await send(addressOf(route, loose), {
    method: route.method,
    headers: {
      accept: 'application/json',
      'accept-language': currentLanguage(),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    body: hasBody ? JSON.stringify(loose.body) : null,
    signal: options?.signal ?? null,
  });
  return (await answerOf(response)) as ResponseOf<R>;
}

/** Calls an address outside the contract (sign-in) with JSON; errors are left to the caller to read. */
export async function callRaw(
  address: string,
  body?: unknown,
): Promise<{ ok: boolean; status: number; body: unknown }> {
  const response = await send(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      'accept-language': currentLanguage(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return {
    ok: response.ok,
    status: response.status,
    body: await response.json().catch(() => undefined),
  };
}

export interface UploadOptions extends CallOptions {
  /** Share sent so far, 0 to 1. */
  onProgress?: (share: number) => void;
}

/**
 * Sends one file to an upload route as the multipart field `file`.
 * XMLHttpRequest, because fetch does not tell how much was sent.
 */
export function upload<R extends RouteSpec>(
  route: R,
  file: File,
  { onProgress, signal }: UploadOptions = {},
): Promise<ResponseOf<R>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, addressOf(route));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', currentLanguage());
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const done = request.status >= 200 && request.status < 300;
      if (done) resolve(request.response as ResponseOf<R>);
      else reject(problemFrom(request.status, request.response));
    });
    request.addEventListener('error', () => reject(new ProblemError('network.unreachable', 0)));
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
    signal?.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
