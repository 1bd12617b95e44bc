import { beforeAll, describe, expect, test } from 'vitest';
import { foundCentre, password } from './lib/centre.ts';
import type { Centre } from './lib/centre.ts';
import { addHastyCategory } from './lib/hasty.ts';
import { openAs, setLanguage } from './lib/person.ts';
import { focusOn, signInByKeyboard } from './lib/sign-in.ts';
import { languages, openBrowser, startProduct, wordsOf } from './lib/stage.ts';

let centre: Centre;
/** Handed over long before the manager looks, to a department that has a minute. */
const forgotten = '安装师傅没有来 Nobody came to install';

/** An order that its department has got from the agent. */
async function transferred(subject: string, more: { categoryId?: string } = {}): Promise<string> {
  const { id } = await centre.record({
    subject,
    description: `${subject}，客户希望尽快得到答复。`,
    customerName: '何女士',
    phones: ['13800138021'],
    ...more,
  });
  await centre.move(id, centre.people.agent, { move: 'transfer' });
  return id;
}

beforeAll(async () => {
  const product = await startProduct();
  centre = await foundCentre(product.baseUrl);
  await transferred(forgotten, { categoryId: await addHastyCategory(centre) });
});

/** What is fixed of a text with values. */
const fixedPart = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
      .join('.+'),
  );

const said = {
  'zh-CN': {
    answer: '已更换电机，明天上午送到并安装。',
    wrong: '这是物流的问题，不归技术部。',
  },
  en: {
    answer: 'The motor was replaced; it comes tomorrow with an installer.',
    wrong: 'This is about delivery, not for technicians.',
  },
} as const;

