import { commentOrder } from '@yingda/contract';
import { expect, test } from 'vitest';
import { sendKey } from './send-key.ts';

test('what is sent again has the same key, what was changed and what is said anew another one', () => {
  const form = sendKey();
  const first = form.of({ text: '客户来电催问', fileIds: [] });
  expect(form.of({ text: '客户来电催问', fileIds: [] })).toBe(first);
  const changed = form.of({ text: '客户再次来电催问', fileIds: [] });
  expect(changed).not.toBe(first);
  form.done();
  expect(form.of({ text: '客户再次来电催问', fileIds: [] })).not.toBe(changed);
  expect(sendKey().of({ text: '客户来电催问', fileIds: [] })).not.toBe(first);
});

test('a key is one that the routes take', () => {
  const idempotencyKey = sendKey().of('x');
  expect(commentOrder.body.parse({ text: 'x', idempotencyKey })).toMatchObject({ idempotencyKey });
});
