import {
  createDepartment,
  createHours,
  createOrder,
  createTeam,
  getOrder,
  getOrderSettings,
  listCategories,
  moveOrder,
  setOrderSettings,
} from '@yingda/contract';
import type { CategoryView, OrderView, SentOf } from '@yingda/contract';
import type { Caller, TestApp } from '../../../../test/app.ts';

const always = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]);

type Created = SentOf<typeof createOrder, 'body'>;
type Moved = SentOf<typeof moveOrder, 'body'>;

/** A centre with a service desk and a technical department, whose clocks run day and night. */
export type Centre = {
  app: TestApp;
  admin: Caller;
  agent: Caller;
  handler: Caller;
  lead: Caller;
  manager: Caller;
  deskId: string;
  techTeamId: string;
  departmentId: string;
  hoursId: string;
  categories: CategoryView[];
  /** An order as an agent records it, on the house flow unless told. */
  record(body?: Partial<Created>, as?: Caller): Promise<OrderView>;
  read(id: string, as?: Caller): Promise<OrderView>;
  /** Makes a move with the version as it is now; throws unless it succeeds. */
  move(id: string, as: Caller, body: Omit<Moved, 'version'>): Promise<OrderView>;
};

const named = (name: string): string => `${name} ${Math.random().toString(36).slice(2, 8)}`;

export async function openCentre(app: TestApp): Promise<Centre> {
  const admin = await app.newPerson({ role: 'administrator' });
  const { body: department } = await app.request(createDepartment, admin, {
    body: { name: named('技术部') },
  });
  const { body: tech } = await app.request(createTeam, admin, {
    body: { name: named('技术组'), departmentId: department.id },
  });
  const { body: desk } = await app.request(createTeam, admin, { body: { name: named('客服组') } });
  const { body: hours } = await app.request(createHours, admin, {
    body: { name: named('全天'), timeZone: 'Asia/Shanghai', week: always, specialDays: [] },
  });
  const { body: settings } = await app.request(getOrderSettings, admin);
  await app.request(setOrderSettings, admin, { body: { ...settings, hoursId: hours.id } });
  const { body: categories } = await app.request(listCategories, admin);
  const agent = await app.newPerson({ role: 'agent', teamId: desk.id });
  const centre: Centre = {
    app,
    admin,
    agent,
    handler: await app.newPerson({ role: 'handler', teamId: tech.id }),
    lead: await app.newPerson({ role: 'supervisor', teamId: tech.id }),
    manager: await app.newPerson({ role: 'manager' }),
    deskId: desk.id,
    techTeamId: tech.id,
    departmentId: department.id,
    hoursId: hours.id,
    categories: categories.items,
    async record(body = {}, as = agent) {
      const answer = await app.request(createOrder, as, {
        body: {
          subject: '电机异响',
          description: '开机后有异响，约十分钟后停机。',
          customerName: '李雷',
          phones: ['13800138000'],
          categoryId: categories.items[0]?.id ?? '',
          ...body,
        },
      });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.problem));
      return answer.body;
    },
    async read(id, as = admin) {
      const answer = await app.request(getOrder, as, { params: { id } });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.problem));
      return answer.body;
    },
    async move(id, as, body) {
      const { version } = await centre.read(id);
      const answer = await app.request(moveOrder, as, {
        params: { id },
        body: { version, ...body },
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.problem));
      return answer.body;
    },
  };
  return centre;
}
