/** How long something took, of many. */
export class Durations {
  readonly #values: number[] = [];

  add(ms: number): void {
    this.#values.push(ms);
  }
  get count(): number {
    return this.#values.length;
  }
  /** The value below which this share lies, in ms. */
  at(share: number): number {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
  summary() {
    const round = (ms: number): number => Math.round(ms * 10) / 10;
    return {
      count: this.count,
      p50: round(this.at(0.5)),
      p95: round(this.at(0.95)),
      p99: round(this.at(0.99)),
      max: round(this.at(1)),
    };
  }
}

type Entry = { sentAt: number; ackedAt: number | null; id: string | null; seenAt: number | null };

/**
 * Every message of the run by its sender's key: sent, acknowledged, seen by the other side. Times of both sides come
 * from the same clock, as they live in one process.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #byId = new Map<string, string>();
  /** When messages were seen that no sender has claimed yet. */
  readonly #early = new Map<string, number>();
  readonly acknowledged = new Durations();
  readonly delivered = new Durations();
  readonly doubled: string[] = [];
  retries = 0;
  conversations = 0;
  resolved = 0;
  readonly problems = new Map<string, number>();

  sent(key: string): void {
    this.#entries.set(key, { sentAt: performance.now(), ackedAt: null, id: null, seenAt: null });
  }

  acked(key: string, id: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#know(key, entry, id);
    if (entry.ackedAt === null) this.acknowledged.add(performance.now() - entry.sentAt);
    entry.ackedAt ??= performance.now();
    // Seen before the acknowledgement came, by a reader who is not told the sender's key.
    const early = this.#early.get(id);
    if (early !== undefined) this.#show(entry, early);
    this.#early.delete(id);
  }

  #know(key: string, entry: Entry, id: string): void {
    const known = this.#byId.get(id) ?? key;
    if (known !== key || (entry.id !== null && entry.id !== id)) this.doubled.push(key);
    entry.id = id;
    this.#byId.set(id, key);
  }

  #show(entry: Entry, at: number): void {
    if (entry.seenAt === null) this.delivered.add(at - entry.sentAt);
    entry.seenAt ??= at;
  }

  /**
   * The other side shows the message. Readers who see the sender's key name it; visitors are not told an agent's, and
   * know the message by its id.
   */
  seen(key: string | null, id: string): void {
    const own = key ?? this.#byId.get(id);
    const entry = own === undefined ? undefined : this.#entries.get(own);
    if (own === undefined || !entry) {
      if (!this.#early.has(id)) this.#early.set(id, performance.now());
      return;
    }
    this.#know(own, entry, id);
    this.#show(entry, performance.now());
  }

  problem(code: string): void {
    this.problems.set(code, (this.problems.get(code) ?? 0) + 1);
  }

  totals() {
    const entries = [...this.#entries.values()];
    const acked = entries.filter(({ ackedAt }) => ackedAt !== null);
    return {
      sent: entries.length,
      acknowledged: acked.length,
      unacknowledged: entries.length - acked.length,
      lost: acked.filter(({ seenAt }) => seenAt === null).length,
      doubled: new Set(this.doubled).size,
      strays: this.#early.size,
    };
  }

  /** Keys of messages that were acknowledged, for a comparison with what the server keeps. */
  acknowledgedKeys(): string[] {
    return [...this.#entries].filter(([, entry]) => entry.ackedAt !== null).map(([key]) => key);
  }
}
