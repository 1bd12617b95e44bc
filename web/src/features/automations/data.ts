import type { ConditionField } from '@yingda/contract';
import {
  listAutomations,
  listCategories,
  listColleagues,
  listCustomFields,
  listDepartments,
  listFlows,
  listTeams,
  listWebhooks,
  getOrderSettings,
} from '@yingda/contract';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../lib/me.ts';
import { useCall } from '../../lib/query.ts';
import { say } from '../../lib/wording.ts';
import { choicesOf, kindOf } from './model/draft.ts';

const rarely = { staleTime: 60_000 };

export interface Option {
  value: string;
  label: string;
}

const named = (items: readonly { id: string; name: string }[] | undefined): Option[] =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }));

export const useAutomations = () => useCall(listAutomations, undefined, { staleTime: 10_000 });

export function useDepartments(): Option[] {
  return named(useCall(listDepartments, undefined, rarely).data?.items);
}
export function useTeams(): Option[] {
  return named(useCall(listTeams, undefined, rarely).data?.items);
}
export function usePeople(): Option[] {
  const people = useCall(listColleagues, undefined, rarely).data?.items;
  return named(people?.filter(({ active }) => active));
}
export function useCategories(): Option[] {
  const categories = useCall(listCategories, undefined, rarely).data?.items;
  return (categories ?? [])
    .filter(({ retired }) => !retired)
    .map(({ id, name }) => ({ value: id, label: say(name) }));
}
export function useWebhooks(): Option[] {
  const { may } = useRights();
  const enabled = may('webhook.manage');
  return named(useCall(listWebhooks, undefined, { ...rarely, enabled }).data?.items);
}

/** Flows in force, with their steps and moves, each key once. */
export function useFlowParts(): { flows: Option[]; steps: Option[]; moves: Option[] } {
  const all = useCall(listFlows, undefined, rarely).data?.items ?? [];
  const flows = all.filter(({ state }) => state === 'published');
  const steps = new Map<string, string>();
  const moves = new Map<string, string>();
  for (const { definition } of flows) {
    for (const step of definition.steps) {
      if (!steps.has(step.key)) steps.set(step.key, say(step.name));
      for (const { key, name } of step.moves) if (!moves.has(key)) moves.set(key, say(name));
    }
  }
  const options = (known: Map<string, string>): Option[] =>
    [...known].map(([value, label]) => ({ value, label }));
  return {
    flows: flows.map(({ key, name }) => ({ value: key, label: say(name) })),
    steps: options(steps),
    moves: options(moves),
  };
}

/** Fields that the organisation added to the form of orders. */
export function useOrderFields(): Option[] {
  const fields = useCall(getOrderSettings, undefined, rarely).data?.fields ?? [];
  return fields.map(({ key, label }) => ({ value: key, label: say(label) }));
}
/** Fields that the organisation added to customers. */
export function useCustomerFields(): Option[] {
  const fields = useCall(listCustomFields, undefined, rarely).data?.items ?? [];
  return fields.map(({ key, label }) => ({ value: key, label }));
}

const channels = ['webchat', 'email', 'voice', 'wechat', 'sms', 'other'];

/** What the value of a field may be chosen from; none where it is written. */
export function useValues(field: ConditionField): Option[] {
  const { t } = useTranslation(['automations', 'marks']);
  const { flows, steps } = useFlowParts();
  const known: Partial<Record<ReturnType<typeof kindOf>, Option[]>> = {
    category: useCategories(),
    department: useDepartments(),
    team: useTeams(),
    person: usePeople(),
    flow: flows,
    step: steps,
    channel: channels.map((value) => ({ value, label: t(`marks:channel.${value}`) })),
    choice: choicesOf(field).map((value) => ({ value, label: t(`automations:choice.${value}`) })),
    boolean: [
      { value: 'true', label: t('automations:if.yes') },
      { value: 'false', label: t('automations:if.no') },
    ],
  };
  return known[kindOf(field)] ?? [];
}
