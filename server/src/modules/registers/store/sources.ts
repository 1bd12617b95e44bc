import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Locale, RegisterKey, RegisterSource } from '@yingda/contract';

export type Sql = RawBuilder<unknown>;

/** What somebody reads of the registers, and for which teams. */
export type Sight = {
  userId: string | null;
  /** Teams whose orders and callbacks are seen; null: everybody's. */
  teams: string[] | null;
  departments: string[];
  /** The same for conversations, and who answers the others that are seen; null: nobody. */
  conversationTeams: string[] | null;
  assigneeId: string | null;
  mayReadCustomers: boolean;
};

/** One register for one reader. */
export type Scope = {
  register: RegisterKey;
  locale: Locale;
  sight: Sight;
  teamId: string | null;
  /** Conversations with one of these tags stand on it (purchases, deals). */
  tags: string[];
};

/** Where lines of a register come from; `light` leaves out texts that cost a look at messages. */
export type Source = {
  kind: RegisterSource;
  from: Sql;
  id: Sql;
  at: Sql;
  orderId: Sql;
  conversationId: Sql;
  customerId: Sql;
  /** A jsonb object by column. */
  values: (light: boolean) => Sql;
  where: Sql[];
  /** Of lines that people entered. */
  recorderId: Sql;
  teamId: Sql;
  /** What people added: version and values. */
  version: Sql;
  entered: Sql;
};

const none = sql`null::uuid`;
const among = (column: Sql, teams: string[] | null): Sql =>
  teams === null ? sql`true` : sql`${column} = any(${teams}::uuid[])`;
const instant = (at: Sql): Sql =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const phonesOf = (customer: Sql): Sql => sql`coalesce((
  select string_agg(i.value, ', ' order by i.created_at, i.id) from customer_identity i
  where i.customer_id = ${customer} and i.kind = 'phone'), '')`;
const emailOf = (customer: Sql): Sql => sql`coalesce((
  select string_agg(i.value, ', ' order by i.created_at, i.id) from customer_identity i
  where i.customer_id = ${customer} and i.kind = 'email'), '')`;

/** What people added to the lines of a source. */
const overlay = (register: RegisterKey, id: Sql): Sql =>
  sql`left join register_line e on e.register = ${register} and e.source_id = ${id}`;
const overlaid = {
  recorderId: none,
  teamId: none,
  version: sql`coalesce(e.version, 0)`,
  entered: sql`coalesce(e.entered, '{}')`,
};

const form = (key: string): Sql => sql`coalesce(o.form ->> ${sql.lit(key)}, '')`;

/** Whose orders these are, as the lists of orders have it. */
export function ordersSeen({
  teams,
  departments,
  userId,
}: Pick<Sight, 'teams' | 'departments' | 'userId'>): Sql {
  if (teams === null) return sql`true`;
  return sql`(o.owner_team_id = any(${teams}::uuid[]) or o.recorder_team_id = any(${teams}::uuid[])
    or o.department_id = any(${departments}::uuid[]) or o.owner_id = ${userId}::uuid
    or o.recorder_id = ${userId}::uuid)`;
}

const customerOfOrder = sql`coalesce(nullif(o.customer_name, ''), c.name, '')`;

