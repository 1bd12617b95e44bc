import { randomUUID } from 'node:crypto';
import { builtInRoles } from '@yingda/contract';
import type { BuiltInRole } from '@yingda/contract';
import type { Rights } from '../../kernel/actor.ts';
import { webchatDemo } from '../../modules/channels/webchat/index.ts';
import { createHours } from '../../modules/clocks/index.ts';
import {
  createCanned,
  postCustomerMessage,
  postMessage,
  resolveConversation,
  snoozeConversation,
  updateConversation,
} from '../../modules/conversations/index.ts';
import { findOrCreateCustomer, updateCustomer } from '../../modules/customers/index.ts';
import {
  createDepartment,
  createPerson,
  createTeam,
  foundOrganisation,
  needsSetup,
} from '../../modules/identity/index.ts';
import { listQueues } from '../../modules/routing/index.ts';
import { actingAs, systemCtx, transact } from '../../platform/ctx.ts';
import type { Ctx, Services } from '../../platform/ctx.ts';
import { demoAccounts } from './accounts.ts';
import { canned, colleagues, company, departments, stories, teams } from './company.ts';
import type { DepartmentKey, Story, TeamKey } from './company.ts';
import { seedAutomations } from './automations.ts';
import { seedHistory } from './history.ts';
import type { DemoTeams } from './history.ts';
import { seedOrders } from './orders/index.ts';
import type { DemoDesk } from './orders/index.ts';
import { seedRegisters } from './registers.ts';

type DemoTeam = { id: string; queueId: string; agents: Ctx[] };
/** Those of departments have no queue to answer: nobody is routed to them. */
type Teams = Record<TeamKey, DemoTeam> &
  Record<DepartmentKey, { id: string; departmentId: string; agents: Ctx[] }>;

function rightsOf(role: BuiltInRole): Rights {
  return Object.fromEntries(builtInRoles[role].map((permission) => [permission, 'all' as const]));
}

async function addPerson(
  ctx: Ctx,
  person: { name: string; email: string; role: BuiltInRole; teamId: string; password?: string },
): Promise<Ctx> {
  const { name, email, role, teamId, password } = person;
  const everywhere = role === 'administrator';
  const { userId } = await createPerson(ctx, {
    name,
    email,
    password,
    teamIds: [teamId],
    roles: [{ role, teamId: everywhere ? null : teamId }],
  });
  return actingAs(ctx, {
    kind: 'user',
    userId,
    name,
    rights: rightsOf(role),
    via: 'command',
    sessionId: null,
    keyId: null,
    ip: null,
  });
}

