import { expect, test } from 'vitest';
import { isAllowedInside, isInner, namesInner } from './guard.ts';

test('addresses of inner networks are known in every dress', () => {
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    'fe80::1',
    'fd00::1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'no address',
  ];
  expect(inside.filter((address) => !isInner(address))).toEqual([]);
  expect(['1.1.1.1', '8.8.8.8', '2606:4700::1111', '::ffff:1.1.1.1'].filter(isInner)).toEqual([]);
});

test('an address spelt in odd ways is still the one it is', () => {
  const odd = [
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://LOCALHOST/',
  ];
  expect(odd.filter((url) => !namesInner(new URL(url)))).toEqual([]);
  expect(namesInner(new URL('https://example.com/'))).toBe(false);
});

test('the operator may allow a host, or one port of it', () => {
  const url = new URL('http://erp.internal:8080/hook');
  expect(isAllowedInside(url, [])).toBe(false);
  expect(isAllowedInside(url, ['erp.internal'])).toBe(true);
  expect(isAllowedInside(url, ['ERP.internal:8080'])).toBe(true);
  expect(isAllowedInside(url, ['erp.internal:80'])).toBe(false);
  expect(isAllowedInside(url, ['*'])).toBe(true);
  expect(isAllowedInside(new URL('http://[fd00::1]:9/'), ['[fd00::1]'])).toBe(true);
});
