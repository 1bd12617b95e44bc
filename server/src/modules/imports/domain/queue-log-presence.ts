import { ownText } from './model.ts';
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

type Change = (agent: Agent, queue: string, word: string) => void;
const leaveAll: Change = ({ queues, paused }) => {
  queues.clear();
  paused.clear();
};
const signIn: Change = ({ queues }) => queues.add(EVERYWHERE);
const changes: ReadonlyMap<string, Change> = new Map<string, Change>([
  [
    'ADDMEMBER',
    ({ queues, paused }, queue, word) => {
      queues.add(queue);
      if (word === 'PAUSED') paused.set(queue, '');
    },
  ],
  [
    'REMOVEMEMBER',
    ({ queues, paused }, queue) => {
      queues.delete(queue);
      paused.delete(queue);
    },
  ],
  ['AGENTLOGIN', signIn],
  ['AGENTCALLBACKLOGIN', signIn],
  ['AGENTLOGOFF', leaveAll],
  ['AGENTCALLBACKLOGOFF', leaveAll],
  ['PAUSE', ({ paused }, queue, word) => paused.set(queue, word)],
  ['PAUSEALL', ({ paused }, _, word) => paused.set('', word)],
  ['UNPAUSE', ({ paused }, queue) => paused.delete(queue)],
  ['UNPAUSEALL', ({ paused }) => paused.clear()],
]);

/** Kinds of lines that tell who is there. */
export const presenceVerbs: ReadonlySet<string> = new Set(changes.keys());

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
      const name = ownText(line.agent);
      let agent = agents.get(name);
      if (!agent) {
        agent = { queues: new Set(), paused: new Map(), state: 'offline', reason: null, since: 0 };
        agents.set(name, agent);
      }
      const word = ownText((line.data[0] ?? '').slice(0, 80));
      changes.get(line.verb)?.(agent, ownText(line.queue), word);
      const next = stateNow(agent);
      if (next.state === agent.state && next.reason === agent.reason) return;
      const span = spanOf(name, agent, line.at);
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
