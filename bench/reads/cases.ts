import type { Case as MeasuredCase } from '../lib/cases.ts';
import type { Samples } from './samples.ts';

export type Role = 'administrator' | 'supervisor' | 'agent' | 'former';
export type Group = 'list' | 'counts' | 'open' | 'search' | 'beside';
export type Case = MeasuredCase<Group, Role>;

/** What the product promises: p95 at one client, in ms. What is asked besides is watched, not promised. */
export const targets: Partial<Record<Group, number>> = {
  list: 20,
  counts: 20,
  open: 20,
  search: 100,
  beside: 20,
};

const PAGE = 50;
const listed = `select c.*, customer.name as customer_name, customer.tier, customer.verified
  from conversation c join customer on customer.id = c.customer_id`;
const newest = 'order by c.last_message_at desc, c.id desc';

const query = (values: Record<string, string | number>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
const list = (values: Record<string, string | number>): string[][] => [
  [`/api/conversations?${query({ limit: PAGE, ...values })}`],
];

function views(as: Role): Case[] {
  return (['mine', 'queue', 'team', 'snoozed', 'resolved', 'mentions', 'all'] as const).map(
    (view) => ({
      group: 'list',
      name: view,
      as,
      requests: list({ view }),
    }),
  );
}

async function deep(samples: Samples): Promise<Case[]> {
  const cases: Case[] = [];
  for (const depth of [10_000, 100_000, 500_000]) {
    const all = await samples.edge('true', depth);
    cases.push({
      group: 'list',
      name: `all, ${depth} down`,
      as: 'administrator',
      requests: list({ view: 'all', cursor: all }),
      baseline: [`${listed} ${newest} offset ${depth} limit ${PAGE + 1}`],
    });
  }
  const resolved = await samples.edge(`status = 'resolved'`, 100_000);
  for (const as of ['supervisor', 'agent'] as const)
    cases.push({
      group: 'list',
      name: 'resolved, 100000 down',
      as,
      requests: list({ view: 'resolved', cursor: resolved }),
    });
  return cases;
}

function filtered({ teamIds }: Samples): Case[] {
  const last = teamIds.at(-1) ?? '';
  const tagged = (tag: string, as: Role): Case => ({
    group: 'list',
    name: `all, tag ${tag}`,
    as,
    requests: list({ view: 'all', tag }),
    baseline: [`${listed} where '${tag}' = any(c.tags) ${newest} limit ${PAGE + 1}`],
  });
  return [
    tagged('咨询', 'administrator'),
    tagged('vip', 'administrator'),
    tagged('升级专家', 'administrator'),
    tagged('没有这个', 'administrator'),
    { ...tagged('咨询', 'agent'), baseline: undefined },
    { ...tagged('升级专家', 'agent'), baseline: undefined },
    {
      group: 'list',
      name: 'resolved, team and tag',
      as: 'administrator',
      requests: list({ view: 'resolved', teamId: last, tag: '退款' }),
    },
    {
      group: 'list',
      name: 'all, team',
      as: 'administrator',
      requests: teamIds.flatMap((teamId) => list({ view: 'all', teamId })),
    },
    {
      group: 'list',
      name: 'all, team and rare status',
      as: 'administrator',
      requests: list({ view: 'all', teamId: last, status: 'snoozed' }),
    },
    {
      group: 'list',
      name: 'all, rare status',
      as: 'agent',
      requests: list({ view: 'all', status: 'snoozed' }),
    },
    {
      group: 'list',
      name: 'team, longest waiting first',
      as: 'supervisor',
      requests: list({ view: 'team', order: 'waiting' }),
    },
    {
      group: 'list',
      name: 'queue, longest waiting first',
      as: 'administrator',
      requests: list({ view: 'queue', order: 'waiting' }),
    },
    {
      group: 'list',
      name: 'all, longest waiting first',
      as: 'administrator',
      requests: list({ view: 'all', order: 'waiting' }),
    },
    {
      group: 'list',
      name: 'foreign team',
      as: 'agent',
      requests: list({ view: 'all', teamId: last }),
    },
    {
      group: 'list',
      name: 'all, dissolved team',
      as: 'administrator',
      requests: list({ view: 'all', teamId: last }),
      baseline: [`${listed} where c.team_id = '${last}' ${newest} limit ${PAGE + 1}`],
    },
    ...(['team', 'resolved', 'all'] as const).map((view): Case => ({
      group: 'list',
      name: `${view}, of a dissolved team`,
      as: 'former',
      requests: list({ view }),
    })),
  ];
}

const everyStatus = `select count(*) filter (where status in ('open', 'waiting')) as team,
  count(*) filter (where status in ('open', 'waiting') and assignee_id is null) as queue,
  count(*) filter (where status = 'snoozed') as snoozed from conversation`;

function counts(as: Role): Case {
  return {
    group: 'counts',
    name: 'counts',
    as,
    requests: [['/api/conversations/counts']],
    ...(as === 'administrator' ? { baseline: [everyStatus] } : {}),
  };
}

const open = (id: string): string[] => [
  `/api/conversations/${id}`,
  `/api/conversations/${id}/messages?limit=50`,
];

function opening({ conversations, recent, long }: Samples): Case[] {
  return [
    { group: 'open', name: 'any age', as: 'administrator', requests: conversations.map(open) },
    { group: 'open', name: 'recent', as: 'administrator', requests: recent.map(open) },
    {
      group: 'open',
      name: 'long, newest page',
      as: 'administrator',
      requests: long.map(open),
      baseline: long.map(
        (id) => `select * from message where conversation_id = '${id}' order by created_at, id`,
      ),
    },
    {
      group: 'open',
      name: 'long, older page',
      as: 'administrator',
      requests: long.map((id) => [`/api/conversations/${id}/messages?limit=50&before=60`]),
    },
    {
      group: 'open',
      name: 'its contact events',
      as: 'administrator',
      requests: conversations.map((id) => [`/api/conversations/${id}/events`]),
    },
  ];
}

function searching(samples: Samples): Case[] {
  const find = (name: string, words: string[], as: Role = 'administrator'): Case => ({
    group: 'search',
    name,
    as,
    requests: words.map((q) => [`/api/search?${query({ q })}`]),
  });
  const compared = (plain: string, item: Case): Case => ({
    ...item,
    baseline: [
      `select m.* from message m where m.parts::text ilike '%${plain}%' order by m.created_at desc limit 40`,
    ],
  });
  const [order = ''] = samples.orderNumbers;
  return [
    compared(order, find('rare word', samples.orderNumbers)),
    compared('流量', find('common word, zh', ['流量', '订单', '余额'])),
    compared('card', find('common word, en', ['card', 'account'])),
    find('common word', ['流量', 'card'], 'agent'),
    find('common word', ['流量', 'card'], 'supervisor'),
    compared('查流量', find('two words, zh', ['查流量', '订单号 流量', '加湿器 流量'])),
    compared(
      'virtual card',
      find('two words, en', ['card declined', 'top-up failed', 'virtual card']),
    ),
    find('two words', ['加湿器 流量', 'virtual card'], 'agent'),
    find('words of both languages', ['card 加湿器', '流量 card']),
    find('a sentence, zh', ['帮我查一下我的流量还有多少']),
    find('a sentence, en', ['I am still waiting on my card']),
    compared('流量', find('traditional characters', ['我的流量還有多少', '訂單號'])),
    find('half a word', ['ca', 'transf', 'yl-2']),
    find('half a word', ['ca', 'transf', 'yl-2'], 'agent'),
    find('one character', ['我', '查', 'a']),
    compared('量子鹦鹉', find('no hit', ['量子鹦鹉', 'zzyzx', '订单号 YL-1'])),
    find('no hit together', ['passcode 流量套餐', '机械键盘 zzyzx']),
    find('no hit', ['量子鹦鹉', 'zzyzx', '订单号 YL-1'], 'agent'),
    find('common word', ['流量', 'card'], 'former'),
    find('customer name', samples.customerNames),
    find('customer name', samples.customerNames, 'agent'),
    find(
      'number',
      samples.numbers.map((number) => `#${number}`),
    ),
  ];
}

/** What the desk asks besides, each time it opens. */
function beside(samples: Samples): Case[] {
  const ask = (name: string, as: Role, paths: string[]): Case => ({
    group: 'beside',
    name,
    as,
    requests: paths.map((path) => [path]),
  });
  return [
    ask('tags', 'agent', ['/api/tags', `/api/tags?${query({ q: '退' })}`]),
    ask('tags', 'former', ['/api/tags']),
    ask('queues', 'administrator', ['/api/queues']),
    ask('queues', 'agent', ['/api/queues']),
    ask('presence', 'supervisor', ['/api/presence']),
    ask('offers', 'agent', ['/api/offers']),
    ask('customers', 'agent', ['/api/customers?limit=50']),
    ask(
      'customers by name',
      'agent',
      [...samples.customerNames, '王', '李', 'a', '1380'].map(
        (q) => `/api/customers?${query({ q, limit: 50 })}`,
      ),
    ),
    ask('customers with a tag', 'agent', [`/api/customers?${query({ tag: '企业', limit: 50 })}`]),
  ];
}

/** Everything that is measured. */
export async function casesFor(samples: Samples): Promise<Case[]> {
  return [
    ...views('agent'),
    ...views('supervisor'),
    ...views('administrator'),
    ...(await deep(samples)),
    ...filtered(samples),
    counts('agent'),
    counts('supervisor'),
    counts('administrator'),
    ...opening(samples),
    ...searching(samples),
    ...beside(samples),
  ];
}
