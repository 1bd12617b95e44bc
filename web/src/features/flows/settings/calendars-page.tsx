import {
  getOrderSettings,
  listDepartments,
  listHours,
  listTeams,
  listWorkCalendars,
  setWorkCalendars,
} from '@yingda/contract';
import type {
  DepartmentView,
  HoursView,
  OrderSettings,
  TeamView,
  WorkCalendar,
} from '@yingda/contract';
import { ApartmentOutlined, BankOutlined, TeamOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { Tag } from '../../../ui/data-table.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Bones, ErrorState } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { changeOrderSettings } from '../data/settings.ts';
import './calendars.css';

/** Hours of the organisation and of whoever has their own, by id; nobody in it follows who is above. */
interface Choice {
  organisation: string | null;
  own: ReadonlyMap<string, string>;
}

const choiceOf = (settings: OrderSettings, calendars: readonly WorkCalendar[]): Choice => ({
  organisation: settings.hoursId,
  own: new Map(
    calendars.map(({ teamId, departmentId, hoursId }) => [teamId ?? departmentId ?? '', hoursId]),
  ),
});

const textOf = ({ organisation, own }: Choice): string =>
  JSON.stringify([organisation, [...own].toSorted(([a], [b]) => a.localeCompare(b))]);

interface Line {
  id: string;
  name: string;
  level: 0 | 1 | 2;
  own: string | null;
  /** Whose hours count here without own ones. */
  above: HoursView | null;
}

/** The organisation, its departments with their teams, and teams without one. */
function linesOf(
  choice: Choice,
  {
    departments,
    teams,
    hours,
  }: { departments: DepartmentView[]; teams: TeamView[]; hours: HoursView[] },
): Line[] {
  const hoursOf = (id: string | null | undefined): HoursView | null =>
    hours.find((one) => one.id === id) ?? null;
  const whole = hoursOf(choice.organisation);
  const lineOf = (given: { id: string; name: string }, level: 1 | 2, above: HoursView | null) => ({
    id: given.id,
    name: given.name,
    level,
    own: choice.own.get(given.id) ?? null,
    above,
  });
  return [
    ...departments.flatMap((department): Line[] => {
      const own = hoursOf(choice.own.get(department.id)) ?? whole;
      return [
        lineOf(department, 1, whole),
        ...teams
          .filter(({ departmentId }) => departmentId === department.id)
          .map((team) => lineOf(team, 2, own)),
      ];
    }),
    ...teams
      .filter(({ departmentId }) => departmentId === null)
      .map((team) => lineOf(team, 1, whole)),
  ];
}

/** Whether clocks run there now, and until when. */
function Now({ hours }: { hours: HoursView | null }): ReactNode {
  const { t } = useTranslation('order-settings');
  if (!hours) return <span className="yd-soft">{t('calendars.usual')}</span>;
  const { openNow, nextChangeAt, timeZone } = hours;
  return (
    <span className="yd-calendar-now">
      <Tag tone={openNow ? 'green' : 'grey'}>
        {t(openNow ? 'calendars.running' : 'calendars.standing')}
      </Tag>
      {nextChangeAt && (
        <span className="yd-soft yd-figures">
          {t(openNow ? 'calendars.until' : 'calendars.from', {
            at: formatDateTime(nextChangeAt, timeZone),
          })}
        </span>
      )}
    </span>
  );
}

function Row({
  icon,
  name,
  level,
  own,
  above,
  hours,
  onChoose,
}: Omit<Line, 'id'> & {
  icon: ReactNode;
  hours: readonly HoursView[];
  onChoose: (hoursId: string | null) => void;
}): ReactNode {
  const { t } = useTranslation('order-settings');
  const counting = hours.find(({ id }) => id === own) ?? above;
  const followed =
    level === 0
      ? t('calendars.usual')
      : t('calendars.follows', { name: above?.name ?? t('calendars.usual') });
  return (
    <li
      className={`yd-calendar-row is-${level} ${own === null && level > 0 ? 'is-following' : ''}`}
    >
      <span className="yd-calendar-name">
        {icon}
        <span className="yd-ellipsis">{name}</span>
      </span>
      <Select
        aria-label={t('calendars.of', { name })}
        value={own ?? ''}
        options={[
          { value: '', label: followed },
          ...hours.map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChange={(id: string) => onChoose(id === '' ? null : id)}
      />
      <Now hours={counting} />
    </li>
  );
}

interface Known {
  settings: OrderSettings;
  calendars: WorkCalendar[];
  /** The calendars' revision. */
  seen: string;
  hours: HoursView[];
  departments: DepartmentView[];
  teams: TeamView[];
}

async function store(
  choice: Choice,
  before: Choice,
  { teams, seen }: Pick<Known, 'teams' | 'seen'>,
): Promise<void> {
  const isTeam = new Set(teams.map(({ id }) => id));
  const items = [...choice.own].map(([id, hoursId]) => ({
    teamId: isTeam.has(id) ? id : null,
    departmentId: isTeam.has(id) ? null : id,
    hoursId,
  }));
  await call(setWorkCalendars, { body: { items, seen } });
  if (choice.organisation !== before.organisation) {
    await changeOrderSettings({ hoursId: choice.organisation });
  }
  await refresh(listWorkCalendars, getOrderSettings);
}

function Calendars({ known }: { known: Known }): ReactNode {
  const { t } = useTranslation('order-settings');
  const { settings, calendars, hours, teams, departments } = known;
  const before = useMemo(() => choiceOf(settings, calendars), [settings, calendars]);
  const [choice, setChoice] = useState(before);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isDirty = textOf(choice) !== textOf(before);
  const choose = (id: string, hoursId: string | null): void => {
    const own = new Map(choice.own);
    if (hoursId === null) own.delete(id);
    else own.set(id, hoursId);
    setChoice({ ...choice, own });
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await store(choice, before, known);
      toast.success(t('calendars.saved'));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ul className="yd-calendar-rows">
        <Row
          icon={<BankOutlined aria-hidden />}
          name={t('calendars.organisation')}
          level={0}
          own={choice.organisation}
          above={null}
          hours={hours}
          onChoose={(organisation) => setChoice({ ...choice, organisation })}
        />
        {linesOf(choice, { departments, teams, hours }).map(({ id, ...line }) => (
          <Row
            key={id}
            {...line}
            icon={
              teams.some((team) => team.id === id) ? (
                <TeamOutlined aria-hidden />
              ) : (
                <ApartmentOutlined aria-hidden />
              )
            }
            hours={hours}
            onChoose={(hoursId) => choose(id, hoursId)}
          />
        ))}
      </ul>
      <div className="yd-calendar-foot">
        <FormProblem error={error} />
        <Button type="primary" disabled={!isDirty} loading={busy} onClick={() => void save()}>
          {t('common:save')}
        </Button>
        {isDirty && (
          <Button onClick={() => setChoice(before)} disabled={busy}>
            {t('discard')}
          </Button>
        )}
        <span className="yd-soft">{t('calendars.reckoned')}</span>
      </div>
      <LeaveGuard dirty={isDirty} />
    </>
  );
}

/** By which hours clocks run: of the organisation, of departments, of teams. */
export function CalendarsPage(): ReactNode {
  const { t } = useTranslation('order-settings');
  useTitle(t('calendars.title'));
  const queries = [
    useCall(getOrderSettings),
    useCall(listWorkCalendars),
    useCall(listHours),
    useCall(listDepartments),
    useCall(listTeams),
  ] as const;
  const [settings, calendars, hours, departments, teams] = queries;
  const failed = queries.find(({ error }) => error !== null);
  const known: Known | null =
    settings.data && calendars.data && hours.data && departments.data && teams.data
      ? {
          settings: settings.data,
          calendars: calendars.data.items,
          seen: calendars.data.revision,
          hours: hours.data.items,
          departments: departments.data.items,
          teams: teams.data.items,
        }
      : null;
  return (
    <>
      <PageHeader
        title={t('calendars.title')}
        hint={
          <>
            {t('calendars.hint')} <Link to="/settings/hours">{t('calendars.toHours')}</Link>
          </>
        }
      />
      {known && <Calendars key={textOf(choiceOf(known.settings, known.calendars))} known={known} />}
      {!known && failed && <ErrorState error={failed.error} retry={() => void failed.refetch()} />}
      {!known && !failed && <Bones />}
    </>
  );
}
