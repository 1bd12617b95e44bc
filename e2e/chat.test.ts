import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { focusOn, signInByKeyboard } from './lib/sign-in.ts';
import { languages, openBrowser, startProduct, wordsOf } from './lib/stage.ts';
import type { Language } from './lib/stage.ts';
import type { Product } from '../tools/simulate/product.ts';

let product: Product;

/** Signs in and makes the agent ready without touching the mouse. */
async function takeSeat(page: Page, language: Language): Promise<void> {
  const t = wordsOf(language);
  const { baseUrl } = product;
  const email = 'lin@demo.yingda.local';
  await signInByKeyboard(page, { baseUrl, language, email, password: 'yingda-demo-2026' });
  await page.waitForURL(/\/desk/);
  await page.getByText(t('desk:views.mine')).first().waitFor();
  await page.keyboard.press('Control+k');
  await focusOn(page, 'input[role=combobox]');
  const command = t('common:presence.become', { state: t('common:presence.ready') });
  await page.keyboard.type(command);
  await page.getByText(command).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(t('common:presence.ready'), { exact: true }).first().waitFor();
}

/** Takes what rings, the longest waiting first, until the customer's words are on the desk. */
async function acceptUntil(page: Page, language: Language, text: string): Promise<void> {
  const card = page.getByRole('region', { name: wordsOf(language)('desk:offer.title') });
  const words = page.getByRole('log').getByText(text, { exact: true });
  for (;;) {
    await card.or(words).first().waitFor();
    if (await words.isVisible()) return;
    await page.keyboard.press('Alt+a');
    await page.waitForTimeout(300);
  }
}

async function openWidget(page: Page, language: Language): Promise<void> {
  const t = wordsOf(language);
  await page.goto(`${product.baseUrl}/demo?lang=${language === 'en' ? 'en' : 'zh'}`);
  await page.getByRole('button', { name: t('widget:launcher.open') }).click();
}

async function ask(page: Page, language: Language, text: string): Promise<void> {
  const t = wordsOf(language);
  const field = page.getByLabel(t('widget:composer.label'));
  await field.fill(text);
  await field.press('Enter');
}

const said = {
  'zh-CN': {
    question: '你好，沙发扶手开线了怎么办？',
    answer: '您好，马上为您登记换新。',
    more: '谢谢，需要拍照吗？',
    last: '请拍一张发给我。',
    back: '照片发了',
  },
  en: {
    question: 'Hello, my sofa arrived with a torn seam.',
    answer: 'Hello, I am sorry! We will replace it.',
    more: 'Thanks, do you need a photo?',
    last: 'Yes please, send one.',
    back: 'Sent it',
  },
} as const;

describe.each(languages)(
  'a customer asks in the shop and a person answers by keyboard alone (%s)',
  (language) => {
    beforeAll(async () => {
      product = await startProduct({ demo: true });
    });

    test('the chat is offered, accepted, held, resolved, and goes on when the customer writes again', async () => {
      const t = wordsOf(language);
      const words = said[language];
      const agent = await openBrowser(language);
      const customer = await openBrowser(language);
      await takeSeat(agent.page, language);

      await openWidget(customer.page, language);
      await ask(customer.page, language, words.question);
      await acceptUntil(agent.page, language, words.question);
      const talk = agent.page.getByRole('log');
      const shown = customer.page.getByRole('log');

      await agent.page.locator('#yd-composer-field').waitFor();
      await agent.page.keyboard.press('r');
      await focusOn(agent.page, '#yd-composer-field');
      await agent.page.keyboard.type(words.answer);
      await agent.page.keyboard.press('Enter');
      await shown.getByText(words.answer).waitFor();

      await ask(customer.page, language, words.more);
      await talk.getByText(words.more).waitFor();
      await agent.page.keyboard.type(words.last);
      await agent.page.keyboard.press('Enter');
      await shown.getByText(words.last).waitFor();

      await customer.page.reload();
      const launcher = customer.page.getByRole('button', { name: t('widget:launcher.open') });
      await launcher.or(shown).first().waitFor();
      if (await launcher.isVisible()) await launcher.click();
      await shown.getByText(words.last).waitFor();
      for (const text of [words.question, words.answer, words.more, words.last]) {
        expect(await shown.getByText(text).count()).toBe(1);
      }

      await agent.page.keyboard.press('Escape');
      await agent.page.keyboard.press('e');
      await shown.getByText(t('widget:event.resolved')).waitFor();

      await ask(customer.page, language, words.back);
      await acceptUntil(agent.page, language, words.back);
      await agent.page.keyboard.press('Escape');
      await agent.page.keyboard.press('e');
      await shown.getByText(t('widget:event.resolved')).nth(1).waitFor();

      expect(agent.faults).toEqual([]);
      expect(customer.faults).toEqual([]);
    });

    test('what the customer writes without a network arrives once when it is back, also after a reload', async () => {
      const t = wordsOf(language);
      const customer = await openBrowser(language);
      await openWidget(customer.page, language);
      const first = `${said[language].question} 1`;
      await ask(customer.page, language, first);
      await customer.page.getByRole('log').getByText(first).waitFor();
      await customer.context.setOffline(true);
      const kept = ['2', '3', '4'].map((n) => `${said[language].more} ${n}`);
      for (const text of kept) await ask(customer.page, language, text);
      await customer.page.getByText(t('widget:link.offline')).waitFor();
      await customer.context.setOffline(false);
      const log = customer.page.getByRole('log');
      await customer.page.getByText(t('widget:link.offline')).waitFor({ state: 'detached' });
      await customer.page.waitForFunction(() => true);
      await customer.page.reload();
      const launcher = customer.page.getByRole('button', { name: t('widget:launcher.open') });
      await launcher.or(log).first().waitFor();
      if (await launcher.isVisible()) await launcher.click();
      for (const text of [first, ...kept]) {
        await log.getByText(text, { exact: true }).waitFor();
        expect(await log.getByText(text, { exact: true }).count()).toBe(1);
      }
    });
  },
);
