import { getMyPresence, setMyPresence } from '@yingda/contract';
import type { PresenceView } from '@yingda/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { keyOf, queryClient, useCall } from '../../../lib/query.ts';
import { toast } from '../../../ui/toast.tsx';

export interface MyPresence {
  /** Undefined while loading, and for people who take no work. */
  data: PresenceView | undefined;
  isChanging: boolean;
  becomeReady: () => void;
}

/** My state as an agent, and the one change the desk itself proposes. */
export function useMyPresence(): MyPresence {
  const mayWork = useRights().may('routing.work');
  const { data } = useCall(getMyPresence, undefined, { enabled: mayWork });
  const [isChanging, setChanging] = useState(false);
  const becomeReady = async (): Promise<void> => {
    setChanging(true);
    try {
      queryClient.setQueryData(
        keyOf(getMyPresence),
        await call(setMyPresence, { body: { state: 'ready' } }),
      );
    } catch (error) {
      toast.problem(error);
    } finally {
      setChanging(false);
    }
  };
  return { data, isChanging, becomeReady: () => void becomeReady() };
}
