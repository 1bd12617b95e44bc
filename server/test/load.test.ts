import { expect, test } from 'vitest';
import * as contract from '@yingda/contract';
import type { SentOf } from '@yingda/contract';
import { batches } from '../../tools/load/batches.ts';
import { accounts, foundCompany } from '../../tools/load/company.ts';
import { fill } from '../../tools/load/fill.ts';
import { monthsBefore } from '../../tools/load/timeline.ts';
import { Client } from '../../tools/simulate/client.ts';
import { testApp } from './app.ts';

const until = Date.now();
const from = monthsBefore(until, 24);

type Query = NonNullable<SentOf<typeof contract.listConversations, 'query'>>;
const isOpen = ({ status }: contract.ConversationSummary): boolean =>
  status === 'open' || status === 'waiting';

/** All of a list, page by page. */
async function wholeList(who: Client, query: Query): Promise<contract.ConversationSummary[]> {
  const all: contract.ConversationSummary[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await who.call(contract.listConversations, {
      query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) },
    });
    all.push(...page.items);
    if (page.nextCursor === null) return all;
    cursor = page.nextCursor;
  }
}

test('a loaded installation is whole: listed, counted, read and found as if people had made it', async () => {
  const app = await testApp();
  const baseUrl = await app.address();
  const company = await foundCompany(baseUrl);
  const questions = ['帮我查一下我的流量有多少', 'I am still waiting on my card?'];
  const plan = { seed: 5, conversations: 1_000, messagesPer: 2, from, until, company, questions };
  const { pool } = app.services.database;
  const indexes = async (): Promise<unknown[]> =>
    (await pool.query(`select indexdef from pg_indexes where schemaname = 'public' order by 1`))
      .rows;
  const indexesBefore = await indexes();

  const loaded = await fill(pool, batches(plan), { from, months: 29 });
  expect(loaded.conversations).toBe(1_000);
  const made = new Set((await indexes()).map((row) => JSON.stringify(row)));
  for (const row of indexesBefore) expect(made).toContain(JSON.stringify(row));
  const { rows } = await pool.query(`select count(*)::int as n from message_default`);
  expect(rows).toEqual([{ n: 0 }]);

  const admin = new Client(baseUrl);
  await admin.signIn(accounts.administrator.email, accounts.administrator.password);
  const page = await admin.call(contract.listConversations, { query: { view: 'all', limit: 100 } });
  expect(page.items).toHaveLength(100);
  const [newest] = page.items;
  const id = newest?.id ?? '';
  const view = await admin.call(contract.getConversation, { params: { id } });
  expect(view.customer.name).toBe(newest?.customer.name);
  const messages = await admin.call(contract.listMessages, { params: { id } });
  expect(messages.items.map(({ seq }) => seq).at(-1)).toBe(newest?.lastSeq);
  const found = await admin.call(contract.search, { query: { q: '流量' } });
  expect(found.hits.length).toBeGreaterThan(0);
  const events = await admin.call(contract.listContactEvents, { params: { id } });
  expect(events.items[0]?.type).toBe('arrived');

  const agent = new Client(baseUrl);
  await agent.signIn(accounts.agent.email, accounts.agent.password);
  const mine = await agent.call(contract.listConversations, { query: { view: 'team' } });
  const teams = new Set((await agent.call(contract.getMe)).teams.map((team) => team.id));
  for (const { teamId } of mine.items) expect(teams).toContain(teamId);

  const everything = await wholeList(admin, { view: 'all' });
  expect(everything).toHaveLength(1_000);
  const [first, second] = company.teams;
  const some = first.agents[0].id;
  const lists: [Client, Query, (item: contract.ConversationSummary) => boolean][] = [
    [admin, { view: 'resolved' }, (item) => item.status === 'resolved'],
    [admin, { view: 'all', teamId: first.id }, (item) => item.teamId === first.id],
    [admin, { view: 'all', assigneeId: some }, (item) => item.assigneeId === some],
    [admin, { view: 'team', assigneeId: some }, (item) => item.assigneeId === some && isOpen(item)],
    [admin, { view: 'queue' }, (item) => item.assigneeId === null && isOpen(item)],
    [agent, { view: 'all' }, (item) => teams.has(item.teamId)],
    [agent, { view: 'team' }, (item) => teams.has(item.teamId) && isOpen(item)],
    [agent, { view: 'snoozed' }, (item) => teams.has(item.teamId) && item.status === 'snoozed'],
    [agent, { view: 'all', teamId: second?.id }, (item) => item.teamId === second?.id],
    [agent, { view: 'all', teamId: company.teams.at(-2)?.id }, () => false],
  ];
  for (const [who, query, holds] of lists) {
    const expected = everything.filter(holds).map(({ number }) => number);
    expect((await wholeList(who, query)).map(({ number }) => number)).toEqual(expected);
  }
  const waiting = await wholeList(admin, { view: 'all', order: 'waiting' });
  const since = waiting.map((item) => item.waitingSince ?? item.lastMessageAt);
  expect(since).toEqual(since.toSorted());
  expect(waiting).toHaveLength(everything.filter(isOpen).length);

  await expect(fill(pool, batches(plan), { from, months: 29 })).rejects.toThrow('is not empty');
});