function orders({ register, locale, sight, teamId }: Scope): Source {
  return {
    kind: 'order',
    from: sql`work_order o join order_category g on g.id = o.category_id left join customer c on c.id = o.customer_id
      left join department d on d.id = o.department_id left join app_user r on r.id = o.recorder_id
      left join app_user p on p.id = o.planner_id left join app_user h on h.id = o.handler_id
      left join app_user w on w.id = o.reviewer_id
      ${overlay(register, sql`o.id`)}`,
    id: sql`o.id`,
    at: sql`o.created_at`,
    orderId: sql`o.id`,
    conversationId: sql`o.conversation_id`,
    customerId: sql`o.customer_id`,
    values: () => sql`jsonb_build_object('number', o.number, 'category', g.name ->> ${locale},
      'customer', ${customerOfOrder}, 'phones', array_to_string(o.phones, ', '), 'region', ${form('region')},
      'address', ${form('address')}, 'product', ${form('product')}, 'subject', o.subject,
      'description', ${form('description')}, 'recorder', coalesce(r.name, ''), 'receipt', ${form('receipt')},
      'department', coalesce(d.name, ''), 'plan', ${form('plan')}, 'planner', coalesce(p.name, ''),
      'result', ${form('result')}, 'handler', coalesce(h.name, ''), 'review', ${form('review')},
      'reviewer', coalesce(w.name, ''), 'status', o.status,
      'closedAt', ${instant(sql`o.closed_at`)})`,
    where: [
      ordersSeen(sight),
      ...(teamId
        ? [sql`(o.owner_team_id = ${teamId}::uuid or o.recorder_team_id = ${teamId}::uuid)`]
        : []),
    ],
    ...overlaid,
  };
}

/** Calls that were made; those that nobody needed to make any more are none. */
function calls({ register, sight, teamId }: Scope): Source {
  return {
    kind: 'callback',
    from: sql`callback b left join work_order o on o.id = b.order_id left join customer c on c.id = b.customer_id
      left join app_user r on r.id = b.done_by ${overlay(register, sql`b.id`)}`,
    id: sql`b.id`,
    at: sql`b.done_at`,
    orderId: sql`b.order_id`,
    conversationId: none,
    customerId: sql`b.customer_id`,
    values: () => sql`jsonb_build_object('number', coalesce(o.number, ''),
      'customer', coalesce(nullif(b.customer_name, ''), c.name, ''), 'phones', array_to_string(b.phones, ', '),
      'reason', b.reason, 'subject', coalesce(o.subject, ''),
      'tries', greatest(1, (select count(*) from callback_try y where y.callback_id = b.id and y.result is not null)),
      'outcome', b.result, 'satisfaction', b.satisfaction, 'opinion', b.note, 'recorder', coalesce(r.name, ''))`,
    where: [
      sql`b.done_at is not null and b.result is not null`,
      sql`(${among(sql`b.team_id`, sight.teams)} or b.done_by = ${sight.userId}::uuid)`,
      ...(teamId ? [sql`b.team_id = ${teamId}::uuid`] : []),
    ],
    ...overlaid,
  };
}

/** The words of a message: the first of the customer, the last of an agent. */
const said = (author: 'customer' | 'agent', order: Sql): Sql => sql`coalesce((
  select (select string_agg(part ->> 'text', E'\n') from jsonb_array_elements(m.parts) part where part ->> 'type' = 'text')
  from message m where m.conversation_id = v.id and m.created_at >= v.created_at - interval '1 minute'
    and m.kind = 'message' and m.author_kind = ${sql.lit(author)} and m.retracted_at is null
  order by m.seq ${order} limit 1), '')`;

function conversationsSeen({ conversationTeams, assigneeId }: Sight): Sql {
  return sql`(${among(sql`v.team_id`, conversationTeams)} or v.assignee_id = ${assigneeId}::uuid)`;
}

/** What stands of a conversation on each of the registers that take it up. */
function conversationValues(register: RegisterKey, light: boolean): Sql {
  const phones = light ? sql`''` : phonesOf(sql`v.customer_id`);
  const common = sql`'customer', c.name, 'phones', ${phones}, 'channel', v.channel,
    'recorder', coalesce(r.name, '')`;
  if (register !== 'enquiries') {
    const product =
      register === 'deals' ? sql`'product', v.subject` : sql`'requirement', v.subject`;
    return sql`jsonb_build_object(${common}, 'company', coalesce(c.company, ''), ${product})`;
  }
  const texts = light
    ? sql`'question', '', 'answer', ''`
    : sql`'question', ${said('customer', sql`asc`)}, 'answer', ${said('agent', sql`desc`)}`;
  return sql`jsonb_build_object(${common}, 'subject', v.subject, ${texts}, 'state', v.status)`;
}

