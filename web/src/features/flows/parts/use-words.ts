import { ownFieldOf } from '@yingda/contract';
import type {
  FlowDefinition,
  FlowMove,
  FlowStep,
  NeededField,
  OwnerRule,
  StepClock,
  StepTask,
} from '@yingda/contract';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../lib/wording.ts';
import { usePeopleNames, useTeamNames } from '../data/flows.ts';
import { useFormFields } from '../data/settings.ts';
import type { Fact } from '../model/compare.ts';
import { splitMinutes } from '../model/duration.ts';

type Calendar = StepClock['calendar'];
type Alarm = StepClock['warnings'][number];
type Approver = NonNullable<FlowStep['approval']>['approvers'][number];

/** How parts of a flow are said to people. */
export interface Words {
  span: (minutes: number, calendar: Calendar) => string;
  owner: (rule: OwnerRule | null) => string;
  approver: (approver: Approver) => string;
  approval: (approval: NonNullable<FlowStep['approval']>) => string;
  limit: (clock: StepClock) => string;
  move: (move: FlowMove) => string;
  step: (definition: FlowDefinition, key: string) => string;
  /** A field of the form, the organisation's own too. */
  field: (need: NeededField) => string;
  /** Everything that is said of a step. */
  facts: (step: FlowStep, definition: FlowDefinition) => Fact[];
}

function useTold(): Pick<Words, 'owner' | 'approver'> {
  const { t } = useTranslation('flows');
  const teams = useTeamNames();
  const people = usePeopleNames();
  return useMemo(() => {
    const named = (rule: Exclude<OwnerRule, { rule: 'recorder' | 'department' }>): string => {
      if (rule.rule === 'team') {
        if (rule.teamId === '') return t('owner.chooseTeam');
        return teams.of(rule.teamId) ?? t('owner.unknown');
      }
      if (rule.userId === '') return t('owner.choosePerson');
      return people.of(rule.userId) ?? t('owner.unknown');
    };
    return {
      owner: (rule) => {
        if (rule === null) return t('owner.none');
        return rule.rule === 'recorder' || rule.rule === 'department'
          ? t(`owner.${rule.rule}`)
          : named(rule);
      },
      approver: (rule) => (rule.rule === 'department_lead' ? t('approval.lead') : named(rule)),
    };
  }, [t, teams, people]);
}

function useTimes(): Pick<Words, 'span' | 'limit'> & {
  alarm: (alarm: Alarm, given: { clock: StepClock; when: 'before' | 'after' }) => string;
} {
  const { t } = useTranslation('flows');
  return useMemo(() => {
    const span: Words['span'] = (minutes, calendar) => {
      const { amount, unit } = splitMinutes(minutes, calendar);
      return t(`span.${unit === 'day' && calendar === 'flat' ? 'flatDay' : unit}`, {
        count: amount,
      });
    };
    return {
      span,
      limit: ({ minutes, calendar }) => {
        const { amount, unit } = splitMinutes(minutes, calendar);
        const workUnits = { minute: 'workMinute', hour: 'workHour', day: 'day' } as const;
        return calendar === 'flat'
          ? span(minutes, calendar)
          : t(`span.${workUnits[unit]}`, { count: amount });
      },
      alarm: ({ minutes, to }, { clock, when }) => {
        const who = to.map((rung) => t(`rung.${rung}`)).join(t('comma'));
        if (when === 'after' && minutes === 0) return t('alarm.atOnce', { who });
        return t(`alarm.${when}`, { span: span(minutes, clock.calendar), who });
      },
    };
  }, [t]);
}

const fact = (key: string, label: string, text: string): Fact[] =>
  text === '' ? [] : [{ key, label, text }];

function useFieldWords(): Words['field'] {
  const { t } = useTranslation('flows');
  const fields = useFormFields();
  return useCallback(
    (need) => {
      const own = ownFieldOf(need);
      if (own === null) return t(`field.${need}`);
      const found = fields?.find(({ key }) => key === own);
      return found ? say(found.label) : own;
    },
    [t, fields],
  );
}

