import type { Locale, Rung } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { organisation, peopleWith } from '../../identity/index.ts';
import type { OrderChanged } from '../events.ts';
import * as store from '../store/notice.ts';
import type { NewNotice, Notice } from '../store/notice.ts';
import { selectInboxPeople, selectRecipients } from '../store/people.ts';

export type Alarmed = OrderChanged & {
  alarm: NonNullable<OrderChanged['alarm']>;
  change: 'warned' | 'escalated' | 'chased';
};

/** Who stands behind each rung of a ladder, for the teams that a batch of alarms is about. */
async function ladders(tx: Tx, alarms: Alarmed[]) {
  const teams = alarms.flatMap(({ ownerTeamId, recorderTeamId }) => [ownerTeamId, recorderTeamId]);
  const teamIds = [...new Set(teams.filter((id) => id !== null))];
  const inbox = await selectInboxPeople(tx.db, teamIds);
  const leads = await peopleWith(tx, 'order.manage', teamIds);
  const membersOf = (teamId: string | null) =>
    inbox.filter((one) => one.teamId === teamId).map(({ userId }) => userId);
  const leadsOf = (teamId: string | null) => (teamId && leads.byTeam.get(teamId)) || [];
  const behind: Record<Rung, (alarm: Alarmed) => string[]> = {
    owner: ({ ownerId, ownerTeamId }) => (ownerId ? [ownerId] : membersOf(ownerTeamId)),
    recorder: ({ recorderId, recorderTeamId }) =>
      recorderId ? [recorderId] : membersOf(recorderTeamId),
    // A team without a lead of its own: whoever manages all orders.
    lead: ({ ownerTeamId }) => {
      const own = leadsOf(ownerTeamId);
      return own.length > 0 ? own : leads.everywhere;
    },
    manager: () => leads.everywhere,
  };
  return (alarm: Alarmed): string[] => [
    ...new Set(alarm.alarm.to.flatMap((rung) => behind[rung](alarm))),
  ];
}

/**
 * Tells those whom the flow names: at their desk, and by mail where there is a mail server. That a department is chased is
 * told at the desk alone, as its lateness has its mail. Gives who is to be mailed.
 */
export async function notify(tx: Tx, alarms: Alarmed[]): Promise<string[]> {
  const recipientsOf = await ladders(tx, alarms);
  const notices: NewNotice[] = [];
  for (const alarm of alarms) {
    const userIds = recipientsOf(alarm);
    const { orderId, number, subject, change: kind } = alarm;
    const { level, dueAt } = alarm.alarm;
    const rooms = userIds.map((id) => `user:${id}`);
    tx.afterCommit(() =>
      tx.services.live.send(rooms, {
        type: 'order.alarm',
        orderId,
        number,
        subject,
        kind,
        level: kind === 'escalated' ? level : 0,
        dueAt,
      }),
    );
    if (kind === 'chased') continue;
    for (const userId of userIds) {
      notices.push({
        id: newId(),
        user_id: userId,
        order_id: orderId,
        kind,
        level,
        due_at: dueAt,
        at: alarm.at,
      });
    }
  }
  if (!tx.services.mailer.isConfigured) return [];
  await store.insertNotices(tx.db, notices);
  return [...new Set(notices.map(({ user_id: id }) => id))];
}

type Letter = { name: string; centre: string; baseUrl: string; notices: Notice[] };

const lineText: Record<Locale, (notice: Notice) => string> = {
  'zh-CN': ({ kind, number, subject }) =>
    `${kind === 'warned' ? '即将到期' : '已超时'}：${number} ${subject}`,
  en: ({ kind, number, subject }) =>
    `${kind === 'warned' ? 'Due soon' : 'Late'}: ${number} ${subject}`,
};

function listed(locale: Locale, { baseUrl, notices }: Letter): string {
  return notices
    .map((notice) => `${lineText[locale](notice)}\n${baseUrl}/orders/${notice.orderId}`)
    .join('\n\n');
}

const letters: Record<Locale, (letter: Letter) => { subject: string; text: string }> = {
  'zh-CN': (letter) => ({
    subject: subjectOf('zh-CN', letter),
    text: `${letter.name}，您好：\n\n以下工单需要您处理：\n\n${listed('zh-CN', letter)}\n\n${letter.centre}\n`,
  }),
  en: (letter) => ({
    subject: subjectOf('en', letter),
    text: `Hello ${letter.name},\n\nthese orders need you:\n\n${listed('en', letter)}\n\n${letter.centre}\n`,
  }),
};

function subjectOf(locale: Locale, { notices, centre }: Letter): string {
  const [first] = notices;
  if (first && notices.length === 1) return `${lineText[locale](first)} · ${centre}`;
  const count = notices.length;
  return locale === 'en'
    ? `${count} orders need you · ${centre}`
    : `${count} 张工单需要处理 · ${centre}`;
}

/**
 * Sends a person what waits for them, in their language, as one mail. Notices are claimed first and for good: if the
 * process dies while the mail server has the mail, it is not sent a second time. Throws `mail.unavailable`, with
 * everything as before, when trying again is of use.
 */
export async function mailNotices(ctx: Ctx, userId: string): Promise<void> {
  const notices = await store.claimNotices(ctx.db, userId);
  if (notices.length === 0) return;
  const ids = notices.map(({ id }) => id);
  const [recipient] = await selectRecipients(ctx.db, [userId]);
  if (!recipient) return store.setNotices(ctx.db, ids, 'failed');
  const { name: centre, locale: usual } = await organisation(ctx);
  const locale =
    recipient.locale === 'en' || recipient.locale === 'zh-CN' ? recipient.locale : usual;
  const { baseUrl } = ctx.services.config;
  const letter = letters[locale]({ name: recipient.name, centre, baseUrl, notices });
  try {
    await ctx.services.mailer.send({ to: recipient.email, ...letter });
  } catch (error) {
    const isHopeless = error instanceof Problem && error.code !== 'mail.unavailable';
    await store.setNotices(ctx.db, ids, isHopeless ? 'failed' : 'waiting');
    if (!isHopeless) throw error;
    return;
  }
  await store.setNotices(ctx.db, ids, 'sent');
}
