/** The process that works reports out beside a busy one: answers what it is asked, ends with its parent. */
import { behaveAsChild, childServices } from '../../../platform/child.ts';
import type { ChildStart } from '../../../platform/child.ts';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import { answerTo } from './answers.ts';
import { toProblem } from '../../../platform/http/errors.ts';
import type { Asked, Told } from './report-process.ts';

const tell = (told: Told): void => {
  process.send?.(told);
};

async function answer(services: Services, { id, question, ...asker }: Asked): Promise<void> {
  const ctx: Ctx = { ...asker, services, db: services.database.kysely, log: services.log };
  try {
    tell({ id, text: JSON.stringify(await answerTo(ctx, question)) });
  } catch (error) {
    const problem = toProblem(error);
    if (problem.status >= 500) services.log.error({ err: error }, 'a report failed');
    const { code, params, faults } = problem;
    tell({ id, problem: { code, params, faults } });
  }
}

behaveAsChild();
process.once('message', (start) => {
  void childServices(start as ChildStart).then((services) => {
    process.on('message', (asked) => void answer(services, asked as Asked));
    tell({ isReady: true });
  });
});
