import { actionsOf, conditionFields, opsOfKind, settableOrderFields, Uuid } from '@yingda/contract';
import type {
  Action,
  AutomationInput,
  AutomationRun,
  AutomationView,
  Fault,
  InputOf,
  listAutomationRuns as runsRoute,
} from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { audit, namesOf } from '../../identity/index.ts';
import { unfit } from '../domain/conditions.ts';
import { unknownPlaces } from '../domain/templates.ts';
import { automationChanged } from '../events.ts';
import { presentAutomation, presentRun } from '../present.ts';
import * as store from '../store/automations.ts';
import type { AutomationRow } from '../store/automations.ts';
import { deleteOld, selectRuns } from '../store/runs.ts';
import { seedJob } from './waiting.ts';

const require = (ctx: Ctx): void => requireRight(ctx.actor, 'automation.manage');

const talkFields: readonly string[] = ['priority', 'subject', 'tier', 'custom'];
const orderFields: readonly string[] = [
  ...settableOrderFields,
  'priority',
  'category',
  'department',
  'tier',
  'custom',
];

/** Actions that the subject knows nothing of, and placeholders that nobody knows, as paths of the input. */
function unfitActions(actions: Action[], subject: AutomationInput['subject']): string[] {
  return actions.flatMap((action, index) => {
    const path = `actions.${index}`;
    if (!actionsOf[subject].includes(action.kind)) return [`${path}.kind`];
    if (action.kind === 'set_field') {
      const known = subject === 'order' ? orderFields : talkFields;
      if (!known.includes(action.set.field)) return [`${path}.set.field`];
    }
    const texts = Object.entries(action).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return texts
      .filter(([, text]) => unknownPlaces(text).length > 0)
      .map(([name]) => `${path}.${name}`);
  });
}

const startOf = ({ when }: Pick<AutomationInput, 'when'>): string[] =>
  when.kind === 'event' ? when.events : [when.clock];

/** Throws `request.invalid` for what does not fit together; each part by itself was checked by its shape. */
export function requireFit(input: Partial<AutomationInput> & Pick<AutomationInput, 'subject'>) {
  const { subject, when, conditions, actions } = input;
  const isForeign = when && startOf({ when }).some((name) => !name.startsWith(`${subject}.`));
  const paths = [
    ...(isForeign ? ['when'] : []),
    ...(conditions
      ? unfit(conditions, subject, (field) => opsOfKind[conditionFields[field].kind])
      : []),
    ...(actions ? unfitActions(actions, subject) : []),
  ];
  if (paths.length === 0) return;
  const faults = paths.map((path): Fault => ({ path: `body.${path}`, kind: 'custom' }));
  throw new Problem('request.invalid', { faults });
}

async function present(ctx: Ctx, rows: AutomationRow[]): Promise<AutomationView[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap(({ updated_by: id }) => id ?? []),
  );
  return rows.map((row) => presentAutomation(row, names));
}

export async function listAutomations(ctx: Ctx): Promise<AutomationView[]> {
  require(ctx);
  return present(ctx, await store.selectAutomations(ctx.db));
}

async function note(tx: Tx, row: AutomationRow, action: string): Promise<AutomationView> {
  const { id, name } = row;
  const subject = { subjectKind: 'automation', subjectId: id, subjectName: name };
  await audit(tx, { action, ...subject, details: { version: row.version } });
  tx.emit(automationChanged, { noun: 'automation', id });
  const [view] = await present(tx, [row]);
  return orProblem(view, 'automation.not_found');
}

async function save(tx: Tx, id: string, input: AutomationInput): Promise<AutomationRow> {
  if (await store.isNameTaken(tx.db, input.name, id)) throw new Problem('automation.name_taken');
  const { when: starts, isActive, ...rest } = input;
  const by = tx.actor.kind === 'user' ? tx.actor.userId : null;
  await store.saveAutomation(tx.db, { ...rest, id, starts, is_active: isActive, by });
  const row = orProblem(await store.selectAutomation(tx.db, id), 'automation.not_found');
  if (row.is_active && row.starts.kind === 'time') {
    await tx.services.jobs.send(tx, seedJob, { id, version: row.version });
  }
  return row;
}

/** Problems: `request.invalid` for parts that do not fit together, `automation.name_taken`. */
export async function createAutomation(ctx: Ctx, input: AutomationInput): Promise<AutomationView> {
  require(ctx);
  requireFit(input);
  return transact(ctx, async (tx) =>
    note(tx, await save(tx, newId(), input), 'automation.created'),
  );
}

/** Does something to an automation, locked; throws `automation.not_found`. */
function onAutomation<T>(ctx: Ctx, id: string, deed: (tx: Tx, row: AutomationRow) => Promise<T>) {
  require(ctx);
  return transact(ctx, async (tx) =>
    deed(tx, orProblem(await store.lockAutomation(tx.db, id), 'automation.not_found')),
  );
}

/** Throws `automation.changed_meanwhile` when `version` is not the present one; else as making one. */
export async function changeAutomation(
  ctx: Ctx,
  id: string,
  { version, ...input }: AutomationInput & { version: number },
): Promise<AutomationView> {
  requireFit(input);
  return onAutomation(ctx, id, async (tx, before) => {
    if (before.version !== version) throw new Problem('automation.changed_meanwhile');
    return note(tx, await save(tx, id, input), 'automation.changed');
  });
}

export async function switchAutomation(
  ctx: Ctx,
  id: string,
  isActive: boolean,
): Promise<AutomationView> {
  return onAutomation(ctx, id, async (tx, before) => {
    const { starts: when, ...rest } = before;
    const row = await save(tx, id, { ...rest, when, isActive });
    return note(tx, row, isActive ? 'automation.switched_on' : 'automation.switched_off');
  });
}

export async function placeAutomations(ctx: Ctx, ids: string[]): Promise<AutomationView[]> {
  require(ctx);
  return transact(ctx, async (tx) => {
    await store.setPositions(tx.db, ids);
    await audit(tx, { action: 'automation.reordered', subjectKind: 'automation' });
    tx.emit(automationChanged, { noun: 'automation', id: ids[0] ?? '' });
    return present(tx, await store.selectAutomations(tx.db));
  });
}

/** Its runs stay in the history; clocks that it set find it gone. */
export async function removeAutomation(ctx: Ctx, id: string): Promise<void> {
  await onAutomation(ctx, id, async (tx, row) => {
    await store.deleteAutomation(tx.db, id);
    await note(tx, row, 'automation.deleted');
  });
}

type Query = InputOf<typeof runsRoute, 'query'>;

/** One page of what automations did, newest first. */
export async function listRuns(
  ctx: Ctx,
  { cursor, limit, ...filter }: Query,
): Promise<{ items: AutomationRun[]; nextCursor: string | null }> {
  require(ctx);
  const before = cursor === undefined ? null : Uuid.safeParse(cursor).data;
  if (before === undefined) throw new Problem('request.malformed');
  const rows = await selectRuns(ctx.db, { ...filter, before, limit: limit + 1 });
  const items = rows.slice(0, limit).map(presentRun);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const KEPT_DAYS = 180;

/** Forgets runs and mails after half a year. */
export async function tidyRuns(ctx: Ctx): Promise<void> {
  while ((await deleteOld(ctx.db, KEPT_DAYS)) > 0);
}
