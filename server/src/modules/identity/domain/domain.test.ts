import { builtInRoles, organisationPermissions, permissions } from '@yingda/contract';
import type { Permission } from '@yingda/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rights } from '../../../kernel/actor.ts';
import { isOwnPage } from './origin.ts';
import { passwordFaults } from './password.ts';
import { coversGrant, coversRights, limitTo, rightsFrom } from './rights.ts';
import type { GrantedRole } from './rights.ts';
import { mustWait } from './sign-in-limits.ts';

const teams = ['a', 'b', 'c'];
const permission = fc.constantFrom(...permissions);
const grant: fc.Arbitrary<GrantedRole> = fc.record({
  permissions: fc.uniqueArray(permission),
  teamId: fc.constantFrom(null, ...teams),
});
const grants = fc.array(grant, { maxLength: 6 });

function holds(rights: Rights, name: Permission, team: string): boolean {
  const held = rights[name];
  return held === 'all' || held?.includes(team) === true;
}

describe('rights', () => {
  test('are the union of all grants', () => {
    fc.assert(
      fc.property(grants, permission, fc.constantFrom(...teams), (given, name, team) => {
        const expected = given.some(
          (one) =>
            one.permissions.includes(name) &&
            (one.teamId === null ||
              (one.teamId === team && !organisationPermissions.includes(name))),
        );
        expect(holds(rightsFrom(given), name, team)).toBe(expected);
      }),
    );
  });

  test('over the whole organisation do not come from a grant for one team', () => {
    const rights = rightsFrom([{ permissions: builtInRoles.administrator, teamId: 'a' }]);
    for (const name of organisationPermissions) expect(rights[name]).toBeUndefined();
    expect(rights['queue.manage']).toEqual(['a']);
  });

  test('do not grow by a grant that they cover', () => {
    fc.assert(
      fc.property(grants, grant, (mine, handedOut) => {
        const rights = rightsFrom(mine);
        fc.pre(coversGrant(rights, handedOut));
        expect(coversRights(rights, rightsFrom([handedOut]))).toBe(true);
      }),
    );
  });

  test('cover themselves and nothing above them', () => {
    fc.assert(fc.property(grants, (given) => coversRights(rightsFrom(given), rightsFrom(given))));
    const agent = rightsFrom([{ permissions: builtInRoles.agent, teamId: null }]);
    const administrator = rightsFrom([{ permissions: builtInRoles.administrator, teamId: null }]);
    expect(coversRights(administrator, agent)).toBe(true);
    expect(coversRights(agent, administrator)).toBe(false);
  });

  test('of a key never exceed those of its creator', () => {
    fc.assert(
      fc.property(grants, fc.uniqueArray(permission), (given, scopes) => {
        const rights = rightsFrom(given);
        const limited = limitTo(rights, scopes);
        expect(coversRights(rights, limited)).toBe(true);
        for (const name of Object.keys(limited)) expect(scopes).toContain(name);
      }),
    );
  });
});

describe('a password', () => {
  test('that is short, common, monotonous or the own address is refused', () => {
    for (const bad of [
      'short',
      '1234567890',
      'Password123',
      'aaaaaaaaaaaa',
      'mei.lin@shop.example',
    ]) {
      expect(passwordFaults(bad, 'mei.lin@shop.example')).toHaveLength(1);
    }
    expect(passwordFaults('x'.repeat(201), 'a@b.example')).toHaveLength(1);
  });

  test('that is a phrase is fine in any language', () => {
    expect(passwordFaults('correct horse battery', 'mei@shop.example')).toEqual([]);
    expect(passwordFaults('春风又绿江南岸明月何时照', 'mei@shop.example')).toEqual([]);
  });
});

describe('the source of a request with a cookie', () => {
  const base = 'https://desk.example.com';
  const from = (origin?: string, fetchSite?: string) =>
    isOwnPage({ origin, fetchSite, host: '10.0.0.5:3000' }, base);

  test('is trusted for our own address and for the host that is asked', () => {
    expect(from(base)).toBe(true);
    expect(from('http://10.0.0.5:3000')).toBe(true);
    expect(from(undefined, 'same-origin')).toBe(true);
  });

  test('is refused when foreign, hidden or unsaid', () => {
    expect(from('https://evil.example')).toBe(false);
    expect(from('https://desk.example.com.evil.example')).toBe(false);
    expect(from('null')).toBe(false);
    expect(from(undefined, 'cross-site')).toBe(false);
    expect(from(undefined, undefined)).toBe(false);
    expect(from('https://evil.example', 'same-origin')).toBe(false);
  });
});

test('a further sign-in waits after ten failures of one account at one place', () => {
  expect(mustWait({ accountHere: 9, account: 9, address: 9 })).toBe(false);
  expect(mustWait({ accountHere: 10, account: 10, address: 10 })).toBe(true);
  expect(mustWait({ accountHere: 0, account: 49, address: 0 })).toBe(false);
  expect(mustWait({ accountHere: 0, account: 50, address: 0 })).toBe(true);
  expect(mustWait({ accountHere: 0, account: 0, address: 60 })).toBe(true);
});
