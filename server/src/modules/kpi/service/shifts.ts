import type { InputOf, ReportPeriod, ShiftView, createShifts } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import { addDays, isUsableInstant } from '../domain/days.ts';
import { startOf } from '../domain/steps.ts';
import { kpiChanged } from '../events.ts';
import { presentShift } from '../present.ts';
import { insertShifts, removeShift, selectShifts } from '../store/shifts.ts';
import type { ShiftRow } from '../store/shifts.ts';
import { memberNames, requireMembers } from './member-list.ts';
import { memberIds } from './members.ts';
import { requirePeriod } from './query.ts';
import { agentsOf, scopeOf } from './scope.ts';
import { kpiSettings } from './settings.ts';
import { recountShifts } from './shift-time.ts';

/** Longer than this nobody works at a stretch. */
const LONGEST_MS = 36 * 3_600_000;

type Query = ReportPeriod & { agentId?: number | undefined };

async function present(ctx: Ctx, rows: ShiftRow[]): Promise<ShiftView[]> {
  const names = await memberNames(
    ctx,
    rows.map(({ agentId }) => agentId),
  );
  return rows.map((row) => presentShift(row, names));
}

/** Planned shifts that touch a period, of the people the actor may see. Throws `kpi.period_invalid`. */
export async function listShifts(ctx: Ctx, { from, to, agentId }: Query): Promise<ShiftView[]> {
  requirePeriod({ from, to });
  const [scope, { timeZone }] = [await scopeOf(ctx), await kpiSettings(ctx)];
  const mine = scope.teams === 'all' ? null : agentsOf(scope, scope.teams);
  const isMine = (id: number): boolean => mine === null || mine.includes(id);
  const asked =
    agentId === undefined ? mine : [agentId].filter((id) => isMine(id) && scope.members.has(id));
  const rows = await selectShifts(ctx, {
    from: new Date(startOf(timeZone, from)),
    until: new Date(startOf(timeZone, addDays(to, 1))),
    agents: asked,
  });
  return present(ctx, rows);
}

type Input = InputOf<typeof createShifts, 'body'>['shifts'];

function requireShift({ startsAt, endsAt, agentId, agent }: Input[number]): void {
  const length = Date.parse(endsAt) - Date.parse(startsAt);
  const isTime = isUsableInstant(startsAt) && isUsableInstant(endsAt);
  if (!isTime || !(length > 0 && length <= LONGEST_MS)) throw new Problem('kpi.shift_invalid');
  if (agentId === undefined && agent === undefined) throw new Problem('kpi.member_not_found');
}

/** What a change of shifts means for the time of the agents. */
async function follow(tx: Tx, shifts: ShiftRow[]): Promise<void> {
  tx.emit(kpiChanged, { noun: 'shifts' });
  await recountShifts(tx, shifts);
}

/**
 * Enters planned shifts, all or none; an agent not known yet by name. Throws `kpi.shift_invalid`,
 * `kpi.member_not_found`.
 */
export async function addShifts(ctx: Ctx, shifts: Input): Promise<ShiftView[]> {
  requireRight(ctx.actor, 'kpi.manage');
  for (const shift of shifts) requireShift(shift);
  await requireMembers(
    ctx,
    'agent',
    shifts.flatMap(({ agentId }) => agentId ?? []),
  );
  return transact(ctx, async (tx) => {
    const named = await memberIds(
      tx,
      'agent',
      shifts.flatMap(({ agentId, agent }) => (agentId === undefined ? (agent ?? []) : [])),
    );
    const rows = shifts.map(({ agentId, agent, startsAt, endsAt }) => ({
      id: newId(),
      agentId: agentId ?? named.get(agent ?? '') ?? 0,
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    }));
    await insertShifts(tx, rows);
    await audit(tx, {
      action: 'kpi_shift.created',
      subjectKind: 'kpi_shift',
      details: { count: rows.length },
    });
    await follow(tx, rows);
    return present(tx, rows);
  });
}

/** Throws `kpi.shift_not_found`. */
export async function deleteShift(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'kpi.manage');
  await transact(ctx, async (tx) => {
    const row = orProblem(await removeShift(tx, id), 'kpi.shift_not_found');
    await audit(tx, {
      action: 'kpi_shift.deleted',
      subjectKind: 'kpi_shift',
      subjectId: id,
      details: { startsAt: row.startsAt, endsAt: row.endsAt },
    });
    await follow(tx, [row]);
  });
}
