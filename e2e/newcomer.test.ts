import { beforeAll, expect, test } from 'vitest';
import { openBrowser, servePage, startProduct, wordsOf } from './lib/stage.ts';
import type { Product } from '../tools/simulate/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});

test('a new user sets up, invites a colleague, puts the tag into an own page, and a chat is held in Chinese', async () => {
  const t = wordsOf('zh-CN');
  const admin = await openBrowser('zh-CN', { permissions: ['clipboard-read', 'clipboard-write'] });
  await admin.page.goto(product.baseUrl);
  await admin.page.getByText(t('entrance:setup.title')).first().waitFor();
  await admin.page.getByLabel(t('entrance:setup.organisation')).fill('春风茶业');
  await admin.page.getByLabel(t('entrance:setup.name')).fill('李春');
  await admin.page.getByLabel(t('entrance:email')).fill('li@chunfeng.example');
  await admin.page.getByLabel(t('entrance:password'), { exact: true }).fill('春风十里不如你-2026');
  await admin.page.getByRole('button', { name: t('entrance:setup.begin') }).click();
  await admin.page.waitForURL(/\/desk/);

  // A colleague comes by the link of an invitation.
  await admin.page.goto(`${product.baseUrl}/settings/people`);
  await admin.page
    .getByRole('button', { name: t('settings:people.invite') })
    .first()
    .click();
  await admin.page.getByLabel(t('settings:people.name')).last().fill('王芳');
  await admin.page.getByLabel(t('settings:people.email')).last().fill('wang@chunfeng.example');
  const teams = admin.page.getByLabel(t('settings:people.teams')).last();
  await teams.click();
  await admin.page.keyboard.press('Enter');
  await admin.page.keyboard.press('Escape');
  await admin.page.getByRole('button', { name: t('settings:people.makeInvitation') }).click();
  const link = admin.page.locator('text=/\\/invite\\//').first();
  await link.waitFor();
  const url = /https?:\/\/\S+\/invite\/[\w%-]+/.exec(
    (await link.inputValue().catch(() => null)) ?? (await link.textContent()) ?? '',
  )?.[0];
  expect(url).toBeDefined();

  const colleague = await openBrowser('zh-CN');
  await colleague.page.goto(url ?? '');
  await colleague.page
    .getByLabel(t('entrance:password'), { exact: true })
    .fill('一杯清茶-敬你-2026');
  await colleague.page.getByLabel(t('entrance:passwordAgain')).fill('一杯清茶-敬你-2026');
  await colleague.page.getByRole('button', { name: t('entrance:invite.accept') }).click();
  await colleague.page.waitForURL(/\/desk/);
  await colleague.page
    .getByRole('button', { name: t('desk:presence.becomeReady') })
    .first()
    .click();

  // The tag of the widget goes into a page of another origin.
  await admin.page.goto(`${product.baseUrl}/settings/widgets`);
  const widgets = await admin.page.evaluate(
    async () => (await fetch('/api/widgets')).json() as Promise<{ items: { key: string }[] }>,
  );
  let key = widgets.items[0]?.key;
  if (!key) {
    key = await admin.page.evaluate(async () => {
      const queues = (await (await fetch('/api/queues')).json()) as { items: { id: string }[] };
      const text = { 'zh-CN': '在线客服', en: 'Chat' };
      const settings = {
        colour: '#0d9488',
        position: 'right',
        title: text,
        greeting: text,
        preChat: [],
        whenClosed: 'form',
        closedText: text,
        allowedOrigins: [],
        requireIdentity: false,
      };
      const made = await fetch('/api/widgets', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: '官网', queueId: queues.items[0]?.id, settings }),
      });
      return ((await made.json()) as { key: string }).key;
    });
  }
  const site = await servePage(
    `<!doctype html><html lang="zh-CN"><title>春风茶业</title><h1>明前龙井</h1><script async src="${product.baseUrl}/widget.js" data-key="${key}"></script></html>`,
  );
  const customer = await openBrowser('zh-CN');
  await customer.page.goto(site);
  await customer.page.getByRole('button', { name: t('widget:launcher.open') }).click();
  const field = customer.page.getByLabel(t('widget:composer.label'));
  await field.fill('请问明前龙井还有货吗？');
  await field.press('Enter');
  await colleague.page.getByRole('button', { name: new RegExp(t('desk:offer.accept')) }).click();
  await colleague.page.getByRole('log').getByText('请问明前龙井还有货吗？').waitFor();
  await colleague.page.keyboard.press('r');
  await colleague.page.keyboard.type('有的，今天下单明天发货。');
  await colleague.page.keyboard.press('Enter');
  await customer.page.getByRole('log').getByText('有的，今天下单明天发货。').waitFor();
  expect([...admin.faults, ...colleague.faults, ...customer.faults]).toEqual([]);
});
