import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import type { RouteSpec } from '@yingda/contract';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Config } from '../../src/platform/config/index.ts';
import { testApp } from '../app.ts';
import type { Caller, TestApp } from '../app.ts';
import type { Known } from './generate.ts';

export type Who = 'nobody' | 'visitor' | 'agent' | 'administrator' | 'key';
export const everybody: readonly Who[] = ['nobody', 'visitor', 'agent', 'administrator', 'key'];

/** An installation with something of everything in it, and people of every kind to ask for it. */
export type Stage = {
  app: TestApp;
  teamId: string;
  queueId: string;
  widgetKey: string;
  /** The header that makes a request somebody's. */
  headersOf(who: Who): Record<string, string>;
  /** Ids and keys of everything there is now. */
  known(): Promise<Known>;
  /** Puts back whom and what earlier input removed: callers, a team with a queue, a widget, a chat. */
  renew(): Promise<void>;
  /** How many rows each table holds: the same after a request that was refused. */
  footprint(): Promise<Map<string, number>>;
};

/** Tables that move by themselves (routing, presence, timers, counting), or are meant to note refusals. */
const restless = [
  /^auth_/,
  /^listener_cursor$/,
  /^outbox_event$/,
  /^agent_/,
  /^timer$/,
  // Up to when the time of agents is counted.
  /^setting$/,
  /^queue$/,
  /^audit_entry$/,
  /^contact_event/,
  /^message_\w+/,
  /^kpi_(?!shift|entry|target)/,
  // What rules and webhooks do about earlier requests, when their turn comes.
  /^automation_(?!rule|macro)/,
  /^webhook_(delivery|attempt)$/,
];
/** What is counted of a table, where not every row says something of a request. */
const counted: Record<string, RawBuilder<unknown>> = {
  message: sql`count(*) filter (where kind <> 'event')`,
  customer: sql`sum(version) + count(*)`,
  // How far counting has come is noted here: agents' time each minute, all contacts after a change of the time zone.
  setting: sql`count(*) filter (where key not in ('kpi.agent_time', 'kpi.rebuild'))`,
};

const settings: contract.WidgetSettings = {
  colour: '#0d9488',
  position: 'right',
  title: { 'zh-CN': '在线客服', en: 'Chat' },
  greeting: { 'zh-CN': '您好', en: 'Hello' },
  preChat: [],
  whenClosed: 'form',
  closedText: { 'zh-CN': '', en: '' },
  allowedOrigins: [],
  requireIdentity: false,
};

