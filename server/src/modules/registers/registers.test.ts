import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  addRegisterLine,
  createCustomer,
  createTeam,
  deleteRegisterLine,
  editRegisterRow,
  exportRegister,
  getRegisterSettings,
  listRegister,
  printOrder,
  registerColumns,
  registerKeys,
  setRegisterSettings,
  summariseRegister,
} from '@yingda/contract';
import type { RegisterKey, RegisterRow } from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { postCustomerMessage, postMessage, updateConversation } from '../conversations/index.ts';
import { findOrCreateCustomer } from '../customers/index.ts';
import { actorOfPerson } from '../identity/index.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';
import { listQueues } from '../routing/index.ts';
import { until } from '../orders/testing/time.ts';
import { actingAs, transact } from '../../platform/ctx.ts';
import { newId } from '../../kernel/ids.ts';

let app: TestApp;
let centre: Centre;
let outsider: Caller;
let queueId = '';

/** Today on the clock of the centre. */
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
async function read(register: RegisterKey, as: Caller, query: object = {}): Promise<RegisterRow[]> {
  const answer = await app.request(listRegister, as, {
    params: { register },
    query: { ...period(), ...query },
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.problem));
  return answer.body.items;
}

function period() {
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  return { from, to };
}

let talks = 0;

async function talk(text: string, tags: string[], name: string): Promise<string> {
  talks += 1;
  const value = `1391234567${talks}`;
  const { id: customerId } = await transact(app.ctx, (tx) =>
    findOrCreateCustomer(tx, { name, identities: [{ kind: 'phone', value }] }),
  );
  const { conversationId } = await postCustomerMessage(app.ctx, {
    channel: 'webchat',
    sourceId: newId(),
    customerId,
    customerName: name,
    queueId,
    clientKey: newId(),
    parts: [{ type: 'text', text }],
    subject: '咨询安装',
  });
  const actor = await actorOfPerson(app.ctx, centre.agent.userId);
  if (!actor) throw new Error('just made');
  const agent = actingAs(app.ctx, actor);
  await postMessage(agent, {
    conversationId,
    clientKey: newId(),
    kind: 'message',
    parts: [{ type: 'text', text: '三天内上门安装。' }],
    mentions: [],
  });
  if (tags.length > 0) await updateConversation(agent, { id: conversationId, changes: { tags } });
  return conversationId;
}

beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  await until(async () => {
    const queue = (await listQueues(app.ctx)).find(({ teamId }) => teamId === centre.deskId);
    queueId = queue?.id ?? '';
    return queue !== undefined;
  });
  const { body: team } = await app.request(createTeam, centre.admin, { body: { name: '外组' } });
  outsider = await app.newPerson({ role: 'agent', teamId: team.id });
});

