import {
  acceptInvitation,
  createDepartment,
  createHours,
  createOrder,
  createTeam,
  getOrder,
  getOrderSettings,
  invitePerson,
  listCategories,
  listRoles,
  moveOrder,
  setOrderSettings,
  setUp,
  takeOrder,
} from '../../contract/src/index.ts';
import type {
  BuiltInRole,
  CategoryView,
  OrderView,
  ResponseOf,
  SentOf,
} from '../../contract/src/index.ts';
import { Client } from '../../tools/simulate/client.ts';

/** Everybody's in a centre made for a journey. */
export const password = '一杯清茶-敬你-2026';

export type Account = { email: string; name: string };
type Created = SentOf<typeof createOrder, 'body'>;
type Moved = SentOf<typeof moveOrder, 'body'>;

const always = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]);

/** A service desk, a technical department and the people of both, on an installation that was empty. */
export type Centre = {
  baseUrl: string;
  admin: Client;
  /** Acts through the interface as this person. */
  as(person: Account): Promise<Client>;
  people: Record<'agent' | 'colleague' | 'handler' | 'mate' | 'manager', Account>;
  departmentId: string;
  categories: CategoryView[];
  /** An order as the agent records it on the house flow. */
  record(body: Partial<Created> & { subject: string }): Promise<OrderView>;
  /** Makes a move with the version as it is now. */
  move(id: string, by: Account, body: Omit<Moved, 'version'>): Promise<OrderView>;
  take(id: string, by: Account): Promise<OrderView>;
  read(id: string): Promise<OrderView>;
};

async function found(baseUrl: string): Promise<Client> {
  const admin = new Client(baseUrl);
  const email = 'admin@tea.example';
  await admin.call(setUp, {
    body: {
      organisationName: '春风茶业',
      name: '李春',
      email,
      password,
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    },
  });
  await admin.signIn(email, password);
  return admin;
}

type Roles = ResponseOf<typeof listRoles>['items'];

async function invite(
  admin: Client,
  roles: Roles,
  { email, name, role, teamId }: Account & { role: BuiltInRole; teamId: string },
): Promise<Account> {
  const roleId = roles.find(({ builtIn }) => builtIn === role)?.id ?? '';
  const everywhere = role === 'manager';
  const { url } = await admin.call(invitePerson, {
    body: {
      email,
      name,
      teamIds: [teamId],
      grants: [{ roleId, teamId: everywhere ? null : teamId }],
    },
  });
  const token = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  await new Client(admin.baseUrl).call(acceptInvitation, {
    params: { token },
    body: { name, password, locale: 'zh-CN' },
  });
  return { email, name };
}

async function staff(admin: Client): Promise<Pick<Centre, 'people' | 'departmentId'>> {
  const department = await admin.call(createDepartment, { body: { name: '技术部' } });
  const desk = await admin.call(createTeam, { body: { name: '售后服务组' } });
  const tech = await admin.call(createTeam, {
    body: { name: '技术支持组', departmentId: department.id },
  });
  const roles = (await admin.call(listRoles)).items;
  const add = (name: string, email: string, role: BuiltInRole, teamId: string) =>
    invite(admin, roles, { name, email: `${email}@tea.example`, role, teamId });
  const people = {
    agent: await add('林芳', 'agent', 'agent', desk.id),
    colleague: await add('赵敏', 'colleague', 'agent', desk.id),
    handler: await add('王师傅', 'handler', 'handler', tech.id),
    mate: await add('周师傅', 'mate', 'handler', tech.id),
    manager: await add('陈经理', 'manager', 'manager', desk.id),
  };
  return { people, departmentId: department.id };
}

/** Clocks that know no night, so that a journey says the same at any hour. */
async function openAlways(admin: Client): Promise<void> {
  const hours = await admin.call(createHours, {
    body: { name: '全天', timeZone: 'Asia/Shanghai', week: always, specialDays: [] },
  });
  const settings = await admin.call(getOrderSettings);
  await admin.call(setOrderSettings, { body: { ...settings, hoursId: hours.id } });
}

/** Founds a centre through the product's own interface. */
export async function foundCentre(baseUrl: string): Promise<Centre> {
  const admin = await found(baseUrl);
  const { people, departmentId } = await staff(admin);
  await openAlways(admin);
  const categories = (await admin.call(listCategories)).items;
  const clients = new Map<string, Client>();
  const centre: Centre = {
    baseUrl,
    admin,
    people,
    departmentId,
    categories,
    async as({ email }) {
      const known = clients.get(email);
      if (known) return known;
      const client = new Client(baseUrl);
      await client.signIn(email, password);
      clients.set(email, client);
      return client;
    },
    async record(body) {
      const agent = await centre.as(people.agent);
      return agent.call(createOrder, {
        body: { categoryId: categories[0]?.id ?? '', departmentId, ...body },
      });
    },
    async move(id, by, body) {
      const client = await centre.as(by);
      const { version } = await centre.read(id);
      return client.call(moveOrder, { params: { id }, body: { version, ...body } });
    },
    async take(id, by) {
      const client = await centre.as(by);
      const { version } = await centre.read(id);
      return client.call(takeOrder, { params: { id }, body: { version } });
    },
    read: (id) => admin.call(getOrder, { params: { id } }),
  };
  return centre;
}
