import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

type Description<Label extends string> = { name: string; help: string; labels?: readonly Label[] };

/** The figures of one process, shown to Prometheus. */
export type Metrics = {
  /** A number that only grows; its name ends in `_total`. */
  counter<Label extends string = never>(description: Description<Label>): Counter<Label>;
  /** A number read at the moment of asking. */
  gauge(description: Description<never> & { read: () => number }): void;
  /** Durations in seconds (or other sizes, with own `buckets`); its name ends in the unit. */
  histogram<Label extends string = never>(
    description: Description<Label> & { buckets?: readonly number[] },
  ): Histogram<Label>;
  contentType: string;
  /** All figures in the text form of Prometheus. */
  text(): Promise<string>;
  /** Stops the observers of the runtime. */
  stop(): void;
};

// From a row read by its key (1 ms) to the longest a client waits.
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A registry with the figures of the runtime (memory, event loop, garbage collection) in it. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    counter: ({ name, help, labels = [] }) =>
      new Counter({ name, help, labelNames: [...labels], registers }),
    gauge: ({ name, help, read }) =>
      void new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      }),
    histogram: ({ name, help, labels = [], buckets = DURATION_BUCKETS }) =>
      new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    stop: () => registry.clear(),
  };
}
