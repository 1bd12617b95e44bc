/**
 * How fast work orders are. `node bench/orders.ts load|reads|create|timers --data DIR`; see README.md.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCreation } from './orders/create.ts';
import { loadOrders } from './orders/load.ts';
import { measureReads } from './orders/reads.ts';
import { measureTimers } from './orders/timers.ts';

const { values, positionals } = parseArgs({
  options: {
    data: { type: 'string' },
    orders: { type: 'string' },
    customers: { type: 'string', default: '200000' },
    calls: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '20' },
    callers: { type: 'string', default: '16' },
    'keep-result': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

if (!values.data) throw new Error('--data DIR: where the installation is, or is to be');
const dataDir = resolve(values.data);
const keep = values['keep-result'];
const number = (text: string | undefined, usual: number): number => Number(text ?? usual);
const [what] = positionals;
if (what === 'load') {
  const customers = Number(values.customers);
  await loadOrders({ dataDir, orders: number(values.orders, 1_000_000), customers });
} else if (what === 'reads') {
  const { only } = values;
  const [calls, rounds] = [Number(values.calls), Number(values.rounds)];
  await measureReads({ dataDir, calls, rounds, only, keep });
} else if (what === 'create') {
  const [seconds, callers] = [Number(values.seconds), Number(values.callers)];
  await measureCreation({ dataDir, seconds, callers, keep });
} else if (what === 'timers') {
  await measureTimers({ dataDir, orders: number(values.orders, 100_000), keep });
} else throw new Error('load, reads, create or timers');
