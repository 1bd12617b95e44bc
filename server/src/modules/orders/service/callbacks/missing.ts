import type { CallbackDetail } from '@yingda/contract';
import type { Ctx } from '../../../../platform/ctx.ts';
import { missingFields, stepOf } from '../../domain/flow.ts';
import { moveWithEffect } from '../../domain/machine.ts';
import type { OrderRow } from '../../store/order.ts';
import { selectDepartmentTeam } from '../../store/people.ts';
import { flowOf } from '../flows.ts';
import { ownFieldKeys } from '../own-fields.ts';

type Missing = CallbackDetail['missing'];

/** What is to be filled in with either answer of the customer, as the move that it takes needs it. */
export async function missingFor(ctx: Ctx, order: OrderRow | undefined): Promise<Missing> {
  if (!order) return { solved: [], not_solved: [] };
  const { definition } = await flowOf(ctx, order.flow_id);
  const { department_id: departmentId, step_key: stepKey } = order;
  if (order.status !== 'open' || stepOf(definition, stepKey).kind !== 'callback') {
    return { solved: [], not_solved: [] };
  }
  const departmentTeamId =
    departmentId === null ? null : await selectDepartmentTeam(ctx.db, departmentId);
  const form = { ...order.form, subject: order.subject, phones: order.phones };
  const of = async (effect: 'solved' | 'not_solved') => {
    const facts = { departmentId, departmentTeamId };
    const move = moveWithEffect(definition, stepKey, { effect, facts });
    if (!move) return [];
    return missingFields(move.needs, form, {
      customerId: order.customer_id,
      customerName: order.customer_name,
      departmentId,
      ownFields: await ownFieldKeys(ctx, [move]),
    });
  };
  return { solved: await of('solved'), not_solved: await of('not_solved') };
}
