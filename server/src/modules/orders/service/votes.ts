import type { FlowStep } from '@yingda/contract';
import type { Reader } from '../policy.ts';
import type { NamedVote } from '../store/extras.ts';

/** Whether it is this reader's turn: named, of the team named, leading it, or managing all orders. */
function isAsked({ party }: Reader, step: FlowStep, vote: NamedVote): boolean {
  if (vote.state !== 'asked') return false;
  if (party.kind === 'system' || party.manages === 'all') return true;
  if (vote.user_id !== null) return vote.user_id === party.userId;
  if (vote.team_id === null) return false;
  const isLead = step.approval?.approvers[vote.place]?.rule === 'department_lead';
  return isLead ? party.manages.has(vote.team_id) : party.inboxTeams.has(vote.team_id);
}

/** Who is named comes before the teams of somebody; who manages all orders stands in last. */
export function ownVote(
  reader: Reader,
  step: FlowStep,
  votes: readonly NamedVote[],
): NamedVote | undefined {
  const { party } = reader;
  const asked = votes.filter((vote) => isAsked(reader, step, vote));
  return asked.find((vote) => party.kind === 'person' && vote.user_id === party.userId) ?? asked[0];
}
