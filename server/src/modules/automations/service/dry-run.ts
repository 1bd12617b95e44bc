import type { ActionReport, DryRun, dryRunAutomation as dryRoute, InputOf } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { examine } from '../domain/conditions.ts';
import type { FactValue } from '../domain/conditions.ts';
import { requireFit } from './automations.ts';
import { causeText, speaker } from './doing.ts';
import type { Doing } from './doing.ts';
import { performAll } from './perform.ts';
import { factsOf, findSubject, refOf } from './subjects.ts';
import type { Cause, Subject } from './subjects.ts';

type Asked = InputOf<typeof dryRoute, 'body'>;

/** Thrown to undo what was only tried. */
class Undone extends Error {}

/** Does the actions, and undoes all of it: what they would say or refuse is what they say and refuse. */
async function tryActions(
  ctx: Ctx,
  { subject, cause, actions }: { subject: Subject; cause: Cause | null; actions: Asked['actions'] },
): Promise<ActionReport[]> {
  let reports: ActionReport[] = [];
  const attempt = transact(ctx, async (tx) => {
    const inner: Tx = {
      ...tx,
      actor: { kind: 'system', name: 'automation' },
      emit: () => {},
      afterCommit: () => {},
    };
    const origin = { id: subject.id, name: '', kind: 'automation' } as const;
    const say = speaker(inner, subject, cause);
    const doing: Doing = { tx: inner, subject, cause, origin, chain: [], say };
    reports = (await performAll(doing, actions)).reports;
    throw new Undone();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return reports;
}

const shown = (value: FactValue): string =>
  Array.isArray(value) ? value.join(', ') : value === null ? '' : String(value);

/** The event as if it had just happened. */
function causeOf(event: Asked['event']): Cause | null {
  if (event === null) return null;
  const at = new Date().toISOString();
  const by = event === 'conversation.customer_wrote' ? 'customer' : 'person';
  return { name: event, at, by, text: null, previousStep: null, callResult: null };
}

/** Tries an automation on one thing. Problems: `automation.subject_not_found`, `request.invalid`. */
export async function dryRun(ctx: Ctx, asked: Asked): Promise<DryRun> {
  requireRight(ctx.actor, 'automation.manage');
  requireFit(asked);
  const subject = await findSubject(ctx, asked.subject, asked.on);
  const cause = causeOf(asked.event);
  if (cause && subject.kind === 'conversation') {
    cause.text = subject.conversation.conversation.preview;
  } else if (cause) cause.text = await transact(ctx, (tx) => causeText(tx, subject, cause));
  const { holds, groups } = examine(asked.conditions, factsOf(subject, cause));
  return {
    subject: refOf(subject),
    holds,
    groups: groups.map((group) => ({
      holds: group.holds,
      items: group.items.map(({ condition: { field, key = null, op }, found, holds: isHeld }) => ({
        field,
        key,
        op,
        found: shown(found),
        holds: isHeld,
      })),
    })),
    actions: await tryActions(ctx, { subject, cause, actions: asked.actions }),
  };
}
