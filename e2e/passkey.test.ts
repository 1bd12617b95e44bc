import { expect, test } from 'vitest';
import { openBrowser, startProduct, wordsOf } from './lib/stage.ts';

test('a passkey is added in the profile and signs its owner in without a password', async () => {
  const product = await startProduct({ demo: true, name: 'localhost' });
  const t = wordsOf('zh-CN');
  const { context, page, faults } = await openBrowser('zh-CN');
  // A security key made of software, as the browser's own tests use.
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${product.baseUrl}/sign-in`);
  await page.getByLabel(t('entrance:email')).fill('chen@demo.yingda.local');
  await page.getByLabel(t('entrance:password'), { exact: true }).fill('yingda-demo-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk/);

  await page.goto(`${product.baseUrl}/profile`);
  await page.getByRole('button', { name: t('profile:passkeys.add') }).click();
  await page.getByText(t('profile:passkeys.created')).first().waitFor();

  await context.clearCookies();
  await page.goto(`${product.baseUrl}/sign-in`);
  await page.getByRole('button', { name: t('entrance:signIn.passkey') }).click();
  await page.waitForURL(/\/desk/);
  await page.getByText('陈静').first().waitFor({ state: 'attached' });
  expect(faults).toEqual([]);
});
