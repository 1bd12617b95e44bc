import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { linkOrderPortal } from '../contract/src/index.ts';
import { looks, violationsOf } from './lib/axe.ts';
import { foundCentre } from './lib/centre.ts';
import type { Centre } from './lib/centre.ts';
import { addHastyCategory } from './lib/hasty.ts';
import { openAs } from './lib/person.ts';
import { startProduct, wordsOf } from './lib/stage.ts';

let centre: Centre;
/** At its department, and late after a minute. */
let late = '';
/** At its callback, with a word for the customer. */
let answered = '';
let portal = '';

beforeAll(async () => {
  const product = await startProduct();
  centre = await foundCentre(product.baseUrl);
  const { agent, handler } = centre.people;
  const about = { description: '开机后异响', customerName: '何女士', phones: ['13800138021'] };
  const hasty = { ...about, categoryId: await addHastyCategory(centre) };
  late = (await centre.record({ ...hasty, subject: '安装师傅没有来', priority: 'urgent' })).id;
  answered = (await centre.record({ ...about, subject: '电机异响' })).id;
  await centre.record({ ...about, subject: '还没有转出' });
  for (const id of [late, answered]) await centre.move(id, agent, { move: 'transfer' });
  await centre.take(answered, handler);
  await centre.move(answered, handler, { move: 'answer', result: '已更换电机。' });
  await centre.move(answered, agent, { move: 'replied' });
  const client = await centre.as(agent);
  const { url } = await client.call(linkOrderPortal, { params: { id: answered } });
  portal = new URL(url).pathname;
});

describe.each(looks)(
  'axe finds nothing on the order pages ($language, $scheme, $viewport.width wide)',
  ({ language, scheme, viewport }) => {
    const t = wordsOf(language);

    test('on lists, boards, calendars, orders, dialogs and the page of the customer', async () => {
      const found: Record<string, string[]> = {};
      const look = async (name: string, page: Page): Promise<void> => {
        await page.waitForLoadState('networkidle');
        const violations = await violationsOf(page);
        if (violations.length > 0) found[name] = violations;
      };
      const more = { language, colorScheme: scheme, viewport };
      const { page } = await openAs(centre, centre.people.manager, more);
      const visit = async (path: string): Promise<void> => {
        await page.goto(`${centre.baseUrl}${path}`);
        await look(path, page);
      };
      await visit('/orders?scope=open');
      await visit('/orders?scope=closed');
      await visit('/orders?as=board&scope=open');
      await visit('/orders?as=calendar&scope=open');
      await visit(`/orders/${answered}`);
      await page.goto(`${centre.baseUrl}/orders/${late}`);
      await page.getByRole('region', { name: t('orders:late.title') }).waitFor();
      await look('late order', page);
      await page
        .getByRole('group', { name: t('orders:moves') })
        .getByRole('button')
        .first()
        .click();
      await page.locator('.yd-move-form').waitFor();
      await page.keyboard.press('Control+Enter');
      await look('form of a move with something missing', page);
      await page.goto(`${centre.baseUrl}/orders?scope=open`);
      await page.getByRole('button', { name: new RegExp(t('orders:create.title')) }).click();
      await page.getByRole('dialog').waitFor();
      await look('new order', page);
      await visit(portal);
      expect(found).toEqual({});
    });
  },
);

test('a link that the keyboard reaches shows that it has the focus', async () => {
  const { page } = await openAs(centre, centre.people.manager, { language: 'en' });
  await page.goto(`${centre.baseUrl}/orders?scope=open`);
  const link = page.locator('a.yd-place').first();
  await link.waitFor();
  while (!(await link.evaluate((element) => element === document.activeElement))) {
    await page.keyboard.press('Tab');
  }
  expect(await link.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
});
