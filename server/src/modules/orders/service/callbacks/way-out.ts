import type { Locale } from '@yingda/contract';
import { newId } from '../../../../kernel/ids.ts';
import type { Tx } from '../../../../platform/ctx.ts';
import { organisation } from '../../../identity/index.ts';
import { isAwaited } from '../../domain/callbacks.ts';
import type { CallbackRow } from '../../store/callback-rows.ts';
import { insertTasks, selectOpenChildren } from '../../store/extras.ts';
import { answerResult } from '../move.ts';
import { onOrder, write } from '../scene.ts';
import { orderSettings } from '../settings-read.ts';
import { asOrders } from './happen.ts';

type Said = { tries: number; refused: boolean };

const texts: Record<
  Locale,
  { closed(said: Said): string; toCustomer: string; task(said: Said): string }
> = {
  'zh-CN': {
    closed: ({ tries, refused }) =>
      refused ? '客户不愿接受回访，按规定结案。' : `${tries} 次联系客户未果，按规定结案。`,
    toCustomer:
      '我们已处理您反映的问题，多次致电未能联系到您，现先行结案。如果问题没有解决，请在本页留言或联系我们，我们会继续处理。',
    task: ({ tries, refused }) =>
      refused ? '客户不愿接受回访，请决定如何结案' : `${tries} 次联系客户未果，请决定如何结案`,
  },
  en: {
    closed: ({ tries, refused }) =>
      refused
        ? 'The customer did not want to be asked; closed by the rule.'
        : `The customer was not reached in ${tries} tries; closed by the rule.`,
    toCustomer:
      'We have dealt with what you told us and tried to call you, but did not reach you, so we have closed the matter for now. If it is not solved, please write on this page or contact us, and we will go on with it.',
    task: ({ tries, refused }) =>
      refused
        ? 'The customer did not want to be asked: decide how to close'
        : `The customer was not reached in ${tries} tries: decide how to close`,
  },
};

/** The order stays where it is, and its team gets the task to decide. */
async function leaveToTeam(tx: Tx, call: CallbackRow, title: string): Promise<void> {
  await onOrder(asOrders(tx), { id: call.order_id ?? '' }, async (scene) => {
    if (scene.order.status !== 'open') return;
    scene.isNewVersion = false;
    const task = { title, owner_team_id: call.team_id, owner_id: null, due_at: null };
    // The order waits for the decision, so the decision does not wait for the task.
    const place = { order_id: scene.order.id, visit_id: null, step_key: null };
    const at = { id: newId(scene.now.getTime()), created_at: scene.now.toISOString() };
    await insertTasks(scene.tx.db, [{ ...task, ...place, ...at }]);
    write(scene, { kind: 'task_added', data: { title } });
  });
}

/**
 * What becomes of an order that waits for the word of a customer who cannot be reached or will not say: closed, with
 * word on the customer's page, or left to its team, as the settings say; to its team too while orders under it are open.
 */
export async function takeWayOut(tx: Tx, call: CallbackRow): Promise<void> {
  if (call.order_id === null || !isAwaited(call)) return;
  const { callbackWayOut } = await orderSettings(tx);
  const { locale } = await organisation(tx);
  const said = { tries: call.tries, refused: call.result === 'refused' };
  const { closed, toCustomer, task } = texts[locale];
  const closing = { orderId: call.order_id, effect: 'solved', note: closed(said) } as const;
  const author = { kind: 'system', id: null } as const;
  const isHeld = (await selectOpenChildren(tx.db, call.order_id)).length > 0;
  const mayClose = callbackWayOut === 'close' && !isHeld;
  const isClosed = mayClose && (await answerResult(tx, { ...closing, author }));
  if (!isClosed) return leaveToTeam(tx, call, task(said));
  if (said.refused) return;
  await onOrder(asOrders(tx), { id: call.order_id }, (scene) => {
    scene.isNewVersion = false;
    write(scene, { kind: 'commented', text: toCustomer, isPublic: true });
  });
}
