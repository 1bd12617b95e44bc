import { setTimeout as sleep } from 'node:timers/promises';
import type { ResponseOf, RouteSpec, SentOf } from '../../contract/src/index.ts';

type Input<R extends RouteSpec> = {
  params?: SentOf<R, 'params'>;
  query?: SentOf<R, 'query'>;
  body?: SentOf<R, 'body'>;
};

/** A refusal with a problem code; repeating the call would be refused again. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number, where: string) {
    super(`${where}: ${code}`);
    this.code = code;
    this.status = status;
  }
}

/** Calls the product's interface as one caller, and goes on through lost connections and restarts. */
export class Client {
  readonly baseUrl: string;
  readonly headers: Record<string, string> = {};
  readonly #onRetry: (reason: string) => void;

  constructor(baseUrl: string, onRetry: (reason: string) => void = () => {}) {
    this.baseUrl = baseUrl;
    this.#onRetry = onRetry;
  }

  /** Repeats until the server has answered: every call made here is safe to repeat. */
  async call<R extends RouteSpec>(route: R, input: Input<R> = {}): Promise<ResponseOf<R>> {
    const url = this.baseUrl + pathOf(route, input as Input<RouteSpec>);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#once(route, url, input.body);
      if (answer) {
        if (answer.status < 400)
          return (answer.body === '' ? undefined : JSON.parse(answer.body)) as ResponseOf<R>;
        const code = codeOf(answer.body);
        if (answer.status !== 503 && answer.status !== 429 && answer.status < 500) {
          throw new Refused(code, answer.status, `${route.method} ${route.path}`);
        }
        this.#onRetry(code);
      } else this.#onRetry('connection');
      await sleep(Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random()));
    }
  }

  async #once(
    route: RouteSpec,
    url: string,
    body: unknown,
  ): Promise<{ status: number; body: string } | null> {
    try {
      const response = await fetch(url, {
        method: route.method,
        headers: {
          ...this.headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      });
      return { status: response.status, body: await response.text() };
    } catch {
      return null;
    }
  }

  /** Signs in with a password and keeps the cookie. */
  async signIn(email: string, password: string): Promise<void> {
    const response = await fetch(`${this.baseUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.baseUrl },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok)
      throw new Error(`sign-in of ${email}: ${response.status} ${await response.text()}`);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    this.headers['cookie'] = cookies.join('; ');
    this.headers['origin'] = this.baseUrl;
  }
}

function codeOf(body: string): string {
  try {
    return (JSON.parse(body) as { code?: string }).code ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

function pathOf(route: RouteSpec, input: Input<RouteSpec>): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const query = Object.entries((input.query ?? {}) as Record<string, unknown>).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}
