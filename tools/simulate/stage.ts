import * as contract from '../../contract/src/index.ts';
import { Agent } from './agent.ts';
import { Client, Refused } from './client.ts';
import type { Ledger } from './ledger.ts';

export type Stage = { widgetKey: string; agents: Agent[]; admin: Client };
export type StageOptions = {
  baseUrl: string;
  /** An administrator; created when the installation is new. */
  admin: { email: string; password: string };
  agents: number;
  /** Chats an agent may hold at once. */
  chats: number;
  thinkMs: () => number;
  ledger: Ledger;
};

/** Every simulated agent's. */
export const agentPassword = 'simulated-agent-2026';

async function administrator(options: StageOptions): Promise<Client> {
  const { baseUrl, admin } = options;
  const client = new Client(baseUrl);
  const setup = await client.call(contract.getSetup);
  if (setup.needed) {
    await client.call(contract.setUp, {
      body: {
        organisationName: '模拟客服中心',
        name: '管理员',
        ...admin,
        locale: 'zh-CN',
        timeZone: 'Asia/Shanghai',
      },
    });
  }
  await client.signIn(admin.email, admin.password);
  return client;
}

/** The team whose queue the run uses; its queue is made by the router a moment after the team. */
async function queueOf(admin: Client): Promise<contract.QueueView> {
  for (;;) {
    const [queue] = (await admin.call(contract.listQueues)).items;
    if (queue) return queue;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function inviteAgent(
  admin: Client,
  email: string,
  { teamId, roleId }: { teamId: string; roleId: string },
): Promise<void> {
  try {
    const { url } = await admin.call(contract.invitePerson, {
      body: {
        email,
        name: `坐席 ${email.split('@')[0]}`,
        teamIds: [teamId],
        grants: [{ roleId, teamId }],
      },
    });
    const token = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
    await new Client(admin.baseUrl).call(contract.acceptInvitation, {
      params: { token },
      body: { name: `坐席 ${email.split('@')[0]}`, password: agentPassword, locale: 'zh-CN' },
    });
  } catch (error) {
    // Left by an earlier run on the same installation.
    if (!(error instanceof Refused && error.code === 'person.email_taken')) throw error;
  }
}

const defaultSettings: contract.WidgetSettings = {
  colour: '#0d9488',
  position: 'right',
  title: { 'zh-CN': '在线客服', en: 'Chat with us' },
  greeting: { 'zh-CN': '您好，请问有什么可以帮您？', en: 'How can we help?' },
  preChat: [],
  whenClosed: 'form',
  closedText: { 'zh-CN': '', en: '' },
  allowedOrigins: [],
  requireIdentity: false,
};

async function widgetFor(admin: Client, queueId: string): Promise<string> {
  const [known] = (await admin.call(contract.listWidgets)).items.filter(
    (widget) => widget.queueId === queueId,
  );
  if (known) return known.key;
  const made = await admin.call(contract.createWidget, {
    body: { name: 'simulate', queueId, settings: defaultSettings },
  });
  return made.key;
}

/** People, queue and widget for a run, all made through the product's own interface. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const admin = await administrator(options);
  const queue = await queueOf(admin);
  const role = (await admin.call(contract.listRoles)).items.find(
    ({ builtIn }) => builtIn === 'agent',
  );
  if (!role) throw new Error('the role of agents is missing');
  const emails = Array.from(
    { length: options.agents },
    (_, at) => `agent${at + 1}@simulate.yingda.local`,
  );
  for (const email of emails)
    await inviteAgent(admin, email, { teamId: queue.teamId, roleId: role.id });

  const people = await admin.call(contract.listPeople, {
    query: { q: 'simulate.yingda.local', limit: 100 },
  });
  for (const person of people.items) {
    if (!emails.includes(person.email)) continue;
    await admin.call(contract.setAgentPresence, {
      params: { userId: person.id },
      body: { capacity: options.chats * queue.weight },
    });
  }
  const agents = emails.map(
    (email) =>
      new Agent({
        baseUrl: options.baseUrl,
        email,
        password: agentPassword,
        ledger: options.ledger,
        thinkMs: options.thinkMs,
      }),
  );
  return { widgetKey: await widgetFor(admin, queue.id), agents, admin };
}
