/** A contact that waits, as the router sees it. */
export type Waiting = {
  id: string;
  teamId: string;
  /** Per cent of an agent's capacity that it takes. */
  weight: number;
  /** Place in the queue in milliseconds: the least goes first. */
  rank: number;
  waitingSince: number;
  /** Meant for this agent alone; null: for anybody of the team. */
  targetAgentId: string | null;
  declinedBy: string[];
};

/** An agent who is ready, as the router sees one. */
export type Ready = {
  id: string;
  teamIds: string[];
  capacity: number;
  /** Sum of the weights of offered and assigned work. */
  load: number;
  /** Since when, in milliseconds, the agent got nothing new: the least is idle longest. */
  idleSince: number;
};

export type Pair = { id: string; agentId: string };

/** How long a heavy contact lets lighter ones pass before an agent is kept free for it, in milliseconds. */
export const reserveAfterMs = 120_000;

type Slot = Ready & { reserved: boolean; given: number };

const hasRoom = (agent: Slot, weight: number): boolean => agent.load + weight <= agent.capacity;

/** Empty-handed agents before those with work, among each the one idle longest. */
function comesBefore(one: Slot, other: Slot): boolean {
  const [oneBusy, otherBusy] = [one.load > 0, other.load > 0];
  if (oneBusy !== otherBusy) return otherBusy;
  if (one.given !== other.given) return one.given < other.given;
  if (one.idleSince !== other.idleSince) return one.idleSince < other.idleSince;
  return one.id < other.id;
}

function best(agents: Slot[]): Slot | undefined {
  let found: Slot | undefined;
  for (const agent of agents) if (!found || comesBefore(agent, found)) found = agent;
  return found;
}

function mayTake({ teamId, targetAgentId }: Waiting, agent: Slot): boolean {
  return targetAgentId === null ? agent.teamIds.includes(teamId) : agent.id === targetAgentId;
}

/**
 * Who declined a contact gets it again only when nobody else could take it now. A contact meant for one agent stays
 * with that agent, declined or not.
 */
function choose(item: Waiting, able: Slot[]): Slot | undefined {
  const willing = able.filter(({ id }) => !item.declinedBy.includes(id));
  return best(willing.length > 0 ? willing : able);
}

/** Keeps the least loaded agent who could ever carry the contact free for it. */
function reserve(item: Waiting, agents: Slot[]): void {
  let found: Slot | undefined;
  for (const agent of agents) {
    if (agent.reserved || agent.capacity < item.weight || !mayTake(item, agent)) continue;
    if (!found || agent.load < found.load) found = agent;
  }
  if (found) found.reserved = true;
}

/**
 * Pairs waiting contacts with ready agents: contacts by rank, each to the agent idle longest who has room (of those
 * without work first). A contact that has waited `reserveAfterMs` and fits nobody keeps one agent free of those behind
 * it, so that a heavy contact is not passed for ever by light ones.
 *
 * Nobody gets more than the capacity; no contact is given twice; none that fits an agent who is not kept free is left.
 */
export function assign(waiting: Waiting[], ready: Ready[], now: number): Pair[] {
  const agents = ready.map((agent) => ({ ...agent, reserved: false, given: 0 }));
  const ordered = waiting.toSorted(
    (one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1),
  );
  const pairs: Pair[] = [];
  for (const item of ordered) {
    const able = agents.filter(
      (agent) => !agent.reserved && hasRoom(agent, item.weight) && mayTake(item, agent),
    );
    const agent = choose(item, able);
    if (agent) {
      agent.load += item.weight;
      agent.given += 1;
      pairs.push({ id: item.id, agentId: agent.id });
    } else if (now - item.waitingSince >= reserveAfterMs) {
      reserve(item, agents);
    }
  }
  return pairs;
}