describe('the register of problems', () => {
  test('tells of an order what its form tells', async () => {
    const order = await centre.record({ region: '浙江', address: '文三路 1 号', product: '电机' });
    await centre.move(order.id, centre.agent, {
      move: 'transfer',
      departmentId: centre.departmentId,
      plan: '更换轴承',
    });
    const [row] = await read('problems', centre.agent, { q: order.number });
    expect(row).toMatchObject({
      id: order.id,
      source: 'order',
      orderId: order.id,
      mayEdit: false,
      values: {
        number: order.number,
        category: '技术问题',
        customer: '李雷',
        phones: '13800138000',
        region: '浙江',
        plan: '更换轴承',
        planner: centre.agent.name,
        recorder: centre.agent.name,
        status: 'open',
        review: null,
        closedAt: null,
      },
    });
    expect(Object.keys(row?.values ?? {})).toEqual(registerColumns.problems.map(({ key }) => key));
  });

  test('shows orders to whom the lists of orders show them', async () => {
    const order = await centre.record({ subject: '只给本组看' });
    expect(await read('problems', outsider, { q: order.number })).toEqual([]);
    expect(await read('problems', centre.manager, { q: order.number })).toHaveLength(1);
  });

  test('goes page by page without a line twice or left out', async () => {
    for (let nth = 0; nth < 7; nth++) await centre.record({ subject: `分页 ${nth}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await app.request(listRegister, centre.agent, {
        params: { register: 'problems' },
        query: { ...period(), q: '分页', limit: 3, ...(cursor && { cursor }) },
      });
      seen.push(...body.items.map(({ values }) => String(values['subject'])));
      cursor = body.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((nth) => `分页 ${nth}`));
  });

  test('takes no lines by hand and no period longer than 400 days', async () => {
    const entered = await app.request(addRegisterLine, centre.agent, {
      params: { register: 'problems' },
      body: { customerName: '李雷', values: {} },
    });
    expect(entered.problem.code).toBe('register.not_enterable');
    const long = await app.request(listRegister, centre.agent, {
      params: { register: 'problems' },
      query: { from: '2020-01-01', to: '2026-01-01' },
    });
    expect([long.status, long.problem.code]).toEqual([422, 'register.period_too_long']);
  });
});

describe('registers of conversations', () => {
  test('an enquiry has the question of the customer and the last answer', async () => {
    const id = await talk('衣柜多久能装？', [], '张敏');
    const rows = await read('enquiries', centre.agent, { q: '衣柜多久' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      id,
      source: 'conversation',
      conversationId: id,
      values: {
        customer: '张敏',
        phones: expect.stringContaining('13912345671'),
        channel: 'webchat',
        question: '衣柜多久能装？',
        answer: '三天内上门安装。',
      },
    });
    expect(await read('enquiries', outsider, { q: '衣柜多久' })).toEqual([]);
  });

  test('what an agent adds to a line counts, and nobody overwrites a colleague', async () => {
    const id = await talk('想订二十张桌子', ['求购'], '求购客户');
    const [row] = await read('purchases', centre.agent, { q: '求购客户' });
    expect(row).toMatchObject({ id, version: 0, mayEdit: true });
    const edit = (version: number, values: object) =>
      app.request(editRegisterRow, centre.agent, {
        params: { register: 'purchases', id },
        body: { version, values: values as Record<string, string> },
      });
    const first = await edit(0, { product: '餐桌', quantity: '20 张', budget: 3_000_000 });
    expect(first.body).toMatchObject({
      version: 1,
      values: { product: '餐桌', budget: 3_000_000 },
    });
    expect((await edit(0, { product: '椅子' })).problem.code).toBe('register.changed_meanwhile');
    const second = await edit(1, { quantity: null, channel: 'voice' });
    expect(second.body.values).toMatchObject({ product: '餐桌', quantity: null, channel: 'voice' });
    expect((await edit(2, { customer: '别人' })).problem.code).toBe('register.not_enterable');
    expect((await edit(2, { budget: '很多' })).status).toBe(422);
  });

  test('the tags that count are set by who designs orders', async () => {
    await talk('已签合同', ['大单'], '签单客户');
    expect(await read('deals', centre.agent, { q: '签单客户' })).toEqual([]);
    const { body } = await app.request(getRegisterSettings, centre.agent);
    const refused = await app.request(setRegisterSettings, centre.agent, { body });
    expect(refused.status).toBe(403);
    const saved = await app.request(setRegisterSettings, centre.admin, {
      body: { ...body, dealTags: [...body.dealTags, '大单'] },
    });
    expect(saved.status).toBe(200);
    expect(await read('deals', centre.agent, { q: '签单客户' })).toHaveLength(1);
  });
});

describe('lines by hand', () => {
  const add = (as: Caller, values: object, more: object = {}) =>
    app.request(addRegisterLine, as, {
      params: { register: 'deals' },
      body: {
        customerName: '远见设计',
        phones: ['13700000001'],
        values: values as object,
        ...more,
      } as never,
    });

  test('are counted and summed with the rest', async () => {
    await add(centre.agent, { amount: 5_820_000, product: '办公椅', salesperson: '王芳' });
    await add(centre.agent, { amount: 180_000, product: '办公椅', salesperson: '李强' });
    const { body } = await app.request(summariseRegister, centre.agent, {
      params: { register: 'deals' },
      query: { ...period(), q: '办公椅' },
    });
    expect(body).toMatchObject({ count: 2, amount: 6_000_000 });
    expect(body.groups.find(({ column }) => column === 'product')?.items).toEqual([
      { value: '办公椅', count: 2, amount: 6_000_000 },
    ]);
    expect(body.days).toEqual([{ date: today, count: 2 }]);
  });

  test('are changed and removed by who entered them or leads the team, and by nobody else', async () => {
    const { body: line } = await add(centre.agent, { product: '只此一份' });
    const colleague = await app.newPerson({ role: 'agent', teamId: centre.deskId });
    const remove = (as: Caller) =>
      app.request(deleteRegisterLine, as, { params: { register: 'deals', id: line.id } });
    expect((await remove(outsider)).problem.code).toBe('register.row_not_found');
    expect((await remove(colleague)).problem.code).toBe('register.not_yours');
    expect((await remove(centre.manager)).status).toBe(204);
    expect((await remove(centre.manager)).status).toBe(404);
  });

  test('name a customer, by record or by word', async () => {
    const none = await add(centre.agent, {}, { customerName: '' });
    expect(none.problem.faults).toEqual([expect.objectContaining({ path: 'customerName' })]);
    const unknown = await add(centre.agent, {}, { customerId: newId() });
    expect(unknown.problem.code).toBe('customer.not_found');
    const foreign = await add(centre.agent, {}, { teamId: newId() });
    expect(foreign.status).toBe(403);
    const { body: customer } = await app.request(createCustomer, centre.agent, {
      body: { name: '册上客户', identities: [{ kind: 'phone', value: '13711112222' }] },
    });
    const { body } = await add(
      centre.agent,
      {},
      { customerId: customer.id, customerName: '', phones: [] },
    );
    expect(body.values).toMatchObject({ customer: '册上客户', recorder: centre.agent.name });
    expect(String(body.values['phones'])).toContain('13711112222');
    expect((await read('members', centre.agent, { q: '册上客户' }))[0]).toMatchObject({
      source: 'customer',
      values: { tier: 'standard' },
    });
  });
});

describe('files', () => {
  const fetch = (register: RegisterKey, format: 'xlsx' | 'pdf' | 'csv', as = centre.agent) =>
    app.http?.inject({
      method: 'GET',
      url: `/api/registers/${register}/export?${new URLSearchParams({ ...period(), format, locale: 'zh-CN' }).toString()}`,
      headers: as.headers,
    });

  async function workbook(bytes: Buffer): Promise<ExcelJS.Worksheet> {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    const [sheet] = book.worksheets;
    if (!sheet) throw new Error('no sheet');
    return sheet;
  }

  test('every register comes in the layout of its form, with real numbers and times', async () => {
    for (const register of registerKeys) {
      const answer = await fetch(register, 'xlsx');
      expect(answer?.statusCode).toBe(200);
      const sheet = await workbook(answer?.rawPayload ?? Buffer.alloc(0));
      const title = sheet.getCell('A1').text;
      expect(title).toMatch(/[表计]$/);
      expect(sheet.getCell('A1').isMerged).toBe(true);
      expect(sheet.getCell('A4').value).toBe('序号');
      expect(sheet.getRow(4).cellCount).toBe(registerColumns[register].length + 1);
      expect(sheet.pageSetup.orientation).toBe('landscape');
      const pdf = await fetch(register, 'pdf');
      expect(pdf?.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
      const csv = await fetch(register, 'csv');
      expect(csv?.body.startsWith('\uFEFF')).toBe(true);
    }
    const deals = await workbook((await fetch('deals', 'xlsx'))?.rawPayload ?? Buffer.alloc(0));
    const titles = (deals.getRow(4).values as string[]).map(String);
    const amount = titles.indexOf('签单金额');
    const amounts = deals.getColumn(amount).values.filter((value) => typeof value === 'number');
    expect(amounts).toContain(58_200);
    expect(amounts).toContain(60_000);
    expect(deals.getRow(5).getCell(titles.indexOf('签单时间')).value).toBeInstanceOf(Date);
  });

  test('a column of numbers is as wide as the longest of them', async () => {
    const { number } = await centre.record();
    const sheet = await workbook((await fetch('problems', 'xlsx'))?.rawPayload ?? Buffer.alloc(0));
    const column = sheet.getColumn((sheet.getRow(4).values as string[]).indexOf('编号'));
    expect(column.values.map(String)).toContain(number);
    expect(column.width).toBeGreaterThan(number.length * 1.2 + 2);
  });

  test('one order prints as the form with every step, name and time', async () => {
    const order = await centre.record({
      subject: '打印',
      description: '很长的描述。\n'.repeat(400),
    });
    await centre.move(order.id, centre.agent, {
      move: 'transfer',
      departmentId: centre.departmentId,
    });
    const print = (format: string, as = centre.agent) =>
      app.http?.inject({
        method: 'GET',
        url: `/api/orders/${order.id}/print?format=${format}&locale=zh-CN`,
        headers: as.headers,
      });
    const pdf = await print('pdf', centre.handler);
    expect(pdf?.statusCode).toBe(200);
    expect(pdf?.headers['content-disposition']).toContain(encodeURIComponent('客户问题处理表'));
    const sheet = await workbook((await print('xlsx'))?.rawPayload ?? Buffer.alloc(0));
    const texts: string[] = [];
    sheet.eachRow((row) => row.eachCell(({ value }) => texts.push(JSON.stringify(value))));
    for (const text of ['受理', '部门处理', centre.agent.name, '流转过程', order.subject]) {
      expect(texts.some((one) => one.includes(text))).toBe(true);
    }
    expect(texts.some((one) => one.includes(order.number))).toBe(true);
    expect((await print('pdf', outsider))?.statusCode).toBe(404);
    const bad = await app.request(printOrder, centre.agent, { params: { id: newId() } });
    expect(bad.problem.code).toBe('order.not_found');
  });

  test('is refused to whom the register is closed', async () => {
    const answer = await app.request(exportRegister, null, {
      params: { register: 'deals' },
      query: { ...period(), format: 'csv' },
    });
    expect(answer.status).toBe(401);
  });
});
