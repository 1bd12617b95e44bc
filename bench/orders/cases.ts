import type { Case as MeasuredCase } from '../lib/cases.ts';
import { accounts } from '../../tools/load/company.ts';
import type { Samples } from './samples.ts';

export type Role = 'administrator' | 'manager' | 'supervisor' | 'agent' | 'handler';
export type Group = 'list' | 'counts' | 'board' | 'calendar' | 'open' | 'search';
export type Case = MeasuredCase<Group, Role>;

/** What the product promises: p95 at one caller, in ms. */
export const targets: Record<Group, number | undefined> = {
  list: 30,
  counts: 30,
  board: 30,
  calendar: 30,
  open: 30,
  search: 100,
};
export const roles: Role[] = ['administrator', 'manager', 'supervisor', 'agent', 'handler'];

const PAGE = 50;
const DAY = 86_400_000;
const flows = ['house', 'complaint'] as const;
type Query = Record<string, string | number>;

const queryOf = (values: Query): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
const list = (values: Query): string[][] => [
  [`/api/orders?${queryOf({ limit: PAGE, ...values })}`],
];
const board = (values: Query): string[][] => [[`/api/orders/board?${queryOf(values)}`]];
const dateOf = (days: number): string =>
  new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
/** Pages of a calendar: weeks and months around now. */
const calendar = (values: Query, lengths: [number, number][]): string[][] =>
  lengths.map(([from, to]) => [
    `/api/orders/calendar?${queryOf({ from: dateOf(from), to: dateOf(to), ...values })}`,
  ]);

const listed = `select o.*, t.name as team, u.name as person, c.name as customer, c.tier from work_order o left join team t on t.id = o.owner_team_id
  left join app_user u on u.id = o.owner_id left join customer c on c.id = o.customer_id`;

/** Whose orders the plain way looks at; undefined: it says nothing of this role. */
function plainly(as: Role): string | undefined {
  if (as === 'administrator') return 'true';
  if (as !== 'agent') return undefined;
  const teams = `(select m.team_id from team_member m join app_user u on u.id = m.user_id
    where u.email = '${accounts.agent.email}')`;
  return `(o.owner_team_id in ${teams} or o.recorder_team_id in ${teams})`;
}

/** Shelves as one would write them first: all that is open, counted and numbered in each, and the first ones of it. */
function plainShelves(
  as: Role,
  { by, where, first }: { by: string; where: string; first: number },
): string[] | undefined {
  const whose = plainly(as);
  return whose === undefined
    ? undefined
    : [
        `select * from (${listed.replace('o.*', `o.*, count(*) over shelf as count, row_number() over nth as place`)}
          where o.status = 'open' and ${where} and ${whose}
          window shelf as (partition by ${by}), nth as (partition by ${by} order by o.due_at, o.id)) all_of_them
        where place <= ${first}`,
      ];
}

function scopes(as: Role): Case[] {
  return (['mine', 'inbox', 'recorded', 'late', 'open', 'closed', 'all'] as const).map((scope) => ({
    group: 'list',
    name: scope,
    as,
    requests: list({ scope }),
  }));
}

async function deep(samples: Samples): Promise<Case[]> {
  const cases: Case[] = [];
  for (const depth of [10_000, 500_000]) {
    cases.push({
      group: 'list',
      name: `all, ${depth} down`,
      as: 'administrator',
      requests: list({ scope: 'all', cursor: await samples.edge('true', depth) }),
      baseline: [
        `${listed} order by o.created_at desc, o.id desc offset ${depth} limit ${PAGE + 1}`,
      ],
    });
  }
  const closed = await samples.edge(`status = 'closed'`, 100_000);
  const due = await samples.dueEdge(20_000);
  for (const as of ['administrator', 'supervisor', 'agent', 'handler'] as const) {
    const far = list({ scope: 'closed', cursor: closed });
    cases.push({ group: 'list', name: 'closed, 100000 down', as, requests: far });
    const dueFar = list({ scope: 'open', cursor: due });
    cases.push({ group: 'list', name: 'open by due time, 20000 down', as, requests: dueFar });
  }
  return cases;
}

