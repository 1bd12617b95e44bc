import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { teamOf } from '../../identity/index.ts';
import { mayFinish, requireWork } from '../policy.ts';
import { insertTasks, selectTasks, setTaskDone } from '../store/extras.ts';
import { isActive } from '../store/people.ts';
import { onOrder, requireOpen, write } from './scene.ts';

type NewTask = {
  id: string;
  title: string;
  teamId: string | null;
  ownerId: string | null;
  dueAt: string | null;
};

/** A sub-task that runs beside the step. Problems: `order.closed`, `order.not_yours`, `team.not_found`, `person.not_found`. */
export async function addTask(ctx: Ctx, { id, ...task }: NewTask): Promise<void> {
  if (task.teamId !== null && (await teamOf(ctx, task.teamId))?.active !== true) {
    throw new Problem('team.not_found');
  }
  if (task.ownerId !== null && !(await isActive(ctx.db, task.ownerId))) {
    throw new Problem('person.not_found');
  }
  await onOrder(ctx, { id }, async (scene) => {
    requireOpen(scene);
    requireWork(scene.reader, scene.order);
    scene.isNewVersion = false;
    await insertTasks(scene.tx.db, [
      {
        id: newId(),
        order_id: id,
        title: task.title,
        owner_team_id: task.teamId,
        owner_id: task.ownerId,
        due_at: task.dueAt,
        visit_id: scene.visit.id,
        step_key: null,
        created_at: scene.now.toISOString(),
      },
    ]);
    write(scene, { kind: 'task_added', data: { title: task.title } });
  });
}

type Finish = { id: string; taskId: string; done: boolean };

/** Done by whom the task is for, or by who works on the order. Problems: `order.task_not_found`, `order.not_yours`. */
export async function finishTask(ctx: Ctx, { id, taskId, done }: Finish): Promise<void> {
  await onOrder(ctx, { id }, async (scene) => {
    const tasks = await selectTasks(scene.tx.db, id);
    const task = orProblem(
      tasks.find((one) => one.id === taskId),
      'order.task_not_found',
    );
    if (!mayFinish(scene.reader, scene.order, task)) throw new Problem('order.not_yours');
    if ((task.done_at !== null) === done) return;
    scene.isNewVersion = false;
    const by = done ? scene.author.id : null;
    await setTaskDone(scene.tx.db, { id: taskId, at: done ? scene.now : null, by });
    write(scene, { kind: 'task_done', data: { title: task.title, done } });
  });
}
