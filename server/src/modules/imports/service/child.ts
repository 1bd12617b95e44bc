/** The process of one import: started by the supervisor, ends with the import or with its parent. */
import { behaveAsChild, childServices } from '../../../platform/child.ts';
import { systemCtx } from '../../../platform/ctx.ts';
import { freshenContacts } from '../../kpi/index.ts';
import { carryOut } from './run.ts';
import type { ImportStart } from './supervise.ts';

async function main({ runId, ...start }: ImportStart): Promise<void> {
  const services = await childServices(start);
  try {
    const ctx = systemCtx(services, 'imports');
    if (await carryOut(ctx, runId)) await freshenContacts(ctx);
  } catch (err) {
    services.log.error({ err, import: runId }, 'an import broke off');
    process.exitCode = 1;
  } finally {
    await services.database.close();
  }
}

behaveAsChild();
process.once('message', (start) => {
  void main(start as ImportStart).finally(() => process.exit());
});
