import {
  builtInRoles,
  createCanned,
  createKey,
  createWidget,
  organisationPermissions,
  permissions,
} from '@yingda/contract';
import type { BuiltInRole, Permission, RouteSpec } from '@yingda/contract';
import * as contract from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { createAdministrator } from '../src/modules/identity/index.ts';
import { newQueue } from '../src/modules/routing/testing.ts';
import { contractRoutes } from '../src/platform/http/openapi.ts';
import { testApp } from './app.ts';
import type { Caller, TestApp } from './app.ts';
import { sampleOf, variantsOf } from './samples.ts';
import type { IdOf } from './samples.ts';

/**
 * Every route of the contract × everybody who might call it. What must happen follows from the route's `access` and the
 * roles of the contract alone, so that a new route or right is tried without anyone thinking of it.
 */

type Scope = 'all teams' | 'own team' | 'other team';
type User = { title: string; caller: Caller; role: BuiltInRole; scope: Scope };

const routes = contractRoutes();
const roles = Object.keys(builtInRoles) as BuiltInRole[];
const scopes: Scope[] = ['all teams', 'own team', 'other team'];

let app: TestApp;
let admin: Caller;
let visitor: Caller;
let users: User[];
let key: Caller;
/** What belongs to the own team, by the name of the field or parameter that names it. */
const own: Record<string, string> = {};

const keyScope: Permission = 'audit.read';

function rolesHold(role: BuiltInRole, permission: Permission): boolean {
  return (builtInRoles[role] as readonly Permission[]).includes(permission);
}

function isPermission(access: string): access is Permission {
  return (permissions as readonly string[]).includes(access);
}

/** Whether a person with this role for these teams gets past the door. */
function admits(access: RouteSpec['access'], { role, scope }: User): boolean {
  if (access === 'visitor') return false;
  if (!isPermission(access)) return true;
  const isWide = organisationPermissions.includes(access);
  return rolesHold(role, access) && (scope === 'all teams' || !isWide);
}

const randomIds: IdOf = () => newId();

async function visit(widgetKey: string): Promise<Caller> {
  const { body } = await app.request(contract.openVisitorSession, null, {
    body: { widgetKey, locale: 'zh-CN' },
  });
  const caller = { userId: '', name: '', headers: { authorization: `Bearer ${body.token}` } };
  const sent = await app.request(contract.postVisitorMessage, caller, {
    body: { clientKey: newId(), parts: [{ type: 'text', text: '在吗' }] },
  });
  own['conversationId'] = sent.body.conversation.id;
  own['messageId'] = sent.body.message.id;
  return caller;
}

async function newWidget(queueId: string): Promise<string> {
  const { settings } = sampleOf(createWidget.body, () => queueId) as {
    settings: contract.WidgetSettings;
  };
  const { body } = await app.request(createWidget, admin, {
    body: { name: 'Matrix', queueId, settings: { ...settings, preChat: [] } },
  });
  return body.key;
}

beforeAll(async () => {
  app = await testApp();
  const password = 'correct horse battery';
  await createAdministrator(app.ctx, { name: 'First', email: 'first@example.com', password });
  admin = await app.newPerson({ role: 'administrator' });
  const { teamId, queueId } = await newQueue(app.ctx);
  const { teamId: otherTeamId } = await newQueue(app.ctx);
  Object.assign(own, { teamId, queueId });
  visitor = await visit(await newWidget(queueId));
  const canned = await app.request(createCanned, admin, {
    body: {
      ...(sampleOf(createCanned.body, () => teamId) as never as object),
      teamId,
    } as never,
  });
  own['cannedId'] = canned.body.id;
  const teamOf = { 'all teams': null, 'own team': teamId, 'other team': otherTeamId };
  users = [];
  for (const role of roles) {
    for (const scope of scopes) {
      const caller = await app.newPerson({ role, teamId: teamOf[scope] });
      users.push({ title: `${role} of ${scope}`, caller, role, scope });
    }
  }
  own['userId'] =
    users.find(({ role, scope }) => role === 'agent' && scope === 'own team')?.caller.userId ?? '';
  const made = await app.request(createKey, admin, {
    body: { name: 'Matrix', scopes: [keyScope], expiresAt: null },
  });
  key = { userId: '', name: '', headers: { authorization: `Bearer ${made.body.secret}` } };
});

function inputOf(route: RouteSpec, idOf: IdOf) {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const isId = (name: string): boolean => /^id$|Id$/.test(name);
  return {
    params: Object.fromEntries(names.map((name) => [name, isId(name) ? idOf(name) : 'nothing'])),
    query: sampleOf(route.query, idOf) as never,
    body: sampleOf(route.body, idOf) as never,
  };
}

async function ask(route: RouteSpec, caller: Caller | null, idOf: IdOf) {
  const { status, problem, body } = await app.request(route, caller, inputOf(route, idOf) as never);
  return { status, code: status >= 400 ? problem.code : null, body: body as unknown };
}

test('there is a team with something of each kind in it', () => {
  expect(Object.values(own).filter(Boolean)).toHaveLength(6);
});

describe('every input of the contract', () => {
  test('has a sample that fits, so that what follows is not stopped by a misspelt body', () => {
    const unfit = routes.filter(
      ([, { body }]) => body && !body.safeParse(sampleOf(body, randomIds)).success,
    );
    expect(unfit.map(([name]) => name)).toEqual([]);
  });
});

