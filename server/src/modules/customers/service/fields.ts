import type {
  CustomFieldView,
  createCustomField,
  InputOf,
  updateCustomField,
} from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import { fieldsChanged } from '../events.ts';
import { requireFieldAdministration } from '../policy.ts';
import * as store from '../store/fields.ts';

/** The custom fields of customers in the order in which they are shown. */
export async function listFields(ctx: Ctx): Promise<CustomFieldView[]> {
  return store.selectFields(ctx.db);
}

function withChoices(field: CustomFieldView): CustomFieldView {
  const choices = field.kind === 'choice' ? [...new Set(field.choices)] : [];
  if (field.kind === 'choice' && choices.length === 0) {
    throw new Problem('request.invalid', { faults: [{ path: 'choices', kind: 'required' }] });
  }
  return { ...field, choices };
}

async function note(tx: Tx, action: string, field: CustomFieldView): Promise<void> {
  const { id, key, label, kind, choices, position } = field;
  await audit(tx, {
    action,
    subjectKind: 'custom_field',
    subjectId: id,
    subjectName: label,
    details: { key, kind, choices, position },
  });
  tx.emit(fieldsChanged, {});
}

export async function createField(
  ctx: Ctx,
  input: InputOf<typeof createCustomField, 'body'>,
): Promise<CustomFieldView> {
  requireFieldAdministration(ctx.actor);
  const field = withChoices({ id: newId(), ...input });
  return transact(ctx, async (tx) => {
    if (!(await store.insertField(tx.db, field))) throw new Problem('field.name_taken');
    await note(tx, 'field.created', field);
    return field;
  });
}

export async function updateField(
  ctx: Ctx,
  { id, ...change }: InputOf<typeof updateCustomField, 'body'> & { id: string },
): Promise<CustomFieldView> {
  requireFieldAdministration(ctx.actor);
  return transact(ctx, async (tx) => {
    const before = orProblem(await store.lockField(tx.db, id), 'field.not_found');
    const field = withChoices({
      ...before,
      label: change.label ?? before.label,
      choices: change.choices ?? before.choices,
      position: change.position ?? before.position,
    });
    await store.updateField(tx.db, field);
    await note(tx, 'field.changed', field);
    return field;
  });
}

export async function deleteField(ctx: Ctx, id: string): Promise<void> {
  requireFieldAdministration(ctx.actor);
  await transact(ctx, async (tx) => {
    const field = orProblem(await store.lockField(tx.db, id), 'field.not_found');
    await store.deleteField(tx.db, id);
    await note(tx, 'field.deleted', field);
  });
}
