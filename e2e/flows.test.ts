import { beforeAll, describe, expect, test } from 'vitest';
import { getOrderSettings, listFlows, setOrderSettings } from '../contract/src/index.ts';
import type { FlowView } from '../contract/src/index.ts';
import { foundCentre } from './lib/centre.ts';
import type { Centre } from './lib/centre.ts';
import * as draw from './lib/designer.ts';
import { openAs } from './lib/person.ts';
import { languages, startProduct, wordsOf } from './lib/stage.ts';

let centre: Centre;
const admin = { name: '李春', email: 'admin@tea.example' };
const serial = draw.both('设备编号', 'Serial number');

beforeAll(async () => {
  const product = await startProduct();
  centre = await foundCentre(product.baseUrl);
  const settings = await centre.admin.call(getOrderSettings);
  const fields = [{ key: 'serial', label: serial, kind: 'text' as const, choices: [] }];
  await centre.admin.call(setOrderSettings, { body: { ...settings, fields } });
});

async function flowOf(key: string, state: FlowView['state']): Promise<FlowView | undefined> {
  const { items } = await centre.admin.call(listFlows);
  return items.find((flow) => flow.key === key && flow.state === state);
}

describe.each(languages)('the flow of orders (%s)', (language) => {
  const t = wordsOf(language);
  const check = draw.both(`厂家检测 ${language}`, `Factory check ${language}`);
  const approval = draw.both(`换新审批 ${language}`, `Replacement approval ${language}`);
  const send = draw.both(`送检 ${language}`, `Send to factory ${language}`);
  const ask = draw.both(`申请换新 ${language}`, `Ask for a new one ${language}`);
  const task = `查库存 Look for stock ${language}`;
  const said = (name: draw.Both): string => name[language];
  const house = {
    department: draw.both('部门处理', 'Department answers'),
  };

  /** A step of the department with a clock and a sub-task that is awaited; a move of it that needs an own field. */
  async function drawCheck(designer: draw.Designer): Promise<void> {
    const { page } = designer;
    await draw.addStep(designer, 'work', check);
    await draw.select(
      designer,
      draw.field(designer, t('flows:step.owner')),
      t('flows:owner.department'),
    );
    await draw.toggle(designer, t('flows:clock.on'));
    await page.getByRole('spinbutton', { name: t('flows:clock.amount'), exact: true }).fill('3');
    await draw.press(designer, t('flows:task.add'));
    await page
      .getByLabel(t('flows:task.line', { at: '1' }))
      .getByRole('textbox')
      .fill(task);
    await draw.toggle(designer, t('flows:step.doneFirst'));
    await draw.addMove(designer, said(approval), ask);
    await draw.tick(designer, t('flows:move.who'), t('flows:rung.lead'));
    await draw.tick(designer, t('flows:move.needs'), said(serial));
    await draw.back(designer, said(check));
  }

  /** The head of the department approves, then the manager. */
  async function drawApproval(designer: draw.Designer): Promise<void> {
    const { page } = designer;
    await draw.addStep(designer, 'approval', approval);
    await draw.press(designer, t('flows:approval.add'));
    const second = t('flows:approval.who', { at: '2' });
    await draw.select(
      designer,
      page.getByRole('combobox', { name: second, exact: true }).nth(1),
      centre.people.manager.name,
    );
    await draw.select(
      designer,
      draw.field(designer, t('flows:approval.mode')),
      t('flows:approval.modes.chain'),
    );
    await draw.press(designer, t('flows:approval.addMoves'));
    await draw.back(designer, t('flows:step.all'));
  }

  test('an administrator redesigns the house flow by keyboard, sees what changes and publishes; old orders keep theirs', async () => {
    const before = await flowOf('house', 'published');
    const old = await centre.record({ subject: `电机异响 ${language}`, customerName: '何女士' });
    const { page, faults } = await openAs(centre, admin, { language });
    const designer = await draw.openDesigner(page, {
      baseUrl: centre.baseUrl,
      key: 'house',
      language,
    });
    await drawApproval(designer);
    await drawCheck(designer);
    await draw.back(designer, t('flows:step.all'));
    // Nothing leads there yet: it says so, and cannot be published.
    await page.locator('.yd-flow-unsound').waitFor();
    const publish = page
      .locator('.yd-flow-head')
      .getByRole('button', { name: t('flows:do.publish'), exact: true });
    expect(await publish.isDisabled()).toBe(true);
    await draw.openStep(designer, said(house.department));
    await draw.addMove(designer, said(check), send);
    await page.locator('.yd-flow-unsound').waitFor({ state: 'detached' });
    await draw.saveDraft(designer);
    const changes = await draw.publishDraft(designer);
    for (const word of [check, approval, send, ask, serial]) expect(changes).toContain(said(word));
    expect(changes).toContain(task);
    expect(changes).toContain(t('flows:approval.modes.chain'));
    await page
      .getByText(t('flows:published', { version: String((before?.version ?? 0) + 1) }))
      .waitFor();

    const next = await centre.record({ subject: `电机又响了 ${language}` });
    expect(next.flowVersion).toBe((before?.version ?? 0) + 1);
    const kept = await centre.read(old.id);
    expect(kept.flowVersion).toBe(before?.version);
    expect(kept.definition.steps.map(({ name }) => name.en)).not.toContain(check.en);
    expect(faults).toEqual([]);
  });

  test('the order waits for the sub-task, asks for the own field, and is approved one after the other', async () => {
    const { handler, mate, manager, agent } = centre.people;
    const subject = `换新申请 Replacement ${language}`;
    const { id } = await centre.record({ subject, description: '异响', customerName: '何女士' });
    await centre.move(id, agent, { move: 'transfer' });
    const keys = (await centre.read(id)).definition.steps;
    const way = keys
      .find(({ key }) => key === 'department_answer')
      ?.moves.find(({ name }) => name.en === send.en);
    await centre.move(id, handler, { move: way?.key ?? '' });
    await centre.take(id, handler);

    // A colleague of the same department may read and leave a note; nothing else is offered.
    const reader = await openAs(centre, mate, { language });
    await reader.page.goto(`${centre.baseUrl}/orders/${id}`);
    await reader.page
      .getByText(t('orders:onlyReading', { name: `技术支持组 / ${handler.name}` }))
      .waitFor();
    expect(await reader.page.locator('.yd-paper textarea').count()).toBe(0);
    expect(await reader.page.locator('.yd-order-moves button').count()).toBe(0);
    expect(
      await reader.page.getByRole('button', { name: t('orders:comment.public') }).count(),
    ).toBe(0);

    const { page, faults } = await openAs(centre, handler, { language });
    await page.goto(`${centre.baseUrl}/orders/${id}`);
    await page.getByRole('button', { name: said(ask), exact: true }).click();
    const form = page.locator('.yd-move-form');
    await form.getByText(t('orders:undone')).waitFor();
    await form.getByText(task).waitFor();
    const go = form.getByRole('button', { name: said(ask), exact: true });
    expect(await go.isDisabled()).toBe(true);
    await page
      .getByRole('region', { name: t('orders:task.all') })
      .getByRole('checkbox', { name: task })
      .click();
    await form.getByText(t('orders:undone')).waitFor({ state: 'detached' });
    await go.click();
    await form.getByText(t('orders:missing', { fields: said(serial) }), { exact: true }).waitFor();
    await form.getByLabel(said(serial)).fill(`SN-${language}`);
    await go.click();
    await page.getByText(t('orders:moved', { step: said(approval) })).waitFor();

    const deciding = await openAs(centre, manager, { language });
    await deciding.page.goto(`${centre.baseUrl}/orders/${id}`);
    const votes = deciding.page.getByRole('region', { name: t('orders:approval.title') });
    await votes.getByText(t('orders:approval.modes.chain')).waitFor();
    await votes.getByText(t('orders:approval.waiting')).waitFor();
    const approve = votes.getByRole('button', { name: t('orders:approval.approve') });
    // In place of the head of the department, then for himself.
    await approve.click();
    await votes.getByText(t('orders:approval.waiting')).waitFor({ state: 'detached' });
    await approve.click();
    await approve.waitFor({ state: 'detached' });
    const closed = await centre.read(id);
    expect(closed).toMatchObject({
      status: 'closed',
      form: { fields: { serial: `SN-${language}` } },
    });
    expect([...faults, ...reader.faults, ...deciding.faults]).toEqual([]);
  });

  test('two draw the same flow at once: the second is told by whom, compares, and loses nothing', async () => {
    const theirs = draw.both(`对方的 ${language}`, `Theirs ${language}`);
    const mine = draw.both(`我的 ${language}`, `Mine ${language}`);
    const { manager } = centre.people;
    const first = await openAs(centre, admin, { language });
    const second = await openAs(centre, manager, { language });
    const where = { baseUrl: centre.baseUrl, key: 'complaint', language };
    const one = await draw.openDesigner(first.page, where);
    const two = await draw.openDesigner(second.page, where);
    await draw.nameIt(two, t('flows:compare.name'), mine);
    await draw.nameIt(one, t('flows:compare.name'), theirs);
    await draw.saveDraft(one);

    const { page } = second;
    const [who = ''] = t('flows:meanwhile.title', { name: admin.name }).split('{{');
    await page.getByRole('alert').getByText(who).waitFor();
    // Saving does not put one over the other.
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'PUT'),
      page.keyboard.press('Control+s'),
    ]);
    expect(answer.status()).toBe(409);
    await page.getByRole('alert').getByText(who).waitFor();
    await draw.press(two, t('flows:meanwhile.compare'));
    const dialog = page.getByRole('dialog', { name: t('flows:compare.theirs') });
    expect(await dialog.innerText()).toContain(said(theirs));
    expect(await dialog.innerText()).toContain(said(mine));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await flowOf('complaint', 'draft'))?.name).toEqual(theirs);

    await draw.press(two, t('flows:meanwhile.theirs'));
    await page.getByRole('heading', { name: said(theirs) }).waitFor();
    await draw.press(two, t('flows:do.undo'));
    await page.getByRole('heading', { name: said(mine) }).waitFor();
    await draw.saveDraft(two);
    expect((await flowOf('complaint', 'draft'))?.name).toEqual(mine);
    expect([...first.faults, ...second.faults]).toEqual([]);
  });
});
