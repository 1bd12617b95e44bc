import type { Page } from 'playwright-core';
import { wordsOf } from './stage.ts';
import type { Language } from './stage.ts';

/** Waits until what is typed goes there. */
export async function focusOn(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
}

/** Signs in without touching the mouse; the address is that of the product. */
export async function signInByKeyboard(
  page: Page,
  {
    baseUrl,
    language,
    ...who
  }: Record<'baseUrl' | 'email' | 'password', string> & {
    language: Language;
  },
): Promise<void> {
  await page.goto(`${baseUrl}/sign-in`);
  await page.waitForLoadState('networkidle');
  // The first field takes the focus by itself; a person begins to type when the caret blinks.
  await focusOn(page, 'input[type=email]');
  const email = page.getByLabel(wordsOf(language)('entrance:email'));
  // A key that came while the page was still being drawn is typed again, as a person would.
  while ((await email.inputValue()) !== who.email) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(who.email);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.type(who.password);
  await page.keyboard.press('Enter');
}
