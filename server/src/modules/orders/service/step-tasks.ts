import type { FlowStep, StepTask } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { undoneBefore } from '../domain/flow.ts';
import type { Doings } from '../domain/flow.ts';
import { ownerBy } from '../domain/machine.ts';
import type { Owner } from '../domain/machine.ts';
import { insertTasks, moveTasks, selectTasks } from '../store/extras.ts';
import type { TaskRow } from '../store/extras.ts';
import type { OrderRow } from '../store/order.ts';
import { isActive, selectDepartmentTeam } from '../store/people.ts';
import type { VisitRow } from '../store/visit.ts';
import { hoursFor } from './calendars.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const nobody: Owner = { teamId: null, userId: null };

/** Whose a sub-task is: where the rule finds nobody, it is for those who work on the order. */
async function ownerOf(tx: Tx, { owner: rule }: StepTask, order: OrderRow): Promise<Owner> {
  const { department_id: departmentId } = order;
  const found = ownerBy(rule, {
    recorderId: order.recorder_id,
    recorderTeamId: order.recorder_team_id,
    departmentId,
    departmentTeamId:
      departmentId === null ? null : await selectDepartmentTeam(tx.db, departmentId),
  });
  if ('fault' in found) return nobody;
  const { userId, teamId } = found.owner;
  return userId === null || (await isActive(tx.db, userId))
    ? found.owner
    : { userId: null, teamId };
}

type Arrival = { order: OrderRow; step: FlowStep; visit: VisitRow; now: Date };

async function dueAt(tx: Tx, task: StepTask, { owner, step, now }: Arrival & { owner: Owner }) {
  if (task.minutes === null) return null;
  const rule = step.clock?.calendar ?? 'owner';
  const { calendar } = await hoursFor(tx, { rule, teamId: owner.teamId });
  const at = calendar.add(now.getTime(), task.minutes * MINUTE_MS);
  return at === null ? null : new Date(at).toISOString();
}

/** Begins the sub-tasks of a step, side by side; one that is still open from an earlier stay goes on. */
export async function beginTasks(tx: Tx, arrival: Arrival): Promise<void> {
  const { order, step, visit, now } = arrival;
  const before = await selectTasks(tx.db, order.id);
  const open = before.filter((task) => task.step_key === step.key && task.done_at === null);
  const kept = open.filter(({ title }) => step.tasks.some((task) => task.title === title));
  if (kept.length > 0) {
    await moveTasks(
      tx.db,
      kept.map(({ id }) => id),
      visit.id,
    );
  }
  const fresh = step.tasks.filter(({ title }) => kept.every((task) => task.title !== title));
  // Those of one moment stand in the order of their ids.
  const ids = fresh.map(() => newId(now.getTime())).toSorted();
  const rows = [];
  for (const [place, task] of fresh.entries()) {
    const owner = await ownerOf(tx, task, order);
    rows.push({
      id: ids[place] ?? newId(now.getTime()),
      order_id: order.id,
      title: task.title,
      owner_team_id: owner.teamId,
      owner_id: owner.userId,
      due_at: await dueAt(tx, task, { ...arrival, owner }),
      visit_id: visit.id,
      step_key: step.key,
      created_at: now.toISOString(),
    });
  }
  if (rows.length > 0) await insertTasks(tx.db, rows);
}

/** What of the present stay is done. */
export function doingsOf(order: OrderRow, tasks: readonly TaskRow[]): Doings {
  return {
    checks: order.checks,
    tasks: tasks
      .filter((task) => task.visit_id !== null && task.visit_id === order.visit_id)
      .map(({ title, done_at: at }) => ({ title, isDone: at !== null })),
  };
}

/** Throws `order.undone` while the step waits for a line of its checklist or for a sub-task. */
export async function requireDone(scene: Scene, move: FlowStep['moves'][number]): Promise<void> {
  const { tx, order, step } = scene;
  if (!step.doneFirst) return;
  const undone = undoneBefore(step, move, doingsOf(order, await selectTasks(tx.db, order.id)));
  if (undone.length > 0)
    throw new Problem('order.undone', { params: { what: undone.join(' · ') } });
}
