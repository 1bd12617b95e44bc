import { listColleagues, listDepartments, listRoles, listTeams } from '@yingda/contract';
import type { RoleView } from '@yingda/contract';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';

export interface Option {
  value: string;
  label: string;
}
export interface Names {
  options: Option[];
  /** The name of an id; a dash while it is not known. */
  of: (id: string | null) => string;
}

function named(options: Option[]): Names {
  const byId = new Map(options.map(({ value, label }) => [value, label]));
  return { options, of: (id) => (id && byId.get(id)) || '–' };
}

export function useTeamNames(): Names {
  const { data } = useCall(listTeams);
  return named((data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })));
}

export function useDepartmentNames(): Names {
  const { data } = useCall(listDepartments);
  return named((data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })));
}

/** Colleagues who can still sign in. */
export function useColleagueNames(): Names {
  const { data } = useCall(listColleagues);
  return named(
    (data?.items ?? [])
      .filter(({ active }) => active)
      .map(({ id, name }) => ({ value: id, label: name })),
  );
}

/** How a role is called: built-in ones by their translation, own ones by their name. */
export function useRoleName(): (role: Pick<RoleView, 'name' | 'builtIn'>) => string {
  const { t } = useTranslation('settings');
  return ({ name, builtIn }) => (builtIn ? t(`roles.builtIn.${builtIn}`) : name);
}

export function useRoleNames(): Names {
  const { data } = useCall(listRoles);
  const nameOf = useRoleName();
  return named((data?.items ?? []).map((role) => ({ value: role.id, label: nameOf(role) })));
}
