import type { ContactEventView } from '@yingda/contract';
import type { EventRow } from './store.ts';

export function presentContactEvent(row: EventRow): ContactEventView {
  return {
    id: row.id,
    contactId: row.contact_id,
    type: row.type,
    at: row.at.toISOString(),
    channel: row.channel,
    queueId: row.queue_id,
    teamId: row.team_id,
    agentId: row.agent_id,
    byBot: row.by_bot,
    data: row.data,
  };
}
