import type { AutomationRun, AutomationView, MacroView } from '@yingda/contract';
import type { AutomationRow } from './store/automations.ts';
import type { MacroRow } from './store/macros.ts';
import type { RunRow } from './store/runs.ts';

export function presentAutomation(row: AutomationRow, names: Map<string, string>): AutomationView {
  const { id, name, note, subject, conditions, actions, repeat, position, version } = row;
  return {
    id,
    name,
    note,
    subject,
    when: row.starts,
    conditions,
    actions,
    repeat,
    isActive: row.is_active,
    position,
    version,
    stopped: row.stopped,
    runs: row.runs,
    failures: row.failures,
    lastRunAt: row.last_run_at?.toISOString() ?? null,
    updatedAt: row.updated_at.toISOString(),
    updatedByName: row.updated_by === null ? null : (names.get(row.updated_by) ?? null),
  };
}

export const presentRun = (row: RunRow): AutomationRun => ({
  id: row.id,
  automationId: row.automation_id,
  automationName: row.automation_name,
  automationVersion: row.automation_version,
  at: row.at.toISOString(),
  subject: {
    kind: row.subject_kind,
    id: row.subject_id,
    number: row.subject_number,
    title: row.subject_title,
  },
  cause: row.cause,
  state: row.state,
  actions: row.actions,
  chain: row.chain,
  tookMs: row.took_ms,
});

export const presentMacro = ({ team_id: teamId, ...row }: MacroRow): MacroView => ({
  ...row,
  teamId,
});
