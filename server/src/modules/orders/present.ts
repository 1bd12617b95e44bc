import type {
  FileView,
  OrderLine,
  OrderSummary,
  OrderTask,
  StepVisit,
  Wording,
  FlowDefinition,
} from '@yingda/contract';
import type { Calendar } from './domain/visit-clock.ts';
import { workedBy } from './domain/visit-clock.ts';
import type { TaskRow } from './store/extras.ts';
import type { LineRow } from './store/line.ts';
import type { SummaryRow } from './store/lists.ts';
import { clockOf } from './store/visit.ts';
import type { NamedVisit } from './store/visit.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;

/** "技术部 / 王芳"; only what is known. */
export const ownerNameOf = (team: string | null, person: string | null): string =>
  [team, person].filter((name) => name !== null).join(' / ');

const unknownStep: Wording = { 'zh-CN': '?', en: '?' };
export const stepNameOf = (definition: FlowDefinition | undefined, key: string): Wording =>
  definition?.steps.find((step) => step.key === key)?.name ?? unknownStep;

/** A stored order as lists, boards and events show it. */
export function presentSummary(
  row: SummaryRow,
  definition: FlowDefinition | undefined,
): OrderSummary {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    categoryId: row.category_id,
    isComplaint: row.is_complaint,
    priority: priorities[row.priority] ?? 'normal',
    customerId: row.customer_id,
    customerName: row.customer_name,
    tier: row.tier,
    flowKey: row.flow_key,
    stepKey: row.step_key,
    stepName: stepNameOf(definition, row.step_key),
    status: row.status,
    ownerTeamId: row.owner_team_id,
    ownerId: row.owner_id,
    ownerName: ownerNameOf(row.ownerTeamName, row.ownerPersonName),
    departmentId: row.department_id,
    recorderId: row.recorder_id,
    stepSince: row.step_since.toISOString(),
    dueAt: iso(row.due_at),
    clock: row.clock,
    createdAt: row.created_at.toISOString(),
    closedAt: iso(row.closed_at),
    reopened: row.reopened,
    version: row.version,
  };
}

export function presentLine(row: LineRow, files: Map<string, FileView>): OrderLine {
  return {
    id: row.id,
    at: row.at.toISOString(),
    byName: row.byName,
    by: row.by_kind,
    kind: row.kind,
    data: row.data,
    text: row.text,
    files: row.file_ids.flatMap((id) => files.get(id) ?? []),
    isPublic: row.is_public,
  };
}

export function presentVisit(
  row: NamedVisit,
  definition: FlowDefinition,
  { calendar, now }: { calendar: Calendar; now: Date },
): StepVisit {
  const until = row.left_at ?? now;
  return {
    id: row.id,
    stepKey: row.step_key,
    stepName: stepNameOf(definition, row.step_key),
    ownerName: ownerNameOf(row.teamName, row.ownerName),
    enteredAt: row.entered_at.toISOString(),
    leftAt: iso(row.left_at),
    dueAt: iso(row.due_at),
    clock: row.clock,
    workedMs: Math.round(workedBy(clockOf(row), calendar, until.getTime())),
  };
}

export const presentTask = (
  row: TaskRow,
  may: Pick<OrderTask, 'isAwaited' | 'mayFinish'>,
): OrderTask => ({
  id: row.id,
  title: row.title,
  ownerTeamId: row.owner_team_id,
  ownerId: row.owner_id,
  ownerName: ownerNameOf(row.teamName, row.ownerName),
  dueAt: iso(row.due_at),
  doneAt: iso(row.done_at),
  doneByName: row.doneByName,
  stepKey: row.step_key,
  ...may,
});