/** The router makes a team's queue a moment after the team. */
async function queueOf(ctx: Ctx, teamId: string): Promise<string> {
  for (;;) {
    const queue = (await listQueues(ctx)).find((candidate) => candidate.teamId === teamId);
    if (queue) return queue.id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function addTeams(ctx: Ctx): Promise<Teams> {
  const made: Partial<Teams> = {};
  for (const key of Object.keys(teams) as TeamKey[]) {
    const { id } = await createTeam(ctx, { name: teams[key] });
    made[key] = { id, queueId: await queueOf(ctx, id), agents: [] };
  }
  for (const key of Object.keys(departments) as DepartmentKey[]) {
    const { id: departmentId } = await createDepartment(ctx, departments[key].name);
    const { id } = await createTeam(ctx, { name: departments[key].team, departmentId });
    made[key] = { id, departmentId, agents: [] };
  }
  return made as Teams;
}

/** Whoever answers customers, or for a department. */
const isAtWork = (role: BuiltInRole): boolean => role === 'agent' || role === 'handler';

/** Gives whoever administers, to set up what nobody else may. */
async function addPeople(ctx: Ctx, all: Teams): Promise<Ctx> {
  let admin = ctx;
  for (const { name, email, password, role, team } of demoAccounts) {
    const person = await addPerson(ctx, { name, email, password, role, teamId: all[team].id });
    if (isAtWork(role)) all[team].agents.push(person);
    if (role === 'administrator') admin = person;
  }
  for (const [at, { name, team, role }] of colleagues.entries()) {
    const email = `colleague${at + 1}@demo.yingda.local`;
    const person = await addPerson(ctx, { name, email, role, teamId: all[team].id });
    if (isAtWork(role)) all[team].agents.push(person);
  }
  return admin;
}

/** Those who answer customers, with the teams and queues they do it in. */
function demoTeams(all: Teams): DemoTeams {
  const teamKeys = Object.keys(teams) as TeamKey[];
  return {
    queues: {
      presale: all.presale.queueId,
      aftersale: all.aftersale.queueId,
      vip: all.vip.queueId,
    },
    agents: teamKeys.flatMap((team) =>
      all[team].agents.flatMap(({ actor }) =>
        actor.kind === 'user' ? [{ userId: actor.userId, name: actor.name, team }] : [],
      ),
    ),
  };
}

/** Makes a conversation; gives its id. */
async function play(ctx: Ctx, all: Teams, story: Story): Promise<string> {
  const { queueId, agents } = all[story.team];
  const agent = agents[0] ?? ctx;
  const { id: customerId } = await transact(ctx, (tx) =>
    findOrCreateCustomer(tx, {
      name: story.customer,
      identities: [{ kind: 'phone', value: story.phone }],
    }),
  );
  await updateCustomer(ctx, { id: customerId, tier: story.tier, company: story.company ?? null });
  const sourceId = randomUUID();
  let conversationId = '';
  for (const [who, text] of story.lines) {
    const clientKey = randomUUID();
    const parts = [{ type: 'text' as const, text }];
    if (who === '客') {
      const posted = await postCustomerMessage(ctx, {
        channel: 'webchat',
        sourceId,
        customerId,
        customerName: story.customer,
        queueId,
        clientKey,
        parts,
        subject: story.subject,
      });
      conversationId = posted.conversationId;
    } else
      await postMessage(agent, {
        conversationId,
        clientKey,
        kind: who === '注' ? 'note' : 'message',
        parts,
        mentions: [],
      });
  }
  const { tags, priority } = story;
  await updateConversation(agent, {
    id: conversationId,
    changes: { tags, ...(priority && { priority }) },
  });
  if (story.state === 'resolved') await resolveConversation(agent, { id: conversationId });
  if (story.state === 'snoozed') {
    await snoozeConversation(agent, {
      id: conversationId,
      until: new Date(Date.now() + 3 * 24 * 3600 * 1000),
    });
  }
  return conversationId;
}

function departmentsWith({ tech, depot, product }: Teams): DemoDesk['departments'] {
  const of = ({ departmentId, agents }: Teams[DepartmentKey]) => ({
    id: departmentId,
    handlers: agents,
  });
  return { tech: of(tech), depot: of(depot), product: of(product) };
}

const day = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60, to: 21 * 60 },
];

/** Fills an empty installation with a believable company; does nothing when there is an organisation already. */
export async function seedDemo(services: Services): Promise<void> {
  const ctx = systemCtx(services, 'demo');
  if (!(await needsSetup(ctx))) return;
  services.log.info('making the demo company');
  await transact(ctx, (tx) => foundOrganisation(tx, { ...company, demo: true }));
  const all = await addTeams(ctx);
  const admin = await addPeople(ctx, all);
  const { id: shopHoursId } = await createHours(ctx, {
    name: '门店客服时间',
    timeZone: company.timeZone,
    week: Array.from({ length: 7 }, () => day),
    specialDays: [],
  });
  for (const reply of canned) await createCanned(ctx, { ...reply, teamId: null });
  await webchatDemo(ctx, { queueId: all.aftersale.queueId, name: '青禾家居商城' });
  const conversations = new Map<string, string>();
  for (const story of stories) conversations.set(story.phone, await play(ctx, all, story));
  const { timeZone } = company;
  const departmentsOf = departmentsWith(all);
  const { agents } = all.aftersale;
  const desk = { timeZone, shopHoursId, agents, departments: departmentsOf, conversations };
  await seedOrders(ctx, desk);
  await seedRegisters(agents);
  await seedAutomations(admin);
  await seedHistory(ctx, demoTeams(all));
}
