import type { addRegisterLine, InputOf, RegisterKey, RegisterRow } from '@yingda/contract';
import { may, requireRight, requireUser } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { visibleAmong } from '../../conversations/index.ts';
import { customerBriefs } from '../../customers/index.ts';
import { teamsOf } from '../../identity/index.ts';
import { enter } from '../domain/values.ts';
import type { Entered, Given } from '../domain/values.ts';
import { requireEdit } from '../policy.ts';
import { presentRow } from '../present.ts';
import { deleteLine, insertLine, lockEntered, updateEntered } from '../store/lines.ts';
import { selectConversationCustomer, selectRow } from '../store/rows.ts';
import type { RowRow } from '../store/rows.ts';
import { scopeOf } from './scope.ts';

/** Throws `register.not_enterable` for columns that the work fills, `request.invalid` for values that do not fit. */
function checked(register: RegisterKey, before: Entered, given: Given): Entered {
  const { entered, faults, closed } = enter(register, before, given);
  if (closed.length > 0) throw new Problem('register.not_enterable');
  if (faults.length > 0) throw new Problem('request.invalid', { faults });
  return entered;
}

async function seen(ctx: Ctx, register: RegisterKey, id: string): Promise<RowRow> {
  const scope = await scopeOf(ctx, register);
  return orProblem(await selectRow(ctx.db, scope, id), 'register.row_not_found');
}

type NewLine = InputOf<typeof addRegisterLine, 'body'>;

/** Whom the line is about. */
async function aboutOf(tx: Tx, line: NewLine): Promise<string | null> {
  const { conversationId, customerId, customerName } = line;
  if (conversationId !== null) {
    const visible = await visibleAmong(tx, [conversationId]);
    if (!visible.has(conversationId)) throw new Problem('conversation.not_found');
    if (customerId === null) return selectConversationCustomer(tx.db, conversationId);
  }
  if (customerId !== null) {
    return orProblem((await customerBriefs(tx, [customerId])).get(customerId), 'customer.not_found')
      .id;
  }
  if (customerName.trim() === '') {
    throw new Problem('request.invalid', { faults: [{ path: 'customerName', kind: 'required' }] });
  }
  return null;
}

/** The team of the line: as asked, of which the actor may record; else the actor's first. */
async function teamFor(tx: Tx, teamId: string | null): Promise<string | null> {
  const { userId } = requireUser(tx.actor);
  const own = await teamsOf(tx, userId);
  if (teamId === null) return own.find(({ id }) => may(tx.actor, 'order.write', id))?.id ?? null;
  requireRight(tx.actor, 'order.write', teamId);
  return teamId;
}

/**
 * Enters a line. Problems: `register.not_enterable`, `request.invalid`, `customer.not_found`,
 * `conversation.not_found`, `auth.forbidden` for a team one does not record for.
 */
export async function addLine(
  ctx: Ctx,
  register: RegisterKey,
  line: NewLine,
): Promise<RegisterRow> {
  if (register === 'problems') throw new Problem('register.not_enterable');
  const entered = checked(register, {}, line.values);
  const id = newId();
  return transact(ctx, async (tx) => {
    const customerId = await aboutOf(tx, line);
    const teamId = await teamFor(tx, line.teamId);
    await insertLine(tx.db, {
      id,
      register,
      sourceId: null,
      at: line.at ? new Date(line.at) : new Date(),
      teamId,
      customerId,
      customerName: line.customerName.trim(),
      phones: line.phones,
      conversationId: line.conversationId,
      entered,
      recorderId: requireUser(tx.actor).userId,
    });
    return presentRow(await seen(tx, register, id), register, tx.actor);
  });
}

type Edit = { id: string; version: number; values: Given };

/**
 * Writes on a line what the work does not tell. Problems: `register.row_not_found`, `register.not_yours`,
 * `register.changed_meanwhile`, `register.not_enterable`, `request.invalid`.
 */
export async function editRow(
  ctx: Ctx,
  register: RegisterKey,
  { id, version, values }: Edit,
): Promise<RegisterRow> {
  return transact(ctx, async (tx) => {
    const row = await seen(tx, register, id);
    requireEdit(tx.actor, register, row);
    const before = await lockEntered(tx.db, register, id);
    if ((before?.version ?? 0) !== version) throw new Problem('register.changed_meanwhile');
    const entered = checked(register, before?.entered ?? {}, values);
    if (before) await updateEntered(tx.db, before.id, entered);
    else {
      const overlay = {
        id: newId(),
        register,
        sourceId: id,
        at: row.at,
        teamId: null,
        customerId: null,
        customerName: '',
        phones: [],
        conversationId: null,
        entered,
        recorderId: tx.actor.kind === 'user' ? tx.actor.userId : null,
      };
      if (!(await insertLine(tx.db, overlay))) throw new Problem('register.changed_meanwhile');
    }
    return presentRow(await seen(tx, register, id), register, tx.actor);
  });
}

/** Removes a line that somebody entered. Problems: `register.row_not_found`, `register.not_yours`, `register.not_enterable`. */
export async function removeLine(ctx: Ctx, register: RegisterKey, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await seen(tx, register, id);
    requireEdit(tx.actor, register, row);
    if (row.source !== 'entered') throw new Problem('register.not_enterable');
    await deleteLine(tx.db, id);
  });
}
