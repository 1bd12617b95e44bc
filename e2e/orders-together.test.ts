import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { foundCentre } from './lib/centre.ts';
import type { Centre } from './lib/centre.ts';
import { openAs } from './lib/person.ts';
import { languages, startProduct, wordsOf } from './lib/stage.ts';

let centre: Centre;
beforeAll(async () => {
  const product = await startProduct();
  centre = await foundCentre(product.baseUrl);
});

async function record(subject: string): Promise<string> {
  const description = '扶手开线，客户要求换新。';
  const { id } = await centre.record({ subject, description, customerName: '李女士' });
  return id;
}

describe.each(languages)('what one types is never lost (%s)', (language) => {
  const t = wordsOf(language);

  async function look(page: Page, id: string): Promise<void> {
    await page.goto(`${centre.baseUrl}/orders/${id}`);
    await page.getByLabel(t('orders:field.plan')).waitFor();
  }
  const save = (page: Page) =>
    page.locator('.yd-paper-save').getByRole('button', { name: t('common:save') });

  test('two people write the same field at once: the second sees both texts and decides', async () => {
    const id = await record(`两人同时改 At once ${language}`);
    const { agent, colleague } = centre.people;
    const first = await openAs(centre, agent, { language });
    const second = await openAs(centre, colleague, { language });
    await look(first.page, id);
    await look(second.page, id);

    await second.page.getByLabel(t('orders:field.plan')).fill('上门维修 Repair');
    await second.page.getByLabel(t('orders:field.region')).fill('上海 Shanghai');
    await first.page.getByLabel(t('orders:field.plan')).fill('直接换新 Replace');
    await first.page.keyboard.press('Control+s');
    await save(first.page).waitFor({ state: 'detached' });

    const warning = second.page.getByText(t('orders:meanwhile.title'));
    await warning.waitFor();
    await second.page.getByText('直接换新 Replace').first().waitFor();
    expect(await save(second.page).isDisabled()).toBe(true);
    expect(await second.page.getByLabel(t('orders:field.plan')).inputValue()).toBe(
      '上门维修 Repair',
    );
    await second.page.getByRole('button', { name: t('orders:meanwhile.takeTheirs') }).click();
    await save(second.page).click();
    await save(second.page).waitFor({ state: 'detached' });

    const { form } = await centre.read(id);
    expect(form).toMatchObject({ plan: '直接换新 Replace', region: '上海 Shanghai' });
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  test('two people move it at once: the second is told and nothing is moved twice', async () => {
    const id = await record(`两人同时转 Moved at once ${language}`);
    const { agent, colleague } = centre.people;
    const { page, faults } = await openAs(centre, colleague, { language });
    await look(page, id);
    await page.keyboard.press('t');
    const form = page.locator('.yd-move-form');
    await form.waitFor();
    await form.getByLabel(t('orders:note.label')).fill('请尽快 Please hurry');
    await centre.move(id, agent, { move: 'transfer' });
    const [before = ''] = t('orders:movedMeanwhile').split('{{');
    await form.getByRole('alert').getByText(before).waitFor();
    await page.keyboard.press('Control+Enter');
    // The note is still there to be kept elsewhere.
    expect(await form.getByLabel(t('orders:note.label')).inputValue()).toBe('请尽快 Please hurry');
    const { visits } = await centre.read(id);
    expect(visits.map(({ stepKey }) => stepKey)).toEqual(['intake', 'department_answer']);
    expect(faults).toEqual([]);
  });

  test('what a move’s form holds waits when Esc closes it, also on the way to another order, until it is thrown away', async () => {
    const id = await record(`先不转 Not yet ${language}`);
    const { page, faults } = await openAs(centre, centre.people.agent, { language });
    await look(page, id);
    const form = page.locator('.yd-move-form');
    const note = form.getByLabel(t('orders:note.label'));
    await page.keyboard.press('t');
    await note.fill('客户催过两次 Asked twice');
    await note.press('Escape');
    await form.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `先不转 Not yet ${language}` }).click();
    await page.getByLabel(t('orders:field.plan')).waitFor();
    await page.keyboard.press('t');
    await form.getByText(t('orders:note.draft')).waitFor();
    expect(await note.inputValue()).toBe('客户催过两次 Asked twice');

    await form.getByRole('button', { name: t('common:cancel') }).click();
    await form.waitFor({ state: 'detached' });
    await page.keyboard.press('t');
    await form.waitFor();
    expect(await note.inputValue()).toBe('');
    expect(faults).toEqual([]);
  });

  test('what is typed without a network stays, says so, and is saved once when it is back', async () => {
    const id = await record(`断网 Offline ${language}`);
    const { context, page, faults } = await openAs(centre, centre.people.agent, { language });
    await look(page, id);
    await context.setOffline(true);
    await page.getByLabel(t('orders:field.plan')).fill('补发新件 Send a new one');
    await save(page).click();
    await page.getByText(t('problems:network.unreachable')).first().waitFor();
    const note = page.locator('#yd-order-comment');
    await note.fill('等网络 Waiting');
    await note.press('Control+Enter');
    expect(await note.inputValue()).toBe('等网络 Waiting');

    await context.setOffline(false);
    await save(page).click();
    await save(page).waitFor({ state: 'detached' });
    await note.press('Control+Enter');
    await page.locator('.yd-lines').getByText('等网络 Waiting').waitFor();
    const { form, lines } = await centre.read(id);
    expect(form.plan).toBe('补发新件 Send a new one');
    expect(lines.filter(({ text }) => text === '等网络 Waiting')).toHaveLength(1);
    expect(faults).toEqual([]);
  });
});
