import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { openBrowser, startProduct, wordsOf } from './lib/stage.ts';
import type { Product } from '../tools/simulate/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ demo: true });
});

const t = wordsOf('zh-CN');
/** The log begins a day long before the demo company's own work. */
const day = '2026-03-02';
const answered = 40;
const abandoned = 10;

/**
 * A morning of calls as another system exports it: answered and abandoned ones, and one of a drill that nobody may
 * count.
 */
function callsOfAMorning(): string {
  const rows = Array.from({ length: answered + abandoned }, (_, index) => {
    const isAbandoned = index % 5 === 4;
    const minute = String(index).padStart(2, '0');
    const wait = isAbandoned ? 30 + index : 5;
    return isAbandoned
      ? `C${index},${day} 09:${minute}:00,售后,,${wait},,放弃`
      : `C${index},${day} 09:${minute}:00,售后,${index % 2 ? '周舟' : '何静'},${wait},180,接通`;
  });
  return [
    '通话编号,来电时间,队列,坐席,等待秒数,通话秒数,结果',
    ...rows,
    `D1,${day} 10:00:00,售后,何静,1,1,演练`,
  ].join('\r\n');
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${product.baseUrl}/sign-in`);
  await page.getByLabel(t('entrance:email')).fill('admin@demo.yingda.local');
  await page.getByLabel(t('entrance:password'), { exact: true }).fill('yingda-demo-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk/);
}

/** Leads the file through the wizard; the one outcome that the product cannot know is answered by hand. */
async function importFile(page: Page): Promise<void> {
  await page.goto(`${product.baseUrl}/settings/imports`);
  await page.getByRole('button', { name: t('imports:list.begin') }).click();
  await page.locator('input[type=file]').setInputFiles({
    name: '呼叫记录.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(callsOfAMorning()),
  });
  const meaning = page.getByRole('combobox', {
    name: t('imports:values.meaningOf', { value: '演练' }),
  });
  await meaning.waitFor();
  const begin = page.getByRole('button', { name: t('imports:wizard.begin') });
  expect(await begin.isDisabled()).toBe(true);
  // By keyboard: a list of choices closes when the page below it still moves.
  await meaning.fill(t('imports:outcomes.leave_out'));
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: t('imports:preview.title') }).waitFor();
  await page.waitForFunction(
    (name) =>
      [...document.querySelectorAll('button')].some(
        (button) => button.textContent === name && !button.disabled,
      ),
    t('imports:wizard.begin'),
  );
  await begin.click();
}

test('a log becomes standards, a report, the line of one call and a workbook', async () => {
  const { page, faults } = await openBrowser('zh-CN', { acceptDownloads: true });
  await signIn(page);
  await importFile(page);

  const made = t('imports:report.made_other', { shown: String(answered + abandoned) });
  await page.getByRole('heading', { name: made }).waitFor();
  await page.getByRole('heading', { name: t('imports:report.leftOut') }).waitFor();

  await page.getByRole('button', { name: t('imports:report.seeStandards') }).click();
  await page.waitForURL(/\/standards\?/);
  const card = page.getByRole('article', { name: '已复电话百分比' });
  await card.getByText('80%', { exact: true }).first().waitFor();

  await card.getByRole('link').first().click();
  await page.waitForURL(/\/standards\/report/);
  await page.getByRole('button', { name: '80%' }).first().click();
  // Behind the share of answered calls stand those that were lost; the last of them gave up after 79 seconds.
  const contacts = page.getByRole('dialog');
  await contacts.getByRole('button', { name: /09:49/ }).click();
  await contacts.getByText(t('kpi:drill.events')).waitFor();
  await contacts.getByText(t('kpi:event.abandoned')).first().waitFor();
  await contacts.getByText('09:50:19').waitFor();
  await page.keyboard.press('Escape');
  await contacts.waitFor({ state: 'detached' });

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: t('reports:export.title') }).click();
  await page.getByRole('menuitem', { name: t('reports:export.formats.xlsx') }).click();
  const workbook = await readFile(await (await saved).path());
  // A workbook is a zip archive.
  expect(workbook.subarray(0, 2).toString()).toBe('PK');
  expect(faults).toEqual([]);
});