async function queueOf(app: TestApp, admin: Caller, teamId: string): Promise<string> {
  for (;;) {
    const { body } = await app.request(contract.listQueues, admin);
    const found = body.items.find((queue) => queue.teamId === teamId);
    if (found) return found.id;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function must<T>(answer: { status: number; body: T }): T {
  if (answer.status >= 400) throw new Error(`the stage is not set: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A team with its queue and a widget, made by an administrator. */
export async function setTeam(app: TestApp, admin: Caller) {
  const team = must(
    await app.request(contract.createTeam, admin, { body: { name: `组 ${randomUUID()}` } }),
  );
  const queueId = await queueOf(app, admin, team.id);
  const body = { name: '官网', queueId, settings };
  const widget = must(await app.request(contract.createWidget, admin, { body }));
  return { teamId: team.id, queueId, widgetKey: widget.key, widgetId: widget.id };
}

/** A visitor who has written once; the header of their calls. */
export async function setVisitor(app: TestApp, widgetKey: string, text = '请问发货了吗') {
  const session = must(
    await app.request(contract.openVisitorSession, null, { body: { widgetKey, locale: 'zh-CN' } }),
  );
  const headers = { authorization: `Bearer ${session.token}` };
  const caller = { userId: session.visitorId, name: '', headers };
  const said = must(
    await app.request(contract.postVisitorMessage, caller, {
      body: { clientKey: randomUUID(), parts: [{ type: 'text', text }] },
    }),
  );
  return { ...caller, token: session.token, conversationId: said.conversation.id };
}

/** A whole installation for input of any kind. */
export async function setStage(config: Partial<Config> = {}): Promise<Stage> {
  const app = await testApp({ config });
  const callers = new Map<Who, Record<string, string>>([['nobody', {}]]);
  const tables = await tableNames(app);
  const stage = { app, teamId: '', queueId: '', widgetKey: '' };
  let keys: string[] = [];
  async function renew(): Promise<void> {
    const admin = await app.newPerson({ role: 'administrator', name: '管理员' });
    const team = await setTeam(app, admin);
    const agent = await app.newPerson({ role: 'agent', teamId: team.teamId, name: '林芳' });
    const visitor = await setVisitor(app, team.widgetKey);
    const scopes: contract.Permission[] = [...contract.permissions];
    const key = must(
      await app.request(contract.createKey, admin, {
        body: { name: 'Key', scopes, expiresAt: null },
      }),
    );
    Object.assign(result, team);
    callers.set('administrator', admin.headers);
    callers.set('agent', agent.headers);
    callers.set('visitor', visitor.headers);
    callers.set('key', { authorization: `Bearer ${key.secret}` });
    const furnished = await furnish(app, { admin, agent, visitor, ...team });
    const sessions = must(await app.request(contract.listMySessions, admin)).items;
    keys = [team.widgetKey, ...furnished, ...sessions.map(({ id }) => id)];
  }
  const result: Stage = {
    ...stage,
    headersOf: (who) => callers.get(who) ?? {},
    renew,
    async known() {
      const of = (name: string) => sql`
        (select ${name} as kind, id::text from ${sql.table(name)} order by id desc limit 6)`;
      const offers = sql`(select 'offer', offer_id::text from work_item where state = 'offered' limit 6)`;
      const { rows } = await sql<{ kind: string; id: string }>`
        ${sql.join([...tables.withId.map(of), offers], sql` union all `)}
      `.execute(app.ctx.db);
      const ids = Map.groupBy(rows, ({ kind }) => kind);
      return {
        ids: new Map([...ids].map(([kind, list]) => [kind, list.map(({ id }) => id)])),
        keys: [...keys, 'ready', 'zh-CN', 'Asia/Shanghai'],
      };
    },
    async footprint() {
      const of = (name: string) =>
        sql`select ${name} as name, coalesce(${counted[name] ?? sql`count(*)`}, 0)::int as rows from ${sql.table(name)}`;
      const { rows } = await sql<{ name: string; rows: number }>`
        ${sql.join(tables.all.map(of), sql` union all `)}
      `.execute(app.ctx.db);
      return new Map(rows.map((row) => [row.name, row.rows]));
    },
  };
  await renew();
  return result;
}

type Furnishing = {
  admin: Caller;
  agent: Caller;
  visitor: Caller & { conversationId: string };
  teamId: string;
};

const FILE_PART =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n';

/** Uploads a small file; gives the id. */
async function upload(app: TestApp, as: Caller): Promise<contract.FileView> {
  const answer = await app.http?.inject({
    method: 'POST',
    url: contract.uploadFile.path,
    headers: { ...as.headers, 'content-type': 'multipart/form-data; boundary=b' },
    payload: FILE_PART,
  });
  if (!answer) throw new Error('no doors');
  return answer.json<contract.FileView>();
}

/** An order with a task, and a call that is to be made about it. */
async function recordOrder(app: TestApp, agent: Caller, customerId: string): Promise<void> {
  const [category] = must(await app.request(contract.listCategories, agent)).items;
  const order = must(
    await app.request(contract.createOrder, agent, {
      body: { subject: '电机异响', categoryId: category?.id ?? '', customerId, phones: ['138'] },
    }),
  );
  const params = { id: order.id };
  must(await app.request(contract.addOrderTask, agent, { params, body: { title: '查图纸' } }));
  const dueAt = new Date(Date.now() + 86_400_000).toISOString();
  must(await app.request(contract.createCallback, agent, { body: { orderId: order.id, dueAt } }));
}

/** Something of everything else there may be; gives the keys that stand in addresses. */
async function furnish(app: TestApp, { admin, agent, visitor, teamId }: Furnishing) {
  const mark = randomUUID();
  const name = `名 ${mark}`;
  const week = Array.from({ length: 7 }, () => [{ from: 540, to: 1080 }]);
  const ask = app.request;
  must(await ask(contract.createDepartment, admin, { body: { name } }));
  must(await ask(contract.createRole, admin, { body: { name, permissions: ['customer.read'] } }));
  must(await ask(contract.createHours, admin, { body: { name, timeZone: 'Asia/Shanghai', week } }));
  const canned = { shortcut: mark.slice(0, 8), title: '问候', text: '您好', teamId };
  must(await ask(contract.createCanned, admin, { body: canned }));
  const field = { key: `f${mark.slice(0, 8)}`, label: name, kind: 'text' as const };
  must(await ask(contract.createCustomField, admin, { body: field }));
  const customer = must(await ask(contract.createCustomer, admin, { body: { name } }));
  const params = { id: customer.id };
  must(await ask(contract.addCustomerNote, admin, { params, body: { text: '备注' } }));
  const invitation = { email: `${mark}@example.com`, name: '新人', teamIds: [], grants: [] };
  const { url } = must(await ask(contract.invitePerson, admin, { body: invitation }));
  const { conversationId: id } = visitor;
  const draft = { kind: 'message' as const, text: '草稿' };
  must(await ask(contract.saveDraft, agent, { params: { id }, body: draft }));
  const file = await upload(app, agent);
  await recordOrder(app, agent, customer.id);
  // Ready, so that what waits is offered.
  must(await ask(contract.setMyPresence, agent, { body: { state: 'ready' } }));
  return [url.split('/').at(-1) ?? '', file.url.split('/').at(-2) ?? ''];
}

/** Tables that can be compared, and those whose rows have ids of their own. */
async function tableNames(app: TestApp): Promise<{ all: string[]; withId: string[] }> {
  const { rows } = await sql<{ name: string; hasId: boolean }>`
    select t.table_name as name, exists (
      select from information_schema.columns c
      where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'id' and c.data_type = 'uuid'
    ) as "hasId"
    from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
  `.execute(app.ctx.db);
  const steady = rows.filter(({ name }) => !restless.some((pattern) => pattern.test(name)));
  return {
    all: steady.map(({ name }) => name),
    withId: rows.filter(({ hasId }) => hasId).map(({ name }) => name),
  };
}

/** The address of a route with these parameters. */
export function addressOf(route: RouteSpec, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encoded(params?.[name]));
  const query =
    typeof input.query === 'object' && input.query !== null ? Object.entries(input.query) : [];
  const text = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return text === '' ? path : `${path}?${text}`;
}

function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent((text ?? '').toWellFormed().slice(0, 8_000).toWellFormed());
}
