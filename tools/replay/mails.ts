import type { Pool } from 'pg';

/** As much of a mail as is read here. */
export type Mail = { to: string[]; text: string };
export type MailTally = {
  mails: number;
  /** Warnings and escalations of orders, each once for everybody who is to know. */
  notices: number;
  /** Alarms of which nobody was to be told. */
  untold: number;
  /** Noted more than once for the same person. */
  notedTwice: number;
  /** Mailed more often than noted. */
  mailedTwice: number;
  /** Noted as sent but in no mail. */
  lost: number;
  /** Handed over when their process died: mailed once or not at all, and never again. */
  unknown: number;
  /** Never tried. */
  waiting: number;
};

type Row = {
  email: string;
  id: string;
  kind: string;
  sent: number;
  unknown: number;
  waiting: number;
};

/** What a mail tells of each order, as `person order kind`. */
function toldBy({ to, text }: Mail): string[] {
  const found = text.matchAll(/^(Due soon|Late|即将到期|已超时)[:：][^\n]*\n\S*\/orders\/(\S+)/gm);
  return [...found].map(([, word = '', id = '']) => {
    const kind = word === 'Late' || word === '已超时' ? 'escalated' : 'warned';
    return `${to[0] ?? ''} ${id} ${kind}`;
  });
}

async function countOf(pool: Pool, sql: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from (${sql}) found`);
  return rows[0]?.n ?? 0;
}

/** Compares the mails that a server got with what the product noted to be sent. */
export async function mailTally(pool: Pool, mails: Mail[]): Promise<MailTally> {
  const { rows } = await pool.query<Row>(`
    select u.email, n.order_id as id, n.kind, (count(*) filter (where n.state = 'sent'))::int as sent,
      (count(*) filter (where n.state in ('sending', 'failed')))::int as unknown,
      (count(*) filter (where n.state = 'waiting'))::int as waiting
    from order_notice n join app_user u on u.id = n.user_id group by 1, 2, 3`);
  const counts = new Map<string, number>();
  for (const told of mails.flatMap(toldBy)) counts.set(told, (counts.get(told) ?? 0) + 1);
  const tally: MailTally = {
    mails: mails.filter((mail) => toldBy(mail).length > 0).length,
    notices: 0,
    untold: await countOf(
      pool,
      `select 1 from order_line l where l.kind in ('warned', 'escalated') and not exists (
         select from order_notice n where n.order_id = l.order_id and n.kind = l.kind
           and n.level = (l.data ->> 'level')::int and n.due_at = (l.data ->> 'dueAt')::timestamptz)`,
    ),
    notedTwice: await countOf(
      pool,
      `select 1 from order_notice group by user_id, order_id, kind, level, due_at having count(*) > 1`,
    ),
    mailedTwice: 0,
    lost: 0,
    unknown: 0,
    waiting: 0,
  };
  for (const { email, id, kind, sent, unknown, waiting } of rows) {
    const key = `${email} ${id} ${kind}`;
    const mailed = counts.get(key) ?? 0;
    counts.delete(key);
    tally.notices += sent + unknown + waiting;
    tally.unknown += unknown;
    tally.waiting += waiting;
    tally.lost += Math.max(0, sent - mailed);
    tally.mailedTwice += Math.max(0, mailed - sent - unknown);
  }
  tally.mailedTwice += [...counts.values()].reduce((sum, count) => sum + count, 0);
  return tally;
}
