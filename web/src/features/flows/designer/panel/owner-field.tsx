import type { FlowStep, OwnerRule } from '@yingda/contract';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeopleNames, useTeamNames } from '../../data/flows.ts';

type Approver = NonNullable<FlowStep['approval']>['approvers'][number];
export type Rule = OwnerRule | Approver | { rule: 'anybody' };

const emptyRules: { [R in Rule['rule']]: Extract<Rule, { rule: R }> } = {
  anybody: { rule: 'anybody' },
  recorder: { rule: 'recorder' },
  department: { rule: 'department' },
  department_lead: { rule: 'department_lead' },
  team: { rule: 'team', teamId: '' },
  person: { rule: 'person', userId: '' },
};

/** Who of the team or the people, once it is to be one of them. */
function Which<R extends Rule>({
  rule,
  label,
  onChange,
}: {
  rule: R;
  label: string;
  onChange: (rule: Rule) => void;
}): ReactNode {
  const { t } = useTranslation('flows');
  const teams = useTeamNames();
  const people = usePeopleNames();
  if (rule.rule !== 'team' && rule.rule !== 'person') return null;
  const isTeam = rule.rule === 'team';
  const names = isTeam ? teams : people;
  const value = isTeam ? rule.teamId : rule.userId;
  const isGone = value !== '' && names.choices.length > 0 && names.of(value) === undefined;
  return (
    <Select
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t(isTeam ? 'owner.chooseTeam' : 'owner.choosePerson')}
      status={value === '' || isGone ? 'error' : ''}
      value={value === '' ? undefined : isGone ? t('owner.unknown') : value}
      options={names.choices}
      onChange={(id: string) =>
        onChange(isTeam ? { rule: 'team', teamId: id } : { rule: 'person', userId: id })
      }
    />
  );
}

/** A rule for who it is: chosen by role, or a certain team or person. */
export function RuleField<R extends Rule>({
  label,
  rules,
  value,
  onChange,
}: {
  label: string;
  rules: readonly R['rule'][];
  value: R;
  onChange: (rule: R) => void;
}): ReactNode {
  const { t } = useTranslation('flows');
  const name = (rule: Rule['rule']): string => {
    if (rule === 'anybody') return t('task.anybody');
    return rule === 'department_lead' ? t('approval.lead') : t(`owner.${rule}`);
  };
  return (
    <div className="yd-flow-rule">
      <Select
        aria-label={label}
        value={value.rule}
        options={rules.map((rule) => ({ value: rule, label: name(rule) }))}
        onChange={(rule: R['rule']) => {
          if (rule !== value.rule) onChange(emptyRules[rule] as R);
        }}
      />
      <Which rule={value} label={label} onChange={(rule) => onChange(rule as R)} />
    </div>
  );
}
