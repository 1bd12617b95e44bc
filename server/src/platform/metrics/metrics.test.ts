import { expect, test } from 'vitest';
import { createMetrics } from './index.ts';

test('figures of the runtime and of the product are shown in the form of Prometheus', async () => {
  const metrics = createMetrics();
  metrics
    .counter({ name: 'mails_total', help: 'Mails sent.', labels: ['outcome'] })
    .inc({ outcome: 'ok' });
  metrics.histogram({ name: 'work_seconds', help: 'Time of work.' }).observe(0.004);
  let connections = 3;
  metrics.gauge({ name: 'connections', help: 'Open connections.', read: () => connections });
  connections = 4;

  const text = await metrics.text();
  expect(text).toContain('mails_total{outcome="ok"} 1');
  expect(text).toContain('work_seconds_bucket{le="0.005"} 1');
  expect(text).toContain('connections 4');
  expect(text).toContain('process_resident_memory_bytes');
  expect(metrics.contentType).toContain('text/plain');
  metrics.stop();
});

test('two registries in one process do not disturb each other', async () => {
  const [first, second] = [createMetrics(), createMetrics()];
  first.counter({ name: 'a_total', help: 'A.' }).inc();
  second.counter({ name: 'a_total', help: 'A.' });
  expect(await second.text()).toContain('a_total 0');
  first.stop();
  second.stop();
});
