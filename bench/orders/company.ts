import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '../../contract/src/index.ts';
import { foundCompany } from '../../tools/load/company.ts';
import type { Agent } from '../../tools/load/company.ts';
import { Client } from '../../tools/simulate/client.ts';

export type Staff = { id: string; name: string; teamId: string };
export type Department = { id: string; name: string; teamId: string; handlers: Staff[] };
export type Category = Pick<contract.CategoryView, 'id' | 'flowKey' | 'isComplaint'>;
/** Who records and answers orders, and by which flows they go. */
export type OrderCompany = {
  agents: Staff[];
  departments: Department[];
  categories: Category[];
  flows: Pick<contract.FlowView, 'id' | 'key' | 'definition'>[];
  /** Hours that know no night and no weekend. */
  alwaysId: string;
};

const PASSWORD = 'yingda-load-2026';
const departmentNames = ['技术部', '销售部', '物流部', '财务部', '产品部', '售后维修部'];
const HANDLERS = 5;
const emailOf = (name: string): string => `${name}@load.yingda.local`;
/** Who asks in the measurements, beside the accounts that every load has. */
export const handlerAccount = { email: emailOf('handler1.1'), password: PASSWORD };
export const managerAccount = { email: emailOf('manager'), password: PASSWORD };

type Newcomer = { email: string; role: contract.BuiltInRole; teamId: string | null };

async function hire(
  admin: Client,
  roles: contract.RoleView[],
  { email, role, teamId }: Newcomer,
): Promise<void> {
  const roleId = roles.find(({ builtIn }) => builtIn === role)?.id ?? '';
  const [name = email] = email.split('@');
  const teamIds = teamId === null ? [] : [teamId];
  const body = { email, name, teamIds, grants: [{ roleId, teamId }] };
  const { url } = await admin.call(contract.invitePerson, { body });
  const token = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  await new Client(admin.baseUrl).call(contract.acceptInvitation, {
    params: { token },
    body: { name, password: PASSWORD, locale: 'zh-CN' },
  });
}

async function addDepartments(admin: Client): Promise<Department[]> {
  const roles = (await admin.call(contract.listRoles)).items;
  const departments: Department[] = [];
  for (const [at, name] of departmentNames.entries()) {
    const { id } = await admin.call(contract.createDepartment, { body: { name } });
    const team = await admin.call(contract.createTeam, { body: { name, departmentId: id } });
    const emails = Array.from({ length: HANDLERS }, (_, nth) =>
      emailOf(`handler${at + 1}.${nth + 1}`),
    );
    for (const email of emails)
      await hire(admin, roles, { email, role: 'handler', teamId: team.id });
    const { items } = await admin.call(contract.listPeople, {
      query: { q: `handler${at + 1}.`, limit: 100 },
    });
    const handlers = items
      .filter((person) => emails.includes(person.email))
      .map((person) => ({ id: person.id, name: person.name, teamId: team.id }));
    departments.push({ id, name, teamId: team.id, handlers });
  }
  await hire(admin, roles, { email: managerAccount.email, role: 'manager', teamId: null });
  return departments;
}

/** Founds the company of a load with departments beside its service teams. `isAlways`: all clocks know no night. */
export async function foundOrderCompany(baseUrl: string, isAlways: boolean): Promise<OrderCompany> {
  const company = await foundCompany(baseUrl);
  const admin = new Client(baseUrl);
  await admin.signIn(emailOf('admin'), PASSWORD);
  const departments = await addDepartments(admin);
  const flows = (await admin.call(contract.listFlows)).items.filter(
    ({ state }) => state === 'published',
  );
  const week = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]);
  const always = { name: '全天', timeZone: 'Asia/Shanghai', week };
  const { id: alwaysId } = await admin.call(contract.createHours, { body: always });
  if (isAlways) {
    const settings = await admin.call(contract.getOrderSettings);
    await admin.call(contract.setOrderSettings, { body: { ...settings, hoursId: alwaysId } });
  }
  // Clocks are reckoned anew after hours have changed: now, while there is none.
  await sleep(3_000);
  const { items: categories } = await admin.call(contract.listCategories);
  return {
    agents: company.teams.flatMap(({ id, agents }) =>
      agents.map((agent: Agent) => ({ ...agent, teamId: id })),
    ),
    departments,
    categories,
    flows,
    alwaysId,
  };
}
