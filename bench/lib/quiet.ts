import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

function times(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times: spent } of cpus()) {
    idle += spent.idle;
    all += spent.idle + spent.user + spent.sys + spent.nice + spent.irq;
  }
  return { idle, all };
}

/** Waits for a moment in which the cores are mostly idle, but not for ever: others may use the machine too. */
export async function quietMoment(mostMs: number): Promise<void> {
  const end = performance.now() + mostMs;
  do {
    const before = times();
    await sleep(300);
    const after = times();
    if ((after.idle - before.idle) / (after.all - before.all) > 0.85) return;
  } while (performance.now() < end);
}
