import { createAutomation, listAutomationRuns } from '@yingda/contract';
import type { AutomationRun, AutomationView, SentOf } from '@yingda/contract';
import { sql } from 'kysely';
import type { Caller, TestApp } from '../../../test/app.ts';
import { transact } from '../../platform/ctx.ts';

type Input = SentOf<typeof createAutomation, 'body'>;

const named = (): string => `Rule ${Math.random().toString(36).slice(2, 9)}`;

/** Makes an active automation; throws unless it is taken. */
export async function newRule(
  app: TestApp,
  admin: Caller,
  input: Omit<Input, 'name' | 'subject'> & Partial<Input>,
): Promise<AutomationView> {
  const body = { name: named(), subject: 'order' as const, isActive: true, ...input };
  const answer = await app.request(createAutomation, admin, { body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

export async function runsOf(
  app: TestApp,
  admin: Caller,
  query: SentOf<typeof listAutomationRuns, 'query'>,
): Promise<AutomationRun[]> {
  return (await app.request(listAutomationRuns, admin, { query })).body.items;
}

/** Lets time pass for one automation and one thing: the timer is due by so much earlier. */
export async function hurry(app: TestApp, ruleId: string, subjectId: string): Promise<void> {
  await transact(app.ctx, ({ db }) =>
    sql`
      update timer set run_at = clock_timestamp() where kind = 'automation.wait' and key = ${`${ruleId}:${subjectId}`}
    `.execute(db),
  );
}

/** When the clock of an automation for one thing is due; null: it has none. */
export async function dueFor(
  app: TestApp,
  ruleId: string,
  subjectId: string,
): Promise<Date | null> {
  const { rows } = await sql<{ due_at: Date }>`
    select due_at from timer where kind = 'automation.wait' and key = ${`${ruleId}:${subjectId}`}
  `.execute(app.ctx.db);
  return rows[0]?.due_at ?? null;
}

/** Waits until all that was said has been heard by the automations. */
export async function caughtUp(app: TestApp): Promise<void> {
  const { setTimeout: sleep } = await import('node:timers/promises');
  const { rows: last } = await sql<{ id: number }>`
    select coalesce(max(id), 0) as id from outbox_event
  `.execute(app.ctx.db);
  for (;;) {
    const { rows } = await sql<{ behind: boolean }>`
      select exists (
        select from outbox_event e, listener_cursor c where c.listener = 'automations.react' and e.id <= ${last[0]?.id ?? 0}
          and (e.xid, e.id) > (c.xid, c.id)
          and e.type in ('order.changed', 'callback.changed', 'conversation.changed', 'message.posted')
      ) as behind
    `.execute(app.ctx.db);
    if (!rows[0]?.behind) return;
    await sleep(25);
  }
}
