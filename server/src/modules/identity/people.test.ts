import {
  acceptInvitation,
  createDepartment,
  createRole,
  createTeam,
  deleteDepartment,
  deleteRole,
  deleteTeam,
  getMe,
  invitePerson,
  listAudit,
  listColleagues,
  listInvitations,
  listPeople,
  listRoles,
  listTeams,
  readInvitation,
  resetPersonPassword,
  revokeInvitation,
  updateDepartment,
  updatePerson,
  updateRole,
  updateTeam,
} from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { startSmtpServer } from '../../../test/smtp-server.ts';
import { builtInRoleIds } from './domain/built-in-roles.ts';
import { colleaguesOf, guardTeam, namesOf, teamMembers, teamOf, teamsOf } from './index.ts';
import { openBrowser } from './testing.ts';

const password = 'correct horse battery';
const unknownId = '01a207a8-af98-7e52-a715-74098babeb29';
let app: TestApp;
let admin: Caller;

beforeAll(async () => {
  app = await testApp();
  admin = await app.newPerson({ role: 'administrator' });
});

async function newTeam(name = `Team ${Math.random()}`) {
  const { status, body } = await app.request(createTeam, admin, { body: { name } });
  expect(status).toBe(201);
  return body;
}

function tokenOf(url: string): string {
  return url.split('/').at(-1) ?? '';
}

function signIn(test: TestApp, email: string) {
  if (!test.http) throw new Error('no doors');
  const browser = openBrowser(test.http, test.services.config.baseUrl);
  return browser.signIn(email, password).then((answer) => ({ answer, browser }));
}