type Case = { title: string; caller: Caller | null; refusal: 401 | 403 | null };

/** Everybody who might call, and how the door must answer them; null: let in. */
function casesOf(access: RouteSpec['access']): Case[] {
  const keyFits = ['public', 'user', keyScope].includes(access);
  const isPublic = access === 'public';
  return [
    { title: 'nobody', caller: null, refusal: isPublic ? null : 401 },
    { title: 'a visitor', caller: visitor, refusal: isPublic || access === 'visitor' ? null : 403 },
    { title: `a key for ${keyScope}`, caller: key, refusal: keyFits ? null : 403 },
    ...users.map((user) => ({ ...user, refusal: admits(access, user) ? null : 403 }) as const),
  ];
}

type Verdict = { status: number; code: string | null };

function isRight({ status, code }: Verdict, refusal: Case['refusal'], isByRight: boolean): boolean {
  if (status >= 500 || code === 'request.not_found') return false;
  if (refusal !== null) return status === refusal;
  // Behind the door a use case may still refuse a person who holds the right, but for another team.
  return status !== 401 && (code !== 'auth.forbidden' || isByRight);
}

describe.each(routes)('%s', (_name, route) => {
  test(`is mounted and opens to ${route.access} alone`, async () => {
    const faults: string[] = [];
    for (const { title, caller, refusal } of casesOf(route.access)) {
      const verdict = await ask(route, caller, randomIds);
      if (isRight(verdict, refusal, isPermission(route.access))) continue;
      faults.push(`${title}: ${verdict.status} ${verdict.code} for ${refusal ?? 'an open door'}`);
    }
    expect(faults).toEqual([]);
  });
});

/** Paths that name one thing of a team, and the name under which ours is kept. */
const teamThings: [prefix: string, name: string][] = [
  ['/api/conversations/:id', 'conversationId'],
  ['/api/queues/:id', 'queueId'],
  ['/api/canned-replies/:id', 'cannedId'],
  ['/api/presence/:userId', 'userId'],
];
const creations = new Set(['/api/queues', '/api/canned-replies']);

function ownIds(route: RouteSpec): IdOf {
  const thing = teamThings.find(([prefix]) => route.path.startsWith(prefix))?.[1];
  return (name) => own[name === 'id' && thing ? thing : name] ?? newId();
}

function isTeamRoute({ path, method, access }: RouteSpec): boolean {
  if (!isPermission(access) || organisationPermissions.includes(access)) return false;
  if (teamThings.some(([prefix]) => path.startsWith(prefix))) return true;
  return method === 'POST' && creations.has(path);
}

describe.each(routes.filter(([, route]) => isTeamRoute(route)))('%s', (_name, route) => {
  test('leaves what is of a team to those who have the right for that team', async () => {
    for (const user of users.filter(({ scope }) => scope === 'other team')) {
      const { status } = await ask(route, user.caller, ownIds(route));
      expect([user.title, [401, 403, 404].includes(status), status]).toEqual([
        user.title,
        true,
        status,
      ]);
    }
  });
});

/** What a list may hold of a team's own things. */
const foreign = ['conversationId', 'messageId', 'cannedId'];

describe('lists', () => {
  const lists = routes.filter(
    ([, { method, path, access }]) =>
      method === 'GET' && !path.includes(':') && isPermission(access),
  );
  async function everyView(route: RouteSpec, caller: Caller | null): Promise<string> {
    const texts: string[] = [];
    for (const query of variantsOf(route.query, ownIds(route))) {
      const answer = await app.request(route, caller, { query } as never);
      expect([query, answer.status]).toEqual([query, 200]);
      texts.push(JSON.stringify(answer.body));
    }
    return texts.join('\n');
  }

  test.each(lists)('%s shows nothing of a foreign team', async (_name, route) => {
    for (const user of users.filter(({ scope }) => scope === 'other team')) {
      if (!admits(route.access, user)) continue;
      const text = await everyView(route, user.caller);
      const shown = foreign.filter((name) => text.includes(own[name] ?? '-'));
      expect([user.title, shown]).toEqual([user.title, []]);
    }
  });

  test('show the own team to those who may read it', async () => {
    for (const user of users.filter(({ scope }) => scope !== 'other team')) {
      for (const route of [contract.listConversations, contract.search]) {
        const text = await everyView(route, user.caller);
        expect([user.title, text.includes(own['conversationId'] ?? '-')]).toEqual([
          user.title,
          true,
        ]);
      }
      const route = contract.getConversation;
      const { status } = await ask(route, user.caller, ownIds(route));
      expect([user.title, status]).toEqual([user.title, 200]);
    }
  });

  test('of things to change at once leave foreign ones alone', async () => {
    const ids = [own['conversationId'] ?? ''];
    for (const user of users.filter(({ scope }) => scope === 'other team')) {
      if (!admits(contract.bulkUpdate.access, user)) continue;
      const { body } = await app.request(contract.bulkUpdate, user.caller, {
        body: { ids, action: { kind: 'resolve' } },
      });
      expect([user.title, body.done]).toEqual([user.title, 0]);
    }
  });
});
