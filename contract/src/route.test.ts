import { expect, test } from 'vitest';
import { z } from 'zod';
import { changesOf } from './route.ts';
import { updateHours } from './clocks.ts';
import { updateQueue } from './routing.ts';

test('changing one field mentions no other, whatever the defaults of making are', () => {
  const input = z.object({ name: z.string(), days: z.array(z.string()).default([]) });
  expect(changesOf(input).parse({ name: 'x' })).toEqual({ name: 'x' });
  expect(changesOf(input).parse({ days: ['y'] })).toEqual({ days: ['y'] });
  expect(updateHours.body.parse({ name: 'Office' })).toEqual({ name: 'Office' });
  expect(updateQueue.body.parse({ weight: 30 })).toEqual({ weight: 30 });
});
