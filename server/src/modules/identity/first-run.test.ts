import { getMe, getSetup, listTeams, setUp } from '@yingda/contract';
import { expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { createAdministrator, needsSetup, organisation } from './index.ts';
import { openBrowser } from './testing.ts';

const input = {
  organisationName: '星河电器',
  name: '林美',
  email: 'Lin@Example.com',
  password: 'correct horse battery',
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
} as const;

function browserOf({ http, services }: TestApp) {
  if (!http) throw new Error('no doors');
  return openBrowser(http, services.config.baseUrl);
}

test('two browsers that submit the first-run page at once make one organisation with one administrator', async () => {
  const app = await testApp();
  expect((await app.request(getSetup, null)).body).toMatchObject({ needed: true, demo: false });
  const answers = await Promise.all(
    [1, 2, 3].map((n) =>
      app.request(setUp, null, { body: { ...input, email: `Lin${n}@Example.com` } }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused.map(({ problem }) => problem.code)).toEqual([
    'auth.setup_done',
    'auth.setup_done',
  ]);
  const made = answers.find(({ status }) => status === 201);

  const browser = browserOf(app);
  await browser.signIn(made?.body.email ?? '', input.password);
  const me = await app.request(getMe, { userId: '', name: '', headers: browser.headers() });
  expect(me.body).toMatchObject({
    name: '林美',
    organisationName: '星河电器',
    preferences: { locale: 'zh-CN' },
    teams: [{ name: '客服一组' }],
    rights: { 'people.manage': 'all', 'role.manage': 'all', 'conversation.reply': 'all' },
  });
  const teams = await app.request(listTeams, {
    userId: '',
    name: '',
    headers: browser.headers(),
  });
  expect(teams.body.items).toHaveLength(1);
  expect((await app.request(getSetup, null)).body).toMatchObject({
    needed: false,
    organisationName: '星河电器',
  });
  expect(await organisation(app.ctx)).toMatchObject({ timeZone: 'Asia/Shanghai', founded: true });
});

test('a weak password or an unknown time zone makes nothing', async () => {
  const app = await testApp();
  const weak = await app.request(setUp, null, { body: { ...input, password: '1234567890' } });
  expect(weak.problem).toMatchObject({ code: 'auth.password_weak', status: 422 });
  const lost = await app.request(setUp, null, { body: { ...input, timeZone: 'Asia/Atlantis' } });
  expect(lost.problem).toMatchObject({ code: 'request.invalid' });
  const short = await app.request(setUp, null, { body: { ...input, password: 'short' } });
  expect(short.status).toBe(422);
  expect(await needsSetup(app.ctx)).toBe(true);
});

test('an administrator made by a command founds the organisation too, and a second one joins it', async () => {
  const app = await testApp();
  const { name, password } = input;
  const first = await createAdministrator(app.ctx, { name, email: 'a@example.com', password });
  expect(first.teamId).not.toBeNull();
  expect(await needsSetup(app.ctx)).toBe(false);
  const second = await createAdministrator(app.ctx, { name, email: 'b@example.com', password });
  expect(second.teamId).toBeNull();
  await expect(
    createAdministrator(app.ctx, { name, email: 'B@example.com', password }),
  ).rejects.toMatchObject({ code: 'person.email_taken' });
  expect((await browserOf(app).signIn('b@example.com', password)).status).toBe(200);
});
