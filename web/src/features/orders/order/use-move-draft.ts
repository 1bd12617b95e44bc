import type { FieldValues, OrderView } from '@yingda/contract';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useMe } from '../../../lib/me.ts';
import { changedIn } from '../model/form.ts';
import type { Typed } from '../model/form.ts';
import { useMeanwhile } from '../parts/changed-meanwhile.tsx';
import { useFiles } from '../parts/use-files.ts';
import type { Attached } from '../parts/use-files.ts';

export interface Filled {
  typed: Typed;
  own: FieldValues;
  note: string;
  departmentId: string | null;
  customer: { id: string; name: string } | null;
}

interface Draft {
  /** The order as it was seen when typing began. */
  before: OrderView;
  changes: Partial<Filled>;
  files: readonly Attached[];
}

/** What was filled in and not sent, by person, order and move: leaving the form by mistake loses nothing. */
const drafts = new Map<string, Draft>();

/** What is filled in for a move; opened again, the form goes on with what was not sent. */
export function useMoveDraft(order: OrderView, move: string) {
  const key = `${useMe().id} ${order.id} ${move}`;
  const [begun, setBegun] = useState(() => drafts.get(key));
  const [changes, setChanges] = useState<Partial<Filled>>(begun?.changes ?? {});
  const filled: Filled = {
    typed: {},
    own: {},
    note: '',
    departmentId: order.departmentId,
    customer: null,
    ...changes,
  };
  const files = useFiles(begun?.files);
  const meanwhile = useMeanwhile(order, changedIn(order.form, filled.typed), begun?.before);
  const isOver = useRef(false);
  const keep = useEffectEvent(() => {
    const sent = files.items.filter(({ file }) => file !== null);
    if (isOver.current || (Object.keys(changes).length === 0 && sent.length === 0)) return;
    drafts.set(key, { before: meanwhile.before, changes, files: sent });
  });
  useEffect(() => () => keep(), []);
  return {
    filled,
    fill: (change: Partial<Filled>): void => setChanges((all) => ({ ...all, ...change })),
    files,
    meanwhile,
    isDraft: begun !== undefined,
    /** It was sent, or is to be thrown away. */
    forget: (): void => {
      isOver.current = true;
      drafts.delete(key);
    },
    startAnew: (): void => {
      drafts.delete(key);
      setBegun(undefined);
      setChanges({});
      files.clear();
    },
  };
}
