/** A process that does nothing but fire timers of the kind `test.count`: to be killed by a test. */
import { sql } from 'kysely';
import { z } from 'zod';
import { runTimers, timerKind } from '../service/timers.ts';
import { servicesOn } from './services.ts';

timerKind('test.count', z.object({ n: z.number() }), async (tx, { n }) => {
  await sql`insert into fired (n) values (${n})`.execute(tx.db);
});
runTimers(servicesOn(process.argv[2] ?? ''));
process.stdout.write('scanning\n');
