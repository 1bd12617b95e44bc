import { ViewQuery } from '@yingda/contract';
import { expect, test } from 'vitest';
import { addressOfView, viewQueryOf } from './view-query.ts';

test('a view that is kept and opened again shows the same', () => {
  const shown = {
    from: '2026-11-01',
    to: '2026-11-23',
    queues: '1,2',
    step: 'week' as const,
    by: 'queue' as const,
    standards: 'service_level',
  };
  const query = ViewQuery.parse(viewQueryOf(shown, { period: 'last_month', compare: 'previous' }));
  expect(query).toMatchObject({ period: { relative: 'last_month' }, queues: [1, 2] });
  expect(addressOfView({ page: 'report', query })).toEqual({
    to: '/standards/report',
    search: {
      period: 'last_month',
      queues: '1,2',
      step: 'week',
      by: 'queue',
      standards: 'service_level',
      compare: 'previous',
    },
  });
});

test('own dates stay, and an address without a period means this month', () => {
  const shown = { from: '2026-11-01', to: '2026-11-23' };
  expect(viewQueryOf(shown, { from: '2026-10-01', to: '2026-10-07' })).toMatchObject({
    period: { from: '2026-10-01', to: '2026-10-07' },
  });
  expect(viewQueryOf(shown, {})).toMatchObject({ period: { relative: 'this_month' } });
  const view = { page: 'standards' as const, query: ViewQuery.parse(viewQueryOf(shown, {})) };
  expect(addressOfView(view)).toMatchObject({ to: '/standards', search: { period: 'this_month' } });
});
