import { standardUnits } from '@yingda/contract';
import { expect, test } from 'vitest';
import { standards } from './definitions.ts';

test('the units the contract tells are those the standards are counted in', () => {
  expect(Object.fromEntries(standards.map(({ key, unit }) => [key, unit]))).toEqual(standardUnits);
});
