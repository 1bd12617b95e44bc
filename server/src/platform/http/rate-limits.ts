import type { FastifyRequest } from 'fastify';

type Counted = { current: number; ttl: number };
type Window = { count: number; since: number };

const MOST_KEPT = 5_000;

/**
 * Counts calls in windows of one process. By a clock that only goes forward: by the clock on the wall, setting it back
 * an hour would keep a window open for that hour and lock everybody out of it.
 */
export class WindowStore {
  readonly #windows = new Map<string, Window>();

  incr(
    key: string,
    done: (error: Error | null, result?: Counted) => void,
    timeWindow: number,
  ): void {
    const now = performance.now();
    const held = this.#windows.get(key);
    const isOpen = held !== undefined && now - held.since < timeWindow;
    const { count, since } = isOpen ? held : { count: 0, since: now };
    // Taken out and put in again: the first of the map is the one unused longest.
    this.#windows.delete(key);
    this.#windows.set(key, { count: count + 1, since });
    if (this.#windows.size > MOST_KEPT) {
      for (const oldest of this.#windows.keys()) {
        this.#windows.delete(oldest);
        break;
      }
    }
    done(null, { current: count + 1, ttl: timeWindow - (now - since) });
  }

  /** Each route counts by itself. */
  child(): WindowStore {
    return new WindowStore();
  }
}

/** The address, or the network of one person's line: who has one IPv6 address has 2^64 of them. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const gap = ip.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  return [...left, ...Array<string>(gap).fill('0'), ...right].slice(0, 4).join(':');
}

/** Who calls, as far as can be told before anything is looked up: many people may share an address. */
export function callerOf(request: FastifyRequest): string {
  const { authorization, cookie } = request.headers;
  return `${networkOf(request.ip)} ${authorization ?? cookie ?? ''}`.slice(0, 400);
}
