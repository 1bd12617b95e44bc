/** The server's refusal, or `network` (status 0) when there was no answer. */
export class CallProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryAfterMs: number;
  /** Names of the fields that were wrong. */
  readonly fields: readonly string[];

  constructor(
    code: string,
    status: number,
    details: { retryAfterMs?: number; fields?: string[] } = {},
  ) {
    super(code);
    this.code = code;
    this.status = status;
    this.retryAfterMs = details.retryAfterMs ?? 0;
    this.fields = details.fields ?? [];
  }

  /** Asking again later can help: no answer, too many calls, a server in trouble. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

interface Failure {
  status: number;
  body: unknown;
  retryAfter: string | null;
}

function problemOf({ status, body, retryAfter }: Failure): CallProblem {
  const said = body as { code?: unknown; faults?: { path?: unknown }[] } | null;
  const code = typeof said?.code === 'string' ? said.code : 'server.unexpected';
  const fields = Array.isArray(said?.faults) ? said.faults.map(({ path }) => String(path)) : [];
  return new CallProblem(code, status, { retryAfterMs: Number(retryAfter ?? 0) * 1000, fields });
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: unknown;
  token?: string | null;
}

/** Calls the server with JSON. Throws a `CallProblem`; a call that hangs for 20 s counts as no answer. */
export async function callJson<T>(
  base: string,
  { method = 'GET', path, body, token }: Call,
): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token) headers.authorization = `Bearer ${token}`;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 20_000);
  try {
    const response = await fetch(base + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: abort.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    const text = await response.text();
    const answer: unknown = text === '' ? null : JSON.parse(text);
    if (response.ok) return answer as T;
    const retryAfter = response.headers.get('retry-after');
    throw problemOf({ status: response.status, body: answer, retryAfter });
  } catch (error) {
    throw error instanceof CallProblem ? error : new CallProblem('network', 0);
  } finally {
    clearTimeout(timer);
  }
}

export interface Upload {
  url: string;
  token: string;
  file: Blob;
  name: string;
  /** Hears the share sent so far, 0 to 1. */
  progress: (share: number) => void;
}

/** Uploads one file; `fetch` cannot tell how far it is. */
export function uploadFile<T>({ url, token, file, name, progress }: Upload): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new CallProblem('network', 0));
    request.ontimeout = request.onerror;
    request.onabort = request.onerror;
    request.timeout = 600_000;
    request.onload = () => {
      const { status, responseText } = request;
      let body: unknown = null;
      try {
        body = JSON.parse(responseText);
      } catch {
        // A proxy's own error page.
      }
      const retryAfter = request.getResponseHeader('retry-after');
      if (status >= 200 && status < 300 && body) resolve(body as T);
      else reject(problemOf({ status, body, retryAfter }));
    };
    const form = new FormData();
    form.append('file', file, name);
    request.send(form);
  });
}

/** Milliseconds before the next try, the n-th (from 0): doubling to 15 s, spread so that visitors do not return at once. */
export function backoff(attempt: number): number {
  return Math.min(15_000, 800 * 2 ** attempt) * (0.6 + Math.random() * 0.6);
}
