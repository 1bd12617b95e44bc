import { Agent, request } from 'node:http';
import type { RequestOptions } from 'node:http';

export type Reply = { status: number; body: string; ms: number };

/** Requests over connections that stay open, as a browser's do; `ms` runs from the first byte sent to the last received. */
export class Http {
  readonly #base: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(baseUrl: string) {
    this.#base = new URL(baseUrl);
  }

  get(path: string, headers: Record<string, string>): Promise<Reply> {
    return this.#send('GET', path, { headers });
  }

  post(path: string, headers: Record<string, string>, body: object): Promise<Reply> {
    return this.#send('POST', path, { headers, body: JSON.stringify(body) });
  }

  #send(
    method: string,
    path: string,
    { headers, body }: { headers: Record<string, string>; body?: string },
  ): Promise<Reply> {
    const { hostname, port } = this.#base;
    const sized =
      body === undefined
        ? headers
        : {
            ...headers,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          };
    const options: RequestOptions = {
      method,
      hostname,
      port,
      path,
      headers: sized,
      agent: this.#agent,
    };
    const start = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: text, ms: performance.now() - start }),
        );
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
