import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type NewMail = { id: string; recipient: string; subject: string; text: string };

export async function insertMails(db: Db, mails: NewMail[]): Promise<void> {
  if (mails.length === 0) return;
  await sql`
    insert into automation_mail (id, recipient, subject, text)
    select m.id, m.recipient, m.subject, m.text
    from jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) as m (id uuid, recipient text, subject text, text text)
  `.execute(db);
}

/** Takes a mail for good: it is ours to hand over, and nobody else's. */
export async function claimMail(db: Db, id: string): Promise<NewMail | undefined> {
  const { rows } = await sql<NewMail>`
    update automation_mail set state = 'sending' where id = ${id} and state = 'waiting' returning id, recipient, subject, text
  `.execute(db);
  return rows[0];
}

export async function setMail(
  db: Db,
  id: string,
  state: 'waiting' | 'sent' | 'failed',
): Promise<void> {
  await sql`update automation_mail set state = ${state} where id = ${id}`.execute(db);
}