describe.each(languages)('an order goes its way (%s)', (language) => {
  const t = wordsOf(language);
  const words = said[language];
  const step = (key: 'intake' | 'reply'): string =>
    ({
      intake: { 'zh-CN': '受理', en: 'Intake' },
      reply: { 'zh-CN': '回复客户', en: 'Reply to customer' },
    })[key][language];
  const move = (key: 'answer' | 'sendBack' | 'replied'): string =>
    ({
      answer: { 'zh-CN': '答复', en: 'Answer' },
      sendBack: { 'zh-CN': '退回', en: 'Send back' },
      replied: { 'zh-CN': '已回复客户', en: 'Customer was told' },
    })[key][language];

  test('a department handler finds it without training, answers it by keyboard alone, and sends back what is not theirs', async () => {
    const ours = `电机异响 Motor is loud ${language}`;
    const theirs = `快递丢件 Parcel lost ${language}`;
    const oursId = await transferred(ours);
    const theirsId = await transferred(theirs);
    await setLanguage(centre, centre.people.handler, language);
    const { page, faults } = await openBrowser(language);
    const { baseUrl } = centre;
    const { email } = centre.people.handler;
    await signInByKeyboard(page, { baseUrl, language, email, password });

    // Those of the departments begin where their work is: in the inbox, what is due first on top.
    await page.waitForURL(/\/orders/);
    const inbox = page.getByRole('navigation', { name: t('orders:scope.title') });
    expect(await inbox.locator('[aria-current=page]').textContent()).toContain(
      t('orders:scope.inbox'),
    );
    const row = page.getByRole('button', { name: ours });
    await row.waitFor();
    expect(await row.textContent()).toContain(t('orders:owner.inbox', { team: '技术支持组' }));

    while ((await row.getAttribute('aria-current')) !== 'true') await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: ours }).waitFor();
    await page.keyboard.press('a');
    // The first name offered is one's own.
    await page.getByText(t('orders:assign.me', { name: '王师傅' })).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('技术支持组 / 王师傅').first().waitFor();
    await page.keyboard.press('a');
    await focusOn(page, '.yd-move-form textarea');
    await page.keyboard.type(words.answer);
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('orders:moved', { step: step('reply') })).waitFor();

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: theirs }).click();
    await page.getByRole('button', { name: move('sendBack') }).click();
    const send = page.locator('form').getByRole('button', { name: move('sendBack') });
    await send.click();
    await page
      .getByText(t('orders:missing', { fields: t('orders:field.review') }), { exact: true })
      .waitFor();
    await page.locator('form').getByLabel(t('orders:field.review')).fill(words.wrong);
    await send.click();
    await page.getByText(t('orders:moved', { step: step('intake') })).waitFor();

    const answered = await centre.read(oursId);
    expect(answered).toMatchObject({ stepKey: 'reply_customer', handlerName: '王师傅' });
    expect(answered.form.result).toBe(words.answer);
    const returned = await centre.read(theirsId);
    expect(returned).toMatchObject({ stepKey: 'intake' });
    expect(returned.form.review).toBe(words.wrong);
    expect(faults).toEqual([]);
  });

  test('the agent sees who holds it and for how long, and the callback closes it', async () => {
    const subject = `床头柜充不上电 No power ${language}`;
    const id = await transferred(subject);
    await centre.take(id, centre.people.handler);
    const { page, faults } = await openAs(centre, centre.people.agent, { language });
    await page.goto(`${centre.baseUrl}/orders?scope=recorded`);
    const row = page.getByRole('button', { name: subject });
    await row.waitFor();
    const held = new RegExp(
      `技术支持组 / 王师傅(${t('orders:held.now')}|${fixedPart(t('orders:held.for')).source})`,
    );
    expect(await row.textContent()).toMatch(held);

    await row.click();
    const state = page.locator('.yd-order-holder');
    await state.waitFor();
    expect(await state.textContent()).toMatch(held);
    // The department answers; the page of the agent follows by itself.
    await centre.move(id, centre.people.handler, { move: 'answer', result: words.answer });
    await page.getByRole('button', { name: move('replied') }).click();
    await page.keyboard.press('Control+Enter');
    const call = page.getByRole('region', { name: t('orders:call.title') });
    await call.getByRole('link', { name: '13800138021' }).waitFor();
    expect(await call.textContent()).toContain(words.answer);

    // The customer is reached and content: the result of the call closes the order.
    await page.getByRole('link', { name: t('callbacks:title') }).click();
    const scopes = page.getByRole('navigation', { name: t('callbacks:scope.title') });
    await scopes.getByText(t('callbacks:scope.team'), { exact: true }).click();
    await page.getByRole('button', { name: subject }).click();
    const results = page.getByRole('group', { name: t('callbacks:result.title') });
    const take = page.getByRole('button', { name: t('callbacks:take'), exact: true });
    await take.or(results).first().waitFor();
    if (await take.isVisible()) await take.click();
    await results
      .getByRole('radio', { name: t('callbacks:result.solved') })
      .first()
      .waitFor();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: t('callbacks:save') }).click();
    await page.getByText(t('callbacks:saved.done')).waitFor();

    const closed = await centre.read(id);
    expect(closed).toMatchObject({ status: 'closed', stepKey: 'closed' });
    expect(closed.visits.map(({ stepKey }) => stepKey)).toEqual([
      'intake',
      'department_answer',
      'reply_customer',
      'callback',
      'closed',
    ]);
    expect(faults).toEqual([]);
  });

  test('the manager sees what is late and why', async () => {
    const { page, faults } = await openAs(centre, centre.people.manager, { language });
    await page.goto(`${centre.baseUrl}/orders`);
    await page.getByRole('button', { name: new RegExp(`^${t('orders:scope.late')}`) }).click();
    const row = page.getByRole('button', { name: forgotten });
    await row.waitFor();
    expect(await row.textContent()).toMatch(fixedPart(t('orders:due.late')));
    await row.click();
    const why = page.getByRole('region', { name: t('orders:late.title') });
    await why.getByText(fixedPart(t('orders:late.untaken'))).waitFor();
    await why.getByText(fixedPart(t('orders:late.limitFlat'))).waitFor();
    await why
      .getByText(
        fixedPart(
          t('orders:late.toldOne', {
            to: [t('orders:rung.owner'), t('orders:rung.recorder')].join(t('orders:comma')),
          }),
        ),
      )
      .waitFor();
    // What to say to the customer stands there, with the way to the call.
    await why.getByRole('link', { name: t('orders:late.call') }).waitFor();
    expect(faults).toEqual([]);
  });
});
