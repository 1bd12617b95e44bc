import type { FieldValues, FlowMove, OrderSettings } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { changeFields } from '../../customers/index.ts';
import { needsOwnFields } from '../domain/flow.ts';
import { orderSettings } from './settings-read.ts';

/**
 * The values of the form's own fields after a change; undefined when none is given. What no field asks for is kept as
 * given, so that other systems may leave their marks. Throws `request.invalid` for a value that does not fit its field.
 */
export function fieldsBy(
  { fields: definitions }: Pick<OrderSettings, 'fields'>,
  before: FieldValues | undefined,
  given: FieldValues | undefined,
): FieldValues | undefined {
  if (given === undefined) return undefined;
  const change = { definitions, before: before ?? {}, given, loose: true };
  const { fields, faults } = changeFields(change);
  if (faults.length > 0) throw new Problem('request.invalid', { faults });
  return fields;
}

/** The same by the settings of now. */
export async function ownFields(
  ctx: Ctx,
  before: FieldValues | undefined,
  given: FieldValues | undefined,
): Promise<FieldValues | undefined> {
  return given === undefined ? undefined : fieldsBy(await orderSettings(ctx), before, given);
}

/** Keys of the form's own fields of now, where these moves ask for any: orders come by the hundred a second. */
export async function ownFieldKeys(ctx: Ctx, moves: readonly FlowMove[]): Promise<string[]> {
  if (!needsOwnFields(moves)) return [];
  return (await orderSettings(ctx)).fields.map(({ key }) => key);
}