/** What a sub-task says: what, for whom, until when. */
function useTaskText(
  { owner: said }: Pick<Words, 'owner'>,
  { span }: Pick<Words, 'span'>,
): (task: StepTask, clock: StepClock | null) => string {
  const { t } = useTranslation('flows');
  return useCallback(
    ({ title, owner, minutes }, clock) => {
      const who = owner ? said(owner) : t('task.anybody');
      const until = minutes === null ? [] : [span(minutes, clock?.calendar ?? 'owner')];
      return t('task.said', { title, who: [who, ...until].join(t('comma')) });
    },
    [t, said, span],
  );
}

/** Everything about a flow as people read it, in their language. */
export function useWords(): Words {
  const { t } = useTranslation('flows');
  const told = useTold();
  const times = useTimes();
  const field = useFieldWords();
  const taskText = useTaskText(told, times);
  return useMemo(() => {
    const step: Words['step'] = ({ steps }, key) => {
      const found = steps.find((one) => one.key === key);
      return found ? say(found.name) : key;
    };
    const approval: Words['approval'] = ({ mode, approvers }) =>
      t('approval.said', {
        mode: t(`approval.modes.${mode}`),
        who: approvers.map(told.approver).join(t('comma')),
      });
    const clockFacts = (clock: StepClock): Fact[] => [
      ...fact(
        'limit',
        t('fact.limit'),
        `${times.limit(clock)}${t('semicolon')}${t(`clock.calendars.${clock.calendar}`)}`,
      ),
      ...(['warnings', 'escalations'] as const).flatMap((kind) => {
        const when = kind === 'warnings' ? 'before' : 'after';
        const texts = clock[kind].map((alarm) => times.alarm(alarm, { clock, when }));
        return fact(kind, t(`fact.${kind}`), texts.join(t('semicolon')));
      }),
      ...fact('chase', t('fact.chase'), clock.chase ? t('fact.yes') : ''),
    ];
    const moveText = (move: FlowMove, definition: FlowDefinition): string =>
      [
        t('fact.moveTo', { to: step(definition, move.to) }),
        t('fact.moveWho', { who: move.who.map((who) => t(`rung.${who}`)).join(t('comma')) }),
        ...(move.needs.length > 0
          ? [
              t('fact.moveNeeds', {
                needs: move.needs.map(field).join(t('comma')),
              }),
            ]
          : []),
        ...(move.effect === 'none' ? [] : [t(`effect.${move.effect}`)]),
      ].join(t('semicolon'));
    return {
      ...told,
      span: times.span,
      limit: times.limit,
      approval,
      step,
      field,
      move: ({ name }) => say(name) || t('move.unnamed'),
      facts: (given, definition) => [
        ...fact('name', t('fact.name'), `${given.name['zh-CN']} / ${given.name.en}`),
        ...fact(
          'customerName',
          t('fact.customerName'),
          given.customerName ? `${given.customerName['zh-CN']} / ${given.customerName.en}` : '',
        ),
        ...fact('kind', t('fact.kind'), t(`kind.${given.kind}`)),
        ...fact('owner', t('fact.owner'), given.owner ? told.owner(given.owner) : ''),
        ...(given.clock ? clockFacts(given.clock) : []),
        ...fact('approval', t('fact.approval'), given.approval ? approval(given.approval) : ''),
        ...fact('checklist', t('fact.checklist'), given.checklist.join(t('semicolon'))),
        ...fact(
          'tasks',
          t('fact.tasks'),
          given.tasks.map((task) => taskText(task, given.clock)).join(t('semicolon')),
        ),
        ...fact('doneFirst', t('fact.doneFirst'), given.doneFirst ? t('fact.yes') : ''),
        ...given.moves.flatMap((move) =>
          fact(
            `move ${move.key}`,
            t('fact.move', { name: say(move.name) || t('move.unnamed') }),
            moveText(move, definition),
          ),
        ),
      ],
    };
  }, [t, told, times, field, taskText]);
}
