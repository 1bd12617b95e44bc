import { countCallbacks } from '@yingda/contract';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { refresh, useCall } from '../../lib/query.ts';
import { useLiveEvent } from '../../lib/use-live.ts';
import { usePlaceCount } from '../../ui/place-counts.ts';

const everyMs = 60_000;

/** On every page: the rail counts the callbacks whose time has come. */
export function CallbackNews(): ReactNode {
  const { data } = useCall(countCallbacks, undefined, { staleTime: 15_000 });
  usePlaceCount('/callbacks', data?.due ?? 0);
  useLiveEvent('callback.changed', () => void refresh(countCallbacks));
  useEffect(() => {
    const timer = setInterval(() => void refresh(countCallbacks), everyMs);
    return () => clearInterval(timer);
  }, []);
  return null;
}
