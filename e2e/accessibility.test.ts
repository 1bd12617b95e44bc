import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { looks, violationsOf } from './lib/axe.ts';
import { openBrowser, startProduct, wordsOf } from './lib/stage.ts';
import type { Language } from './lib/stage.ts';
import type { Product } from '../tools/simulate/product.ts';

let product: Product;
let empty: Product;
beforeAll(async () => {
  product = await startProduct({ demo: true });
  empty = await startProduct();
});

async function signIn(page: Page, language: Language): Promise<void> {
  const t = wordsOf(language);
  await page.goto(`${product.baseUrl}/sign-in`);
  await page.getByLabel(t('entrance:email')).fill('admin@demo.yingda.local');
  await page.getByLabel(t('entrance:password'), { exact: true }).fill('yingda-demo-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk/);
}

const places = [
  'organisation',
  'people',
  'teams',
  'roles',
  'queues',
  'hours',
  'widgets',
  'canned',
  'fields',
  'targets',
  'counting',
  'figures',
  'imports',
  'imports/new',
  'reports',
  'keys',
  'audit',
];
describe.each(looks)(
  'axe finds nothing ($language, $scheme, $viewport.width wide)',
  ({ language, scheme, viewport }) => {
    let found: Record<string, string[]> = {};
    beforeEach(() => {
      found = {};
    });
    async function look(name: string, page: Page): Promise<void> {
      await page.waitForLoadState('networkidle');
      const violations = await violationsOf(page);
      if (violations.length > 0) found[name] = violations;
    }

    test('on the pages before the door', async () => {
      const { page } = await openBrowser(language, { colorScheme: scheme, viewport });
      await page.goto(`${empty.baseUrl}/setup`);
      await look('setup', page);
      await page.goto(`${product.baseUrl}/sign-in`);
      await look('sign-in', page);
      await page.goto(`${product.baseUrl}/demo?lang=${language}`);
      await page.getByRole('button', { name: wordsOf(language)('widget:launcher.open') }).click();
      await page.getByLabel(wordsOf(language)('widget:composer.label')).waitFor();
      await look('demo with widget', page);
      expect(found).toEqual({});
    });

    test('on the pages behind it', async () => {
      const { page } = await openBrowser(language, { colorScheme: scheme, viewport });
      await signIn(page, language);
      await page.goto(`${product.baseUrl}/desk?view=all`);
      await look('desk', page);
      await page.getByText('物流三天没有更新').first().click();
      await page.getByText('订单 QH20261118').last().waitFor();
      await look('conversation', page);
      await page.goto(`${product.baseUrl}/customers`);
      await look('customers', page);
      for (const path of ['standards', 'standards/report?by=queue&compare=previous', 'wall']) {
        await page.goto(`${product.baseUrl}/${path}`);
        await look(path, page);
      }
      await page.goto(`${product.baseUrl}/profile`);
      await look('profile', page);
      for (const place of places) {
        await page.goto(`${product.baseUrl}/settings/${place}`);
        await look(place, page);
      }
      expect(found).toEqual({});
    });
  },
);
