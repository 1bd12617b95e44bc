import type { Locator, Page } from 'playwright-core';
import { wordsOf } from './stage.ts';
import type { Language } from './stage.ts';

/** Somebody who draws a flow by keyboard alone. */
export type Designer = {
  page: Page;
  language: Language;
  t: ReturnType<typeof wordsOf>;
};

export const both = (zh: string, en: string): Record<Language, string> => ({ 'zh-CN': zh, en });
export type Both = Record<Language, string>;

/** Opens a flow in the designer. */
export async function openDesigner(
  page: Page,
  { baseUrl, key, language }: { baseUrl: string; key: string; language: Language },
): Promise<Designer> {
  await page.goto(`${baseUrl}/settings/flows`);
  await page.locator(`a[href="/settings/flows/${key}"]`).press('Enter');
  await page.locator('.yd-flow-canvas .react-flow__node').first().waitFor();
  return { page, language, t: wordsOf(language) };
}

const panel = ({ page }: Designer): Locator => page.locator('.yd-flow-panel');

/** A button by its words; a picture before them has a name of its own. */
const named = (words: string): RegExp =>
  new RegExp(`^([\\w-]+ )?${words.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}$`);

export const press = ({ page }: Designer, name: string): Promise<void> =>
  page.getByRole('button', { name: named(name) }).press('Enter');

/** Names what is open in both languages. */
export async function nameIt(designer: Designer, label: string, name: Both): Promise<void> {
  const { t } = designer;
  for (const language of ['zh-CN', 'en'] as const) {
    const field = `${label} (${t(`common:languageName.${language}`)})`;
    await panel(designer).getByLabel(field, { exact: true }).fill(name[language]);
  }
}

/** Goes down in what is open until this has the focus, and takes it. */
async function takeFromMenu({ page }: Designer, text: string): Promise<void> {
  const focused = page.locator('[role^="menuitem"]:focus');
  await focused.waitFor();
  while (!(await focused.innerText()).startsWith(text)) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

export async function fromMenu(designer: Designer, button: string, text: string): Promise<void> {
  await panel(designer)
    .getByRole('button', { name: named(button) })
    .press('Enter');
  await takeFromMenu(designer, text);
}

/** Chooses in a list that opens below its field. */
export async function select({ page }: Designer, field: Locator, text: string): Promise<void> {
  await field.focus();
  await page.keyboard.press('ArrowDown');
  const active = page.locator('.ant-select-dropdown:visible .ant-select-item-option-active');
  await active.waitFor();
  while ((await active.innerText()) !== text) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'detached' });
}

export const field = (designer: Designer, label: string): Locator =>
  panel(designer).getByRole('combobox', { name: label, exact: true });

export const toggle = (designer: Designer, label: string): Promise<void> =>
  panel(designer).getByRole('switch', { name: label, exact: true }).press('Space');

export const tick = (designer: Designer, group: string, label: string): Promise<void> =>
  panel(designer)
    .getByRole('group', { name: group, exact: true })
    .getByRole('checkbox', { name: label, exact: true })
    .press('Space');

/** Adds a step of a kind and names it; it stays open. */
export async function addStep(designer: Designer, kind: string, name: Both): Promise<void> {
  const { t } = designer;
  await fromMenu(designer, t('flows:step.add'), t(`flows:kind.${kind}`));
  await panel(designer)
    .getByRole('combobox', { name: t('flows:kind.title') })
    .waitFor();
  await nameIt(designer, t('flows:step.name'), name);
}

/** Adds a move from the open step and names it; it stays open. */
export async function addMove(designer: Designer, to: string, name: Both): Promise<void> {
  const { t } = designer;
  await fromMenu(designer, t('flows:move.add'), to);
  await nameIt(designer, t('flows:move.name'), name);
}

/** From a move back to its step, from a step back to all of them. */
export async function back(designer: Designer, name: string): Promise<void> {
  await panel(designer)
    .getByRole('button', { name: named(name) })
    .press('Enter');
}

export async function openStep(designer: Designer, name: string): Promise<void> {
  const { page } = designer;
  const row = page.locator('.yd-flow-row-open', { has: page.locator(`strong:text-is("${name}")`) });
  await row.press('Enter');
  await field(designer, designer.t('flows:kind.title')).waitFor();
}

export async function saveDraft({ page, t }: Designer): Promise<void> {
  await page.keyboard.press('Control+s');
  await page.getByText(t('flows:saved')).waitFor();
}

/** Reads what publishing changes, and publishes; what was read. */
export async function publishDraft({ page, t }: Designer): Promise<string> {
  const head = page.locator('.yd-flow-head');
  await head.getByRole('button', { name: t('flows:do.publish'), exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('flows:compare.title') });
  const said = await dialog.innerText();
  await dialog.getByRole('button', { name: t('flows:do.publish'), exact: true }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  return said;
}
