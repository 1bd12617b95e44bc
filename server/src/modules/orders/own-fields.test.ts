import { createOrder, getOrderSettings, setOrderSettings, updateOrder } from '@yingda/contract';
import type { OrderFieldDefinition } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';

const words = (text: string) => ({ 'zh-CN': text, en: text });
const serial: OrderFieldDefinition = {
  key: 'serial',
  label: words('设备编号'),
  kind: 'text',
  choices: [],
};
const warranty: OrderFieldDefinition = {
  key: 'warranty',
  label: words('保修'),
  kind: 'choice',
  choices: ['保内', '保外'],
};
const age: OrderFieldDefinition = { key: 'age', label: words('月数'), kind: 'number', choices: [] };

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  await setFields([serial, warranty, age]);
});

async function setFields(fields: OrderFieldDefinition[]) {
  const { body } = await app.request(getOrderSettings, centre.admin);
  return app.request(setOrderSettings, centre.admin, { body: { ...body, fields } });
}

test('an order keeps the values of the form’s own fields, changes them and lets them go', async () => {
  const { id, form } = await centre.record({ fields: { serial: 'A-17', age: 14 } });
  expect(form.fields).toEqual({ serial: 'A-17', age: 14 });
  const { version } = await centre.read(id);
  const answer = await app.request(updateOrder, centre.agent, {
    params: { id },
    body: { version, fields: { warranty: '保内', serial: null } },
  });
  expect(answer.body.form.fields).toEqual({ warranty: '保内', age: 14 });
});

test('a move takes own fields along', async () => {
  const { id } = await centre.record({ fields: { age: 3 } });
  const moved = await centre.move(id, centre.agent, {
    move: 'solve',
    result: '已更换皮带。',
    fields: { warranty: '保外' },
  });
  expect(moved.form.fields).toEqual({ age: 3, warranty: '保外' });
});

test('a value that does not fit its field is refused at its place', async () => {
  const made = await app.request(createOrder, centre.agent, {
    body: {
      subject: '电机异响',
      categoryId: centre.categories[0]?.id ?? '',
      fields: { warranty: '不详', age: '很久' },
    },
  });
  expect(made.problem).toMatchObject({ code: 'request.invalid' });
  expect(made.problem.faults?.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'fields.warranty invalid_value',
    'fields.age invalid_type',
  ]);
  const { id, version } = await centre.record();
  const changed = await app.request(updateOrder, centre.agent, {
    params: { id },
    body: { version, fields: { age: 'alt' } },
  });
  expect(changed.problem.code).toBe('request.invalid');
});

test('what no field asks for is kept as other systems left it', async () => {
  const { form } = await centre.record({ fields: { crm_id: '7781' } });
  expect(form.fields).toEqual({ crm_id: '7781' });
});

test('fields that cannot be told apart, or that offer no choice, are refused', async () => {
  const twice = await setFields([serial, { ...age, key: 'serial' }]);
  expect(twice.problem.faults).toMatchObject([{ path: 'fields.1.key', kind: 'key_twice' }]);
  const empty = await setFields([{ ...warranty, choices: [] }]);
  expect(empty.problem.faults).toMatchObject([{ path: 'fields.0.choices', kind: 'required' }]);
});

test('a field that is taken away leaves its values on the orders that have them', async () => {
  const { id } = await centre.record({ fields: { serial: 'B-2' } });
  expect((await setFields([warranty, age])).status).toBe(200);
  expect((await centre.read(id)).form.fields).toEqual({ serial: 'B-2' });
  await setFields([serial, warranty, age]);
});
