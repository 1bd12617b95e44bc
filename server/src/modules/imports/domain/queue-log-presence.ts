import type { ForeignPresence } from './model.ts';
import type { QueueLine } from './queue-log-line.ts';

type Agent = {
  queues: Set<string>;
  /** Queues in which the agent is paused; '' stands for all. */
  paused: Map<string, string>;
  state: ForeignPresence['state'] | 'offline';
  reason: string | null;
  since: number;
};
/** What must be known of an agent when reading goes on in another process. */
export type KeptAgent = {
  name: string;
  queues: string[];
  paused: [string, string][];
  state: Agent['state'];
  reason: string | null;
  since: number;
};

/** Signed in to no queue by name: the old way of signing in for all. */
const EVERYWHERE = '*';

function stateNow({ queues, paused }: Agent): Pick<Agent, 'state' | 'reason'> {
  if (queues.size === 0) return { state: 'offline', reason: null };
  const all = paused.get('');
  if (all !== undefined) return { state: 'break', reason: all || null };
  const reasons = [...queues].map((queue) => paused.get(queue));
  const isPaused = reasons.every((reason) => reason !== undefined);
  return isPaused
    ? { state: 'break', reason: reasons[0] || null }
    : { state: 'ready', reason: null };
}

function change(agent: Agent, { verb, queue, data }: QueueLine): void {
  switch (verb) {
    case 'ADDMEMBER':
      agent.queues.add(queue);
      if (data[0] === 'PAUSED') agent.paused.set(queue, '');
      break;
    case 'REMOVEMEMBER':
      agent.queues.delete(queue);
      agent.paused.delete(queue);
      break;
    case 'AGENTLOGIN':
    case 'AGENTCALLBACKLOGIN':
      agent.queues.add(EVERYWHERE);
      break;
    case 'AGENTLOGOFF':
    case 'AGENTCALLBACKLOGOFF':
      agent.queues.clear();
      agent.paused.clear();
      break;
    case 'PAUSE':
      agent.paused.set(queue, data[0] ?? '');
      break;
    case 'PAUSEALL':
      agent.paused.set('', data[0] ?? '');
      break;
    case 'UNPAUSE':
      agent.paused.delete(queue);
      break;
    default:
      agent.paused.clear();
  }
}

export const presenceVerbs = new Set(
  'ADDMEMBER REMOVEMEMBER AGENTLOGIN AGENTCALLBACKLOGIN AGENTLOGOFF AGENTCALLBACKLOGOFF PAUSE PAUSEALL UNPAUSE UNPAUSEALL'.split(
    ' ',
  ),
);

/** Who is signed in and who pauses, as the lines of a queue log tell. */
export function presenceKeeper(
  give: (span: ForeignPresence) => void,
  kept: readonly KeptAgent[] = [],
) {
  const agents = new Map<string, Agent>(
    kept.map(({ name, queues, paused, ...rest }) => [
      name,
      { ...rest, queues: new Set(queues), paused: new Map(paused) },
    ]),
  );
  const spanOf = (name: string, agent: Agent, untilMs: number | null): ForeignPresence | null => {
    const { state, reason, since } = agent;
    if (state === 'offline' || untilMs === since) return null;
    return { agent: name, fromMs: since, untilMs, state, reason };
  };
  return {
    add(line: QueueLine): void {
      if (line.agent === '') return;
      let agent = agents.get(line.agent);
      if (!agent) {
        agent = { queues: new Set(), paused: new Map(), state: 'offline', reason: null, since: 0 };
        agents.set(line.agent, agent);
      }
      change(agent, line);
      const next = stateNow(agent);
      if (next.state === agent.state && next.reason === agent.reason) return;
      const span = spanOf(line.agent, agent, line.at);
      if (span) give(span);
      Object.assign(agent, next, { since: line.at });
    },
    /** Spans that go on; `untilMs` where the log ends, null when it is still written. */
    open(untilMs: number | null): ForeignPresence[] {
      return [...agents].flatMap(([name, agent]) => spanOf(name, agent, untilMs) ?? []);
    },
    kept: (): KeptAgent[] =>
      [...agents].map(([name, { queues, paused, ...rest }]) => ({
        ...rest,
        name,
        queues: [...queues],
        paused: [...paused],
      })),
  };
}