describe('an invitation', () => {
  async function invite(email: string, more: object = {}) {
    return app.request(invitePerson, admin, {
      body: { email, name: '王强', teamIds: [], grants: [], ...more },
    });
  }
  const accept = (token: string) =>
    app.request(acceptInvitation, null, {
      params: { token },
      body: { name: '王小强', password, locale: 'zh-CN' },
    });

  test('leads to a person with the promised teams and roles who can sign in', async () => {
    const team = await newTeam();
    const grants = [{ roleId: builtInRoleIds.agent, teamId: team.id }];
    const { status, body } = await invite('Wang@Example.com', { teamIds: [team.id], grants });
    expect(status).toBe(201);
    expect(body.invitation).toMatchObject({ email: 'wang@example.com', mailed: false });
    const token = tokenOf(body.url);
    const read = await app.request(readInvitation, null, { params: { token } });
    expect(read.body).toMatchObject({ email: 'wang@example.com', name: '王强' });
    expect((await accept(token)).body).toEqual({ email: 'wang@example.com' });
    expect((await accept(token)).problem.code).toBe('invitation.not_found');
    const { browser } = await signIn(app, 'wang@example.com');
    const me = await app.request(getMe, { userId: '', name: '', headers: browser.headers() });
    expect(me.body).toMatchObject({
      name: '王小强',
      teams: [{ id: team.id }],
      rights: { 'conversation.reply': [team.id] },
    });
    expect(await teamMembers(app.ctx, team.id)).toMatchObject([{ name: '王小强' }]);
  });

  test('is taken by one of two who accept at once', async () => {
    const { body } = await invite('race@example.com');
    const token = tokenOf(body.url);
    const answers = await Promise.all([accept(token), accept(token)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
  });

  test('is replaced by a newer one and can be withdrawn', async () => {
    const first = await invite('again@example.com');
    const second = await invite('again@example.com');
    expect((await accept(tokenOf(first.body.url))).problem.code).toBe('invitation.not_found');
    const { body } = await app.request(listInvitations, admin);
    expect(body.items.filter(({ email }) => email === 'again@example.com')).toHaveLength(1);
    const params = { id: second.body.invitation.id };
    expect((await app.request(revokeInvitation, admin, { params })).status).toBe(204);
    expect((await accept(tokenOf(second.body.url))).problem.code).toBe('invitation.not_found');
    const again = await app.request(revokeInvitation, admin, { params });
    expect(again.problem.code).toBe('invitation.not_found');
  });

  test('for somebody who is here, an unknown role or team is refused', async () => {
    const { body } = await app.request(listPeople, admin, { query: {} });
    const known = await invite(body.items[0]?.email ?? '');
    expect(known.problem.code).toBe('person.email_taken');
    const role = await invite('x@example.com', { grants: [{ roleId: unknownId, teamId: null }] });
    expect(role.problem.code).toBe('role.not_found');
    const team = await invite('x@example.com', { teamIds: [unknownId] });
    expect(team.problem.code).toBe('team.not_found');
  });

  test('with a made-up token is unknown', async () => {
    const read = await app.request(readInvitation, null, { params: { token: 'yi_nonsense' } });
    expect(read.problem.code).toBe('invitation.not_found');
  });

  test('is mailed when there is a mail server, and says when that refused', async () => {
    const smtp = await startSmtpServer();
    const mail = { smtpUrl: smtp.url, from: 'service@example.com' };
    const mailing = await testApp({ config: { mail } });
    const boss = await mailing.newPerson({ role: 'administrator' });
    const body = { name: 'Mei', teamIds: [], grants: [] };
    const sent = await mailing.request(invitePerson, boss, {
      body: { ...body, email: 'mei@example.com' },
      headers: { 'accept-language': 'en' },
    });
    expect(sent.body.invitation.mailed).toBe(true);
    await expect.poll(() => smtp.mails[0]?.text).toContain(sent.body.url);
    smtp.answerNext('RCPT', '550 no such person');
    await mailing.request(invitePerson, boss, { body: { ...body, email: 'no@example.com' } });
    await expect
      .poll(async () => {
        const list = await mailing.request(listInvitations, boss);
        return list.body.items.find(({ email }) => email === 'no@example.com')?.mailed;
      })
      .toBe(false);
    await smtp.close();
  });
});

describe('people', () => {
  const change = (as: Caller, id: string, body: object) =>
    app.request(updatePerson, as, { params: { id }, body });

  test('are listed page by page and found by name or address', async () => {
    for (const n of [1, 2, 3]) await app.newPerson({ name: `Listed ${n}` });
    const first = await app.request(listPeople, admin, { query: { q: 'listed', limit: 2 } });
    expect(first.body.items.map(({ name }) => name)).toEqual(['Listed 1', 'Listed 2']);
    const cursor = first.body.nextCursor ?? '';
    const next = await app.request(listPeople, admin, { query: { q: 'listed', limit: 2, cursor } });
    expect(next.body.items.map(({ name }) => name)).toEqual(['Listed 3']);
    expect(next.body.nextCursor).toBeNull();
    const odd = await app.request(listPeople, admin, { query: { cursor: 'nonsense' } });
    expect(odd.problem.code).toBe('request.malformed');
    const none = await app.request(listPeople, admin, { query: { q: '100%_' } });
    expect(none.body.items).toEqual([]);
  });

  test('get other teams and roles, which count at once', async () => {
    const team = await newTeam();
    const person = await app.newPerson({ role: 'handler', teamId: team.id });
    const grants = [{ roleId: builtInRoleIds.supervisor, teamId: team.id }];
    const answer = await change(admin, person.userId, { grants, teamIds: [team.id], name: '新名' });
    expect(answer.body).toMatchObject({ name: '新名', teamIds: [team.id], grants });
    const me = await app.request(getMe, person);
    expect(me.body.rights).toMatchObject({ 'queue.manage': [team.id] });
    expect((await change(admin, unknownId, {})).problem.code).toBe('person.not_found');
  });

  test('who leave are signed out, cannot come back, and stay in the history', async () => {
    const person = await app.newPerson({ name: 'Leaver' });
    expect((await app.request(getMe, person)).status).toBe(200);
    expect((await change(admin, person.userId, { active: false })).body.active).toBe(false);
    expect((await app.request(getMe, person)).status).toBe(401);
    expect((await namesOf(app.ctx, [person.userId])).get(person.userId)).toBe('Leaver');
    const { body } = await app.request(listPeople, admin, { query: { active: 'false' } });
    expect(body.items.map(({ id }) => id)).toContain(person.userId);
    const log = await app.request(listAudit, admin, { query: { action: 'person.deactivated' } });
    expect(log.body.items[0]).toMatchObject({ subjectName: 'Leaver', actorName: admin.name });
    await change(admin, person.userId, { active: true });
    expect((await app.request(getMe, person)).status).toBe(401);
  });

  test('with the right password but deactivated are told so', async () => {
    const invited = await app.request(invitePerson, admin, {
      body: { email: 'gone@example.com', name: 'Gone', teamIds: [], grants: [] },
    });
    const token = tokenOf(invited.body.url);
    await app.request(acceptInvitation, null, {
      params: { token },
      body: { name: 'Gone', password, locale: 'en' },
    });
    const found = await app.request(listPeople, admin, { query: { q: 'gone@example.com' } });
    await change(admin, found.body.items[0]?.id ?? '', { active: false });
    const { answer } = await signIn(app, 'gone@example.com');
    expect([answer.status, answer.body['code']]).toEqual([403, 'auth.account_disabled']);
  });

  test('see one another with the least a colleague needs', async () => {
    const person = await app.newPerson({});
    const { body } = await app.request(listColleagues, person);
    expect(Object.keys(body.items[0] ?? {}).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'active',
      'id',
      'image',
      'name',
      'teamIds',
    ]);
    expect((await colleaguesOf(app.ctx, [person.userId])).get(person.userId)?.active).toBe(true);
  });
});

describe('nobody reaches beyond their own rights', () => {
  const grant = (role: keyof typeof builtInRoleIds) => [
    { roleId: builtInRoleIds[role], teamId: null },
  ];

  test('when they hand out or take away roles, or invite', async () => {
    const manager = await app.newPerson({ role: 'manager' });
    const person = await app.newPerson({});
    const set = (id: string, grants: object[]) =>
      app.request(updatePerson, manager, { params: { id }, body: { grants } as never });
    expect((await set(person.userId, grant('supervisor'))).status).toBe(200);
    const up = await set(person.userId, grant('administrator'));
    expect([up.status, up.problem.code]).toEqual([403, 'role.beyond_own_rights']);
    expect((await set(manager.userId, grant('administrator'))).status).toBe(403);
    expect((await set(admin.userId, [])).problem.code).toBe('role.beyond_own_rights');
    const invited = await app.request(invitePerson, manager, {
      body: { email: 'y@example.com', name: 'Y', teamIds: [], grants: grant('administrator') },
    });
    expect(invited.problem.code).toBe('role.beyond_own_rights');
  });

  test('when they take over or lock out an account', async () => {
    const manager = await app.newPerson({ role: 'manager' });
    const params = { id: admin.userId };
    const link = await app.request(resetPersonPassword, manager, { params });
    expect(link.problem.code).toBe('role.beyond_own_rights');
    const off = await app.request(updatePerson, manager, { params, body: { active: false } });
    expect(off.problem.code).toBe('role.beyond_own_rights');
  });
});

describe('the last administrator', () => {
  test('is neither deactivated nor stripped, also when two demote each other at once', async () => {
    const own = await testApp();
    const [one, two] = [
      await own.newPerson({ role: 'administrator' }),
      await own.newPerson({ role: 'administrator' }),
    ];
    const strip = (as: Caller, who: Caller) =>
      own.request(updatePerson, as, { params: { id: who.userId }, body: { grants: [] } });
    const answers = await Promise.all([strip(one, two), strip(two, one)]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const last = statuses[0] === 200 ? one : two;
    for (const body of [{ active: false }, { grants: [] }]) {
      const answer = await own.request(updatePerson, last, { params: { id: last.userId }, body });
      expect(answer.problem.code).toBe('person.last_administrator');
    }
  });
});

describe('teams and departments', () => {
  test('are made, changed and deleted, each name once', async () => {
    const person = await app.newPerson({});
    const department = await app.request(createDepartment, admin, { body: { name: '售后部' } });
    const departmentId = department.body.id;
    const made = await app.request(createTeam, admin, {
      body: { name: '热线组', departmentId, memberIds: [person.userId] },
    });
    expect(made.body).toMatchObject({ departmentId, memberIds: [person.userId] });
    expect(await teamsOf(app.ctx, person.userId)).toEqual([{ id: made.body.id, name: '热线组' }]);
    const double = await app.request(createTeam, admin, { body: { name: '热线组' } });
    expect(double.problem.code).toBe('team.name_taken');
    const lost = await app.request(createTeam, admin, {
      body: { name: '又一组', departmentId: unknownId },
    });
    expect(lost.problem.code).toBe('department.not_found');

    const params = { id: made.body.id };
    const busy = await app.request(deleteDepartment, admin, { params: { id: departmentId } });
    expect(busy.problem.code).toBe('department.in_use');
    const changed = await app.request(updateTeam, admin, {
      params,
      body: { name: '热线一组', memberIds: [] },
    });
    expect(changed.body).toMatchObject({ name: '热线一组', memberIds: [], departmentId });
    expect((await app.request(deleteTeam, admin, { params })).status).toBe(204);
    expect((await app.request(deleteTeam, admin, { params })).problem.code).toBe('team.not_found');
    expect(await teamOf(app.ctx, made.body.id)).toMatchObject({ name: '热线一组', active: false });
    const { body } = await app.request(listTeams, person);
    expect(body.items.map(({ id }) => id)).not.toContain(made.body.id);
    const freed = { params: { id: departmentId } };
    expect((await app.request(deleteDepartment, admin, freed)).status).toBe(204);
  });

  test('that somebody needs stay', async () => {
    const team = await newTeam();
    guardTeam(async (_tx, teamId) => teamId === team.id);
    const answer = await app.request(deleteTeam, admin, { params: { id: team.id } });
    expect(answer.problem.code).toBe('team.in_use');
  });

  test('departments are renamed, each name once', async () => {
    const one = await app.request(createDepartment, admin, { body: { name: 'One' } });
    await app.request(createDepartment, admin, { body: { name: 'Two' } });
    const params = { id: one.body.id };
    const taken = await app.request(updateDepartment, admin, { params, body: { name: 'two' } });
    expect(taken.problem.code).toBe('department.name_taken');
    const fine = await app.request(updateDepartment, admin, { params, body: { name: 'Three' } });
    expect(fine.body.name).toBe('Three');
  });
});

describe('roles', () => {
  test('of the product stand as they are; own ones can be made, changed and deleted', async () => {
    const { body } = await app.request(listRoles, admin);
    expect(body.items.slice(0, 6).map(({ builtIn }) => builtIn)).toEqual([
      'administrator',
      'manager',
      'supervisor',
      'agent',
      'handler',
      'trainer',
    ]);
    const fixed = { params: { id: builtInRoleIds.agent } };
    const kept = await app.request(updateRole, admin, { ...fixed, body: { permissions: [] } });
    expect(kept.problem.code).toBe('role.built_in');
    expect((await app.request(deleteRole, admin, fixed)).problem.code).toBe('role.built_in');

    const made = await app.request(createRole, admin, {
      body: { name: '夜班', permissions: ['conversation.read'] },
    });
    expect(made.status).toBe(201);
    const double = await app.request(createRole, admin, {
      body: { name: '夜班', permissions: [] },
    });
    expect(double.problem.code).toBe('role.name_taken');
    const params = { id: made.body.id };
    const person = await app.newPerson({});
    await app.request(updatePerson, admin, {
      params: { id: person.userId },
      body: { grants: [{ roleId: made.body.id, teamId: null }] },
    });
    expect((await app.request(deleteRole, admin, { params })).problem.code).toBe('role.in_use');
    const wider = await app.request(updateRole, admin, {
      params,
      body: { permissions: ['conversation.read', 'canned.manage'] },
    });
    expect(wider.body).toMatchObject({ holders: 1 });
    const me = await app.request(getMe, person);
    expect(me.body.rights).toEqual({ 'conversation.read': 'all', 'canned.manage': 'all' });
    await app.request(updatePerson, admin, {
      params: { id: person.userId },
      body: { grants: [] },
    });
    expect((await app.request(deleteRole, admin, { params })).status).toBe(204);
  });
});

test('the audit log is read page by page, filtered by action, person and time', async () => {
  const boss = await app.newPerson({ role: 'administrator' });
  for (const name of ['L1', 'L2', 'L3']) {
    await app.request(createDepartment, boss, { body: { name } });
  }
  const query = { actorId: boss.userId, limit: 2 };
  const first = await app.request(listAudit, admin, { query });
  expect(first.body.items.map(({ subjectName }) => subjectName)).toEqual(['L3', 'L2']);
  const cursor = first.body.nextCursor ?? '';
  const next = await app.request(listAudit, admin, { query: { ...query, cursor } });
  expect(next.body.items.map(({ subjectName }) => subjectName)).toEqual(['L1']);
  expect(next.body.nextCursor).toBeNull();
  const future = new Date(Date.now() + 60_000).toISOString();
  const none = await app.request(listAudit, admin, { query: { from: future } });
  expect(none.body.items).toEqual([]);
});