function conversations({ register, sight, teamId, tags }: Scope): Source {
  const own = sql`not exists (select from register_line w where w.conversation_id = v.id
    and w.register = ${register} and w.source_id is null)`;
  return {
    kind: 'conversation',
    from: sql`conversation v join customer c on c.id = v.customer_id left join app_user r on r.id = v.assignee_id
      ${overlay(register, sql`v.id`)}`,
    id: sql`v.id`,
    at: sql`v.created_at`,
    orderId: none,
    conversationId: sql`v.id`,
    customerId: sql`v.customer_id`,
    values: (light) => conversationValues(register, light),
    where: [
      conversationsSeen(sight),
      own,
      ...(register === 'enquiries' ? [] : [sql`v.tags && ${tags}::text[]`]),
      ...(teamId ? [sql`v.team_id = ${teamId}::uuid`] : []),
    ],
    ...overlaid,
  };
}

/** Customers who can be reached again; visitors without a name are not members. They belong to no team. */
function members({ register, sight }: Scope): Source {
  return {
    kind: 'customer',
    from: sql`customer c ${overlay(register, sql`c.id`)}`,
    id: sql`c.id`,
    at: sql`c.created_at`,
    orderId: none,
    conversationId: none,
    customerId: sql`c.id`,
    values: () => sql`jsonb_build_object('customer', c.name, 'company', coalesce(c.company, ''),
      'phones', ${phonesOf(sql`c.id`)}, 'email', ${emailOf(sql`c.id`)}, 'tier', c.tier,
      'channel', (select v.channel from conversation v where v.customer_id = c.id order by v.created_at limit 1),
      'region', coalesce((select o.form ->> 'region' from work_order o where o.customer_id = c.id
        order by o.created_at desc limit 1), c.fields ->> 'region', ''), 'recorder', '')`,
    where: [
      sql`${sight.mayReadCustomers}::boolean`,
      sql`c.merged_into is null and c.named`,
      sql`exists (select from customer_identity i where i.customer_id = c.id and i.kind <> 'webchat')`,
    ],
    ...overlaid,
  };
}

function entered({ register, sight, teamId }: Scope): Source {
  return {
    kind: 'entered',
    from: sql`register_line l left join customer c on c.id = l.customer_id left join app_user r on r.id = l.recorder_id
      left join conversation v on v.id = l.conversation_id`,
    id: sql`l.id`,
    at: sql`l.at`,
    orderId: none,
    conversationId: sql`l.conversation_id`,
    customerId: sql`l.customer_id`,
    values: () => sql`jsonb_build_object('number', '', 'state', null, 'tries', null, 'tier', c.tier,
      'customer', coalesce(nullif(l.customer_name, ''), c.name, ''), 'company', coalesce(c.company, ''),
      'phones', coalesce(nullif(array_to_string(l.phones, ', '), ''), ${phonesOf(sql`l.customer_id`)}),
      'email', ${emailOf(sql`l.customer_id`)}, 'channel', v.channel, 'recorder', coalesce(r.name, ''))`,
    where: [
      sql`l.register = ${register} and l.source_id is null`,
      sql`(${among(sql`l.team_id`, sight.teams)} or l.recorder_id = ${sight.userId}::uuid)`,
      ...(teamId ? [sql`l.team_id = ${teamId}::uuid`] : []),
    ],
    recorderId: sql`l.recorder_id`,
    teamId: sql`l.team_id`,
    version: sql`l.version`,
    entered: sql`l.entered`,
  };
}

const sources: Record<RegisterKey, ((scope: Scope) => Source)[]> = {
  problems: [orders],
  enquiries: [conversations, entered],
  callbacks: [calls, entered],
  purchases: [conversations, entered],
  members: [members, entered],
  deals: [conversations, entered],
};

/** Where the lines of a register come from, as far as the reader sees them. */
export const sourcesOf = (scope: Scope): Source[] =>
  sources[scope.register].map((source) => source(scope));
