import { z } from 'zod';
import { Permission } from './permissions.ts';
import { IdParams, Instant, line, listOf, route, Uuid } from './route.ts';

export const TeamView = z.object({
  id: Uuid,
  name: z.string(),
  departmentId: Uuid.nullable(),
  memberIds: z.array(Uuid),
  createdAt: Instant,
});
export type TeamView = z.output<typeof TeamView>;
const TeamInput = z.object({
  name: line(80),
  departmentId: Uuid.nullable().optional(),
  memberIds: z.array(Uuid).max(2000).optional(),
});
export const listTeams = route({
  method: 'GET',
  path: '/api/teams',
  summary: 'All teams',
  access: 'user',
  response: listOf(TeamView),
});
export const createTeam = route({
  method: 'POST',
  path: '/api/teams',
  summary: 'Create a team (with its queue)',
  access: 'team.manage',
  body: TeamInput,
  response: TeamView,
  status: 201,
});
export const updateTeam = route({
  method: 'PATCH',
  path: '/api/teams/:id',
  summary: 'Change a team',
  access: 'team.manage',
  params: IdParams,
  body: TeamInput.partial(),
  response: TeamView,
});
export const deleteTeam = route({
  method: 'DELETE',
  path: '/api/teams/:id',
  summary: 'Delete a team without work',
  access: 'team.manage',
  params: IdParams,
});

export const DepartmentView = z.object({ id: Uuid, name: z.string() });
export type DepartmentView = z.output<typeof DepartmentView>;
const DepartmentInput = z.object({ name: line(80) });
export const listDepartments = route({
  method: 'GET',
  path: '/api/departments',
  summary: 'All departments',
  access: 'user',
  response: listOf(DepartmentView),
});
export const createDepartment = route({
  method: 'POST',
  path: '/api/departments',
  summary: 'Create a department',
  access: 'team.manage',
  body: DepartmentInput,
  response: DepartmentView,
  status: 201,
});
export const updateDepartment = route({
  method: 'PATCH',
  path: '/api/departments/:id',
  summary: 'Rename a department',
  access: 'team.manage',
  params: IdParams,
  body: DepartmentInput,
  response: DepartmentView,
});
export const deleteDepartment = route({
  method: 'DELETE',
  path: '/api/departments/:id',
  summary: 'Delete a department without teams',
  access: 'team.manage',
  params: IdParams,
});

export const RoleView = z.object({
  id: Uuid,
  name: z.string(),
  /** Set for the roles every installation has; their name is translated by this key. */
  builtIn: z
    .enum(['agent', 'handler', 'supervisor', 'manager', 'trainer', 'administrator'])
    .nullable(),
  permissions: z.array(Permission),
  holders: z.int(),
});
export type RoleView = z.output<typeof RoleView>;
const RoleInput = z.object({ name: line(80), permissions: z.array(Permission).max(100) });
export const listRoles = route({
  method: 'GET',
  path: '/api/roles',
  summary: 'All roles',
  access: 'user',
  response: listOf(RoleView),
});
export const createRole = route({
  method: 'POST',
  path: '/api/roles',
  summary: 'Create an own role',
  access: 'role.manage',
  body: RoleInput,
  response: RoleView,
  status: 201,
});
export const updateRole = route({
  method: 'PATCH',
  path: '/api/roles/:id',
  summary: 'Change an own role',
  access: 'role.manage',
  params: IdParams,
  body: RoleInput.partial(),
  response: RoleView,
});
export const deleteRole = route({
  method: 'DELETE',
  path: '/api/roles/:id',
  summary: 'Delete an own role nobody holds',
  access: 'role.manage',
  params: IdParams,
});
