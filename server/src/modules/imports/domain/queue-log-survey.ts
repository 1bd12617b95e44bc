import type { QueueLine } from './queue-log-line.ts';

const signIn = new Set(['ADDMEMBER', 'AGENTLOGIN', 'AGENTCALLBACKLOGIN']);
const MAX_AGENTS = 100_000;

/** What a queue log tells at all, from a first quick look through it. */
export type QueueLogSurvey = { records: string[]; withPresence: boolean; unsigned: string[] };

export function surveyor() {
  const verbs = new Set<string>();
  const signed = new Set<string>();
  const answering = new Set<string>();
  let rings = false;
  let customers = false;
  return {
    add({ verb, agent, data }: QueueLine): void {
      if (verbs.size < 1000) verbs.add(verb);
      if (verb === 'CONNECT') {
        if (answering.size < MAX_AGENTS) answering.add(agent);
        if ((data[2] ?? '') !== '') rings = true;
      } else if (signIn.has(verb)) {
        if (signed.size < MAX_AGENTS) signed.add(agent);
      } else if (verb === 'ENTERQUEUE' && (data[1] ?? '') !== '') customers = true;
    },
    /** Sign-in times count only when all agents have them: else few people's hours would bear everybody's calls. */
    result(): QueueLogSurvey {
      const unsigned = [...answering].filter((agent) => !signed.has(agent));
      const withPresence = signed.size > 0 && unsigned.length === 0;
      const told: [string, boolean][] = [
        ['transfers', true],
        ['rings', rings],
        ['customers', customers],
        ['hold', verbs.has('HOLD') || verbs.has('UNHOLD')],
        ['blocked', verbs.has('JOINEMPTY') || verbs.has('FULL')],
        ['presence', withPresence],
      ];
      return {
        records: told.filter(([, isTold]) => isTold).map(([name]) => name),
        withPresence,
        unsigned: signed.size > 0 ? unsigned : [],
      };
    },
  };
}
