import * as contract from '../../contract/src/index.ts';
import type { SentOf } from '../../contract/src/index.ts';
import { Client } from '../simulate/client.ts';

export type Agent = { id: string; name: string };
export type Team = { id: string; queueId: string; name: string; agents: [Agent, ...Agent[]] };
/** Who works in the loaded installation; conversations refer to them. */
export type Company = { teams: [Team, ...Team[]] };

const PASSWORD = 'yingda-load-2026';
const address = (name: string): string => `${name}@load.yingda.local`;

/** Who may sign in to a loaded installation: for trying it out and for measuring. */
export const accounts = {
  administrator: { email: address('admin'), password: PASSWORD },
  supervisor: { email: address('supervisor'), password: PASSWORD },
  agent: { email: address('agent1'), password: PASSWORD },
  /** Of the team that was dissolved. */
  former: { email: address('agent44'), password: PASSWORD },
} as const;

const teamNames = [
  '售前咨询',
  '售后服务',
  '账单与支付',
  '物流查询',
  '会员服务',
  '投诉处理',
  '企业客户',
  '国际业务（已并入企业客户）',
];
const agentNames = [
  '林晓燕',
  '陈志强',
  '王美玲',
  '张伟',
  '刘洋',
  '黄丽华',
  '赵敏',
  '周杰',
  '吴倩',
  '徐刚',
  '孙悦',
  '马超',
  '朱琳',
  '胡斌',
  '郭芳',
  '何俊',
  '高翔',
  '罗娜',
  '郑凯',
  '梁静',
  '谢婷',
  '宋涛',
  '唐雪',
  '韩冰',
];
const AGENTS_PER_TEAM = 6;

async function administrator(baseUrl: string): Promise<Client> {
  const client = new Client(baseUrl);
  const { email, password } = accounts.administrator;
  if ((await client.call(contract.getSetup)).needed) {
    const organisation = {
      organisationName: '云岭数码客户服务中心',
      name: '管理员',
      locale: 'zh-CN' as const,
      timeZone: 'Asia/Shanghai',
    };
    await client.call(contract.setUp, { body: { ...organisation, email, password } });
  }
  await client.signIn(email, password);
  return client;
}

type Grants = SentOf<typeof contract.invitePerson, 'body'>['grants'];
type Newcomer = { email: string; name: string; teamIds: string[]; grants: Grants };

async function addPerson(admin: Client, person: Newcomer): Promise<void> {
  const { url } = await admin.call(contract.invitePerson, { body: person });
  const token = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  await new Client(admin.baseUrl).call(contract.acceptInvitation, {
    params: { token },
    body: { name: person.name, password: PASSWORD, locale: 'zh-CN' },
  });
}

/** The teams with their queues; a queue is made by the router a moment after its team. */
async function makeTeams(admin: Client): Promise<{ id: string; name: string; queueId: string }[]> {
  const [first] = (await admin.call(contract.listTeams)).items;
  const teams = first ? [first] : [];
  for (const name of teamNames.slice(teams.length))
    teams.push(await admin.call(contract.createTeam, { body: { name } }));
  for (;;) {
    const queues = new Map(
      (await admin.call(contract.listQueues)).items.map((queue) => [queue.teamId, queue.id]),
    );
    const ready = teams.flatMap(({ id, name }) => {
      const queueId = queues.get(id);
      return queueId === undefined ? [] : [{ id, name, queueId }];
    });
    if (ready.length === teams.length) return ready;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function roleIds(admin: Client): Promise<(name: contract.BuiltInRole) => string> {
  const { items } = await admin.call(contract.listRoles);
  const ids = new Map(items.map(({ id, builtIn }) => [builtIn, id]));
  return (name) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`the role ${name} is missing`);
    return id;
  };
}

/**
 * Founds a company in a new installation through the product's own interface: an administrator, eight teams of six
 * agents (each with a second team in every third case), a supervisor of three teams.
 */
export async function foundCompany(baseUrl: string): Promise<Company> {
  const admin = await administrator(baseUrl);
  const teams = await makeTeams(admin);
  const roleId = await roleIds(admin);
  const agent = roleId('agent');
  const members = teams.map((): string[] => []);
  const people: Newcomer[] = [];
  for (let at = 0; at < teams.length * AGENTS_PER_TEAM; at += 1) {
    const own = Math.floor(at / AGENTS_PER_TEAM);
    const places = at % 3 === 0 ? [own, (own + 1) % teams.length] : [own];
    const email = address(`agent${at + 1}`);
    for (const place of places) members[place]?.push(email);
    const teamIds = places.flatMap((place) => teams[place]?.id ?? []);
    const grants = teamIds.map((teamId) => ({ roleId: agent, teamId }));
    people.push({ email, name: agentNames[at % agentNames.length] ?? email, teamIds, grants });
  }
  const watched = teams.slice(0, 3).map(({ id }) => id);
  const grants = watched.map((teamId) => ({ roleId: roleId('supervisor'), teamId }));
  people.push({ email: accounts.supervisor.email, name: '班长 苏岩', teamIds: watched, grants });
  for (const person of people) await addPerson(admin, person);

  const found = new Map<string, Agent>();
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor ? { cursor } : {}) };
    const page = await admin.call(contract.listPeople, { query });
    for (const { id, name, email } of page.items) found.set(email, { id, name });
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const staffed = teams.map((team, at): Team => {
    const [first, ...others] = (members[at] ?? []).flatMap((email) => found.get(email) ?? []);
    if (!first) throw new Error(`nobody works in ${team.name}`);
    return { ...team, agents: [first, ...others] };
  });
  const [first, ...others] = staffed;
  if (!first) throw new Error('there is no team');
  return { teams: [first, ...others] };
}
