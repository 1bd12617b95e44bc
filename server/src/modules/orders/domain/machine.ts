import type { FlowDefinition, FlowMove, FlowStep, OwnerRule } from '@yingda/contract';
import { stepOf } from './flow.ts';
import type { Holding } from './flow.ts';

/** In whose hands a step is. */
export type Owner = { teamId: string | null; userId: string | null };
/** What the owner of a step follows from. `departmentTeamId`: whose inbox is the department's. */
export type OwnerFacts = Pick<Holding, 'recorderId' | 'recorderTeamId'> & {
  departmentId: string | null;
  departmentTeamId: string | null;
};
/** Why nobody can hold a step. */
export type OwnerFault = 'department_missing' | 'department_without_team';

/** Who holds a step that is entered now. */
export function ownerBy(
  rule: OwnerRule | null,
  facts: OwnerFacts,
): { owner: Owner } | { fault: OwnerFault } {
  switch (rule?.rule) {
    case undefined:
      return { owner: { teamId: null, userId: null } };
    case 'recorder':
      return { owner: { teamId: facts.recorderTeamId, userId: facts.recorderId } };
    case 'team':
      return { owner: { teamId: rule.teamId, userId: null } };
    case 'person':
      return { owner: { teamId: null, userId: rule.userId } };
    case 'department':
      if (facts.departmentId === null) return { fault: 'department_missing' };
      if (facts.departmentTeamId === null) return { fault: 'department_without_team' };
      return { owner: { teamId: facts.departmentTeamId, userId: null } };
  }
}

/** What becomes of an order that enters a step by a move (null: it is begun there or reopened). */
export function statusIn(step: FlowStep, move: FlowMove | null): 'open' | 'closed' | 'cancelled' {
  if (step.kind !== 'end') return 'open';
  return move?.effect === 'cancelled' ? 'cancelled' : 'closed';
}

type Enterable = { departmentId: string | null; departmentTeamId: string | null };

function isEnterable(definition: FlowDefinition, key: string, facts: Enterable): boolean {
  const { owner } = stepOf(definition, key);
  const both = { recorderId: null, recorderTeamId: null, ...facts };
  return 'owner' in ownerBy(owner, both);
}

/** The first move of a step with this meaning that leads where somebody can go on. */
export function moveWithEffect(
  definition: FlowDefinition,
  stepKey: string,
  wanted: { effect: FlowMove['effect']; facts: Enterable },
): FlowMove | null {
  const fits = (move: FlowMove) =>
    move.effect === wanted.effect && isEnterable(definition, move.to, wanted.facts);
  return stepOf(definition, stepKey).moves.find(fits) ?? null;
}

/** Where an order goes on that was closed and is not solved after all: where such an answer leads, else at the start. */
export function reopenAt(definition: FlowDefinition, facts: Enterable): string {
  const targets = definition.steps
    .flatMap(({ moves }) => moves)
    .filter(({ effect, to }) => effect === 'not_solved' && isEnterable(definition, to, facts));
  return targets[0]?.to ?? definition.start;
}

export type VoteState = 'waiting' | 'asked' | 'approved' | 'refused';
type Mode = 'one' | 'all' | 'chain';

/** Who of the approvers is asked when the step is entered. */
export function firstVotes(mode: Mode, count: number): VoteState[] {
  return Array.from({ length: count }, (_, place) =>
    mode === 'chain' && place > 0 ? 'waiting' : 'asked',
  );
}

/** The votes after one more was given; the place must have been asked. */
export function castVote(
  mode: Mode,
  votes: readonly VoteState[],
  cast: { place: number; approve: boolean },
): { votes: VoteState[]; outcome: 'open' | 'approved' | 'refused' } {
  const { place, approve } = cast;
  if (votes[place] !== 'asked') throw new Error('this place is not asked');
  const next = votes.with(place, approve ? 'approved' : 'refused');
  if (mode === 'chain' && approve && place + 1 < next.length) next[place + 1] = 'asked';
  return { votes: next, outcome: outcomeOf(mode, next) };
}

function outcomeOf(mode: Mode, votes: readonly VoteState[]): 'open' | 'approved' | 'refused' {
  const all = (state: VoteState) => votes.every((vote) => vote === state);
  const some = (state: VoteState) => votes.includes(state);
  if (mode === 'one') {
    if (some('approved')) return 'approved';
    return all('refused') ? 'refused' : 'open';
  }
  if (some('refused')) return 'refused';
  return all('approved') ? 'approved' : 'open';
}
