import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { customerView } from '../../customers/index.ts';
import { mailboxesOf, teamMembers } from '../../identity/index.ts';
import { recordOrder } from '../../orders/index.ts';
import { sendTo } from '../../webhooks/index.ts';
import { insertMails } from '../store/mails.ts';
import { insertOffspring } from '../store/offspring.ts';
import type { Deed, Doing } from './doing.ts';
import { mailJob } from './mail.ts';
import { customerIdOf } from './subjects.ts';
import type { Subject } from './subjects.ts';

type To = 'owner' | 'owner_team' | 'recorder' | 'customer';

const holdersOf = (subject: Subject) =>
  subject.kind === 'order'
    ? subject.order.order
    : {
        ownerId: subject.conversation.conversation.assigneeId,
        ownerTeamId: subject.conversation.conversation.teamId,
        recorderId: null,
      };

const membersOf = async (tx: Tx, teamId: string | null): Promise<string[]> =>
  teamId === null ? [] : (await teamMembers(tx, teamId)).map(({ id }) => id);

/** The people behind a name as flows use them; who has nobody yet is their team. */
async function peopleBehind(tx: Tx, subject: Subject, to: To): Promise<string[]> {
  const { ownerId, ownerTeamId, recorderId } = holdersOf(subject);
  if (to === 'recorder') return recorderId === null ? [] : [recorderId];
  if (to === 'owner' && ownerId !== null) return [ownerId];
  return to === 'customer' ? [] : membersOf(tx, ownerTeamId);
}

async function customerAddress({ tx, subject }: Doing): Promise<string[]> {
  const id = customerIdOf(subject);
  if (id === null) return [];
  const { identities } = await customerView(tx, id);
  return identities
    .filter(({ kind }) => kind === 'email')
    .flatMap(({ value }) => value)
    .slice(0, 1);
}

/** Problems: `mail.not_configured`, `automation.no_recipient`. Each recipient gets a mail of their own. */
export const mail: Deed<'mail'> = async (doing, action) => {
  const { tx, subject } = doing;
  if (!tx.services.mailer.isConfigured) throw new Problem('mail.not_configured');
  const people = [...action.people];
  for (const to of action.to) people.push(...(await peopleBehind(tx, subject, to)));
  const boxes = await mailboxesOf(tx, people);
  const own = action.to.includes('customer') ? await customerAddress(doing) : [];
  const all = [...[...boxes.values()].map(({ email }) => email), ...action.addresses, ...own];
  const recipients = [...new Map(all.map((one) => [one.toLowerCase(), one])).values()];
  if (recipients.length === 0) throw new Problem('automation.no_recipient');
  const title = (await doing.say(action.subject)).replaceAll(/[\r\n]+/g, ' ');
  const text = await doing.say(action.text);
  const mails = recipients.map((recipient) => ({ id: newId(), recipient, subject: title, text }));
  await insertMails(tx.db, mails);
  for (const { id } of mails) await tx.services.jobs.send(tx, mailJob, { id });
  return { detail: `${recipients.join(', ')}: ${title}`, changed: true };
};

/** Problems: `webhook.not_found`, `webhook.switched_off`. */
export const webhook: Deed<'webhook'> = async (doing, { webhookId }) => {
  const { tx, subject, origin, cause, chain } = doing;
  const { kind, ...by } = origin;
  const about =
    subject.kind === 'order'
      ? { order: { ...subject.order.order, form: subject.order.form } }
      : { conversation: subject.conversation.conversation };
  const data = { [kind]: by, cause: cause?.name ?? null, ...about };
  const sent = await sendTo(tx, { webhookId, event: 'automation.fired', data, chain });
  return { detail: sent.webhookName, changed: true };
};

/** The new order hangs below the old one, or belongs to the conversation; it is recorded for the same team. */
export const createOrder: Deed<'create_order'> = async (doing, action) => {
  const { tx, subject } = doing;
  const title = (await doing.say(action.subject)).replaceAll(/\s+/g, ' ').slice(0, 200);
  const description = await doing.say(action.description);
  const isOrder = subject.kind === 'order';
  const customerId = customerIdOf(subject);
  const { categoryId, priority, departmentId } = action;
  const { order } = await recordOrder(
    tx,
    {
      subject: title,
      description,
      categoryId,
      priority,
      departmentId,
      customerId,
      ...(isOrder && { customerName: subject.order.order.customerName || undefined }),
      ...(isOrder && { phones: subject.order.form.phones }),
      conversationId: isOrder ? subject.order.conversationId : subject.id,
      parentId: isOrder ? subject.id : null,
      fileIds: [],
    },
    tx.actor.kind === 'user'
      ? undefined
      : {
          id: null,
          teamId: isOrder
            ? (subject.order.recorderTeamId ?? subject.order.order.ownerTeamId)
            : subject.conversation.conversation.teamId,
        },
  );
  if (doing.chain.length > 0) await insertOffspring(tx.db, order.id, doing.chain);
  return { detail: `${order.number} ${title}`, changed: true };
};