function filtered(samples: Samples, as: Role): Case[] {
  const each = (name: string, values: Query[]): Case => ({
    group: 'list',
    name,
    as,
    requests: values.flatMap((value) => list(value)),
  });
  const of = (key: string, ids: string[], scope: string): Query[] =>
    ids.slice(0, 30).map((id) => ({ scope, [key]: id }));
  return [
    each('open, category', of('categoryId', samples.categoryIds, 'open')),
    each('open, department', of('departmentId', samples.departmentIds, 'open')),
    each('open, team', of('teamId', samples.teamIds, 'open')),
    each('open, person', of('ownerId', samples.ownerIds, 'open')),
    each('open, step', [{ scope: 'open', flowKey: 'house', stepKey: 'reply_customer' }]),
    each('open, complaints', [{ scope: 'open', complaints: 'true' }]),
    each('open, newest first', [{ scope: 'open', sort: 'newest' }]),
    each('late, department', of('departmentId', samples.departmentIds, 'late')),
    each('closed, category', of('categoryId', samples.categoryIds, 'closed')),
    each('all, department', of('departmentId', samples.departmentIds, 'all')),
    each('all, of a customer', of('customerId', samples.customerIds, 'all')),
    each('all, complaints', [{ scope: 'all', complaints: 'true' }]),
    each('all, rare step', [{ scope: 'all', stepKey: 'first_contact' }]),
  ];
}

function boards(as: Role, samples: Samples): Case[] {
  return [
    ...flows.map((flowKey): Case => ({
      group: 'board',
      name: flowKey,
      as,
      requests: board({ flowKey }),
      baseline: plainShelves(as, {
        by: 'o.step_key',
        where: `o.flow_key = '${flowKey}'`,
        first: 20,
      }),
    })),
    {
      group: 'board',
      name: 'house, late',
      as,
      requests: board({ flowKey: 'house', scope: 'late' }),
    },
    {
      group: 'board',
      name: 'house, mine',
      as,
      requests: board({ flowKey: 'house', scope: 'mine' }),
    },
    {
      group: 'board',
      name: 'house, category',
      as,
      requests: samples.categoryIds.flatMap((categoryId) =>
        board({ flowKey: 'house', categoryId }),
      ),
    },
  ];
}

function calendars(as: Role, samples: Samples): Case[] {
  const months: [number, number][] = [
    [-15, 26],
    [-45, -4],
    [-8, 33],
  ];
  const [departmentId = ''] = samples.departmentIds;
  return [
    {
      group: 'calendar',
      name: 'month',
      as,
      requests: calendar({}, months),
      baseline: plainShelves(as, {
        by: `date(o.due_at at time zone 'Asia/Shanghai')`,
        where: `o.due_at between now() - interval '15 days' and now() + interval '27 days'`,
        first: 5,
      }),
    },
    {
      group: 'calendar',
      name: 'week',
      as,
      requests: calendar({}, [
        [-1, 5],
        [-8, -2],
      ]),
    },
    { group: 'calendar', name: 'month, mine', as, requests: calendar({ scope: 'mine' }, months) },
    {
      group: 'calendar',
      name: 'month, department',
      as,
      requests: calendar({ departmentId }, months),
    },
    {
      group: 'calendar',
      name: 'month, complaints',
      as,
      requests: calendar({ complaints: 'true' }, months),
    },
  ];
}

function searches(samples: Samples, as: Role): Case[] {
  const search = (name: string, words: string[], baseline = false): Case => ({
    group: 'search',
    name,
    as,
    requests: words.flatMap((q) => list({ scope: 'all', q })),
    ...(baseline && {
      baseline: words.slice(0, 5).map(
        (q) =>
          `${listed} where o.subject ilike '%${q}%' or o.form::text ilike '%${q}%' or o.number ilike '%${q}%'
             order by o.created_at desc limit ${PAGE + 1}`,
      ),
    }),
  });
  return [
    search('number', samples.numbers),
    search(
      'end of a number',
      samples.numbers.map((number) => number.slice(-9)),
    ),
    search('phone', samples.phones),
    search('name', samples.customerNames),
    search('common word', ['退款', '订单', '发票', 'card'], as === 'administrator'),
    search('no hit', ['紫水晶长颈鹿', 'xylophone zebra'], as === 'administrator'),
  ];
}

function opened(samples: Samples, as: Role): Case {
  const requests = [...samples.open, ...samples.orders].map((id) => [`/api/orders/${id}`]);
  return { group: 'open', name: 'order', as, requests };
}

/** What the pages of orders ask for, by everybody who asks it. */
export async function casesFor(samples: Samples): Promise<Case[]> {
  const cases: Case[] = await deep(samples);
  for (const as of roles) {
    cases.push(...scopes(as), ...filtered(samples, as), ...boards(as, samples));
    cases.push(...calendars(as, samples));
    cases.push({ group: 'counts', name: 'counts', as, requests: [['/api/orders/counts']] });
  }
  for (const as of ['administrator', 'supervisor', 'agent'] as const) {
    cases.push(...searches(samples, as));
  }
  return [...cases, opened(samples, 'administrator')];
}
