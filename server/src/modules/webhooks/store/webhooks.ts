import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DeliveryOutcome, WebhookEvent } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type WebhookRow = {
  id: string;
  version: number;
  name: string;
  url: string;
  events: WebhookEvent[];
  is_active: boolean;
  /** Sealed. */
  secret: string;
  old_secret: string | null;
  old_secret_until: Date | null;
  failing_since: Date | null;
  gave_up: boolean;
  created_by: string | null;
  created_at: Date;
};
export type WebhookFigures = WebhookRow & {
  lastAt: Date | null;
  lastState: DeliveryOutcome | null;
  waiting: number;
};

const figures = sql`
  select w.*, last.at as "lastAt", last.state as "lastState",
    (select count(*)::int from (
      select from webhook_delivery d where d.webhook_id = w.id and d.next_try_at is not null limit 10000
    ) waiting) as waiting
  from webhook w
  left join lateral (
    select at, state from webhook_delivery d where d.webhook_id = w.id order by d.id desc limit 1
  ) last on true
`;

export async function selectWebhooks(db: Db): Promise<WebhookFigures[]> {
  const { rows } = await sql<WebhookFigures>`${figures} order by lower(w.name), w.id`.execute(db);
  return rows;
}

export async function selectWebhook(db: Db, id: string): Promise<WebhookFigures | undefined> {
  return (await sql<WebhookFigures>`${figures} where w.id = ${id}`.execute(db)).rows[0];
}

export async function lockWebhook(db: Db, id: string): Promise<WebhookRow | undefined> {
  const { rows } = await sql<WebhookRow>`
    select * from webhook where id = ${id} for update
  `.execute(db);
  return rows[0];
}

/** Those that want to hear of something. */
export async function selectActive(db: Db): Promise<Pick<WebhookRow, 'id' | 'events'>[]> {
  const { rows } = await sql<Pick<WebhookRow, 'id' | 'events'>>`
    select id, events from webhook where is_active and events <> '{}'
  `.execute(db);
  return rows;
}

export async function saveWebhook(
  db: Db,
  { id, name, url, events, ...row }: Omit<WebhookRow, 'created_at' | 'version'>,
): Promise<void> {
  await sql`
    insert into webhook (id, name, url, events, is_active, secret, old_secret, old_secret_until, failing_since, gave_up,
      created_by)
    values (${id}, ${name}, ${url}, ${events}, ${row.is_active}, ${row.secret}, ${row.old_secret},
      ${row.old_secret_until}, ${row.failing_since}, ${row.gave_up}, ${row.created_by})
    on conflict (id) do update set name = excluded.name, url = excluded.url, events = excluded.events,
      is_active = excluded.is_active, secret = excluded.secret, old_secret = excluded.old_secret,
      old_secret_until = excluded.old_secret_until, failing_since = excluded.failing_since,
      gave_up = excluded.gave_up, updated_at = clock_timestamp(), version = webhook.version + 1
  `.execute(db);
}

export async function deleteWebhook(db: Db, id: string): Promise<void> {
  await sql`delete from webhook where id = ${id}`.execute(db);
}

/** Notes that deliveries arrive again, or since when they do not; since when, and whether it is still on. */
export async function noteHealth(
  db: Db,
  id: string,
  isWell: boolean,
): Promise<{ failingSince: Date | null; isActive: boolean; now: Date } | undefined> {
  const { rows } = await sql<{ failingSince: Date | null; isActive: boolean; now: Date }>`
    with changed as (
      update webhook set failing_since = case when ${isWell}::boolean then null else clock_timestamp() end
      where id = ${id} and (failing_since is null) <> ${isWell}::boolean
      returning id, failing_since
    )
    select coalesce(c.failing_since, case when ${isWell}::boolean then null else w.failing_since end) as "failingSince",
      w.is_active as "isActive", clock_timestamp() as now
    from webhook w left join changed c on c.id = w.id where w.id = ${id}
  `.execute(db);
  return rows[0];
}
