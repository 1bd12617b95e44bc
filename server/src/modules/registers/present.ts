import { registerColumns } from '@yingda/contract';
import type { ImprovementView, RegisterKey, RegisterRow } from '@yingda/contract';
import type { Actor } from '../../kernel/actor.ts';
import { mayEdit } from './policy.ts';
import type { ImprovementRow } from './store/complaints.ts';
import type { RowRow } from './store/rows.ts';

/** A line of a register as the contract has it: its columns alone, empty ones null. */
export function presentRow(row: RowRow, register: RegisterKey, actor: Actor): RegisterRow {
  const values = registerColumns[register].map(({ key }) => {
    const value = key === 'at' ? row.at.toISOString() : row.values[key];
    return [key, value === '' ? null : (value ?? null)] as const;
  });
  return {
    id: row.id,
    source: row.source,
    at: row.at.toISOString(),
    values: Object.fromEntries(values),
    orderId: row.orderId,
    conversationId: row.conversationId,
    customerId: row.customerId,
    version: row.version,
    mayEdit: mayEdit(actor, register, row),
  };
}

export const presentImprovement = (row: ImprovementRow): ImprovementView => ({
  ...row,
  at: row.at.toISOString(),
});
