import { ownFieldOf } from '@yingda/contract';
import type { NeededField, reportCallback, SentOf } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { bodyOf } from '../model/form.ts';
import { useOwnFields } from '../parts/own-field.tsx';
import { Needed } from './move-fields.tsx';
import type { Filled } from './use-move-draft.ts';
import { isTyped } from './use-move.ts';
import './move-form.css';

type Given = NonNullable<SentOf<typeof reportCallback, 'body'>['filled']>;

export interface AskedFieldsProps {
  /** Fields that the order's form does not say yet. */
  needs: NeededField[];
  onChange: (given: Given, isComplete: boolean) => void;
}

const nothing: Filled = { typed: {}, own: {}, note: '', departmentId: null, customer: null };
/** Who asks for a customer here knows that the order has none. */
const nobody = { customerId: null, customerName: '' };

function givenIn({ typed, own, departmentId, customer }: Filled): Given {
  return {
    ...bodyOf(typed),
    ...(Object.keys(own).length === 0 ? {} : { fields: own }),
    ...(departmentId === null ? {} : { departmentId }),
    ...(customer === null ? {} : { customerId: customer.id }),
  };
}

/** The fields that a move asks for, on a page that tells the order's fate otherwise: by the result of a call. */
export function AskedFields({ needs, onChange }: AskedFieldsProps): ReactNode {
  const [filled, setFilled] = useState(nothing);
  const ownFields = useOwnFields();
  const ownOf = (need: NeededField) => ownFields.find(({ key }) => key === ownFieldOf(need));
  const isEmpty = (need: NeededField, said: Filled): boolean => {
    const own = ownFieldOf(need);
    if (own !== null) return String(said.own[own] ?? '').trim() === '';
    if (need === 'department') return said.departmentId === null;
    if (need === 'customer') return said.customer === null;
    return isTyped(need) && (said.typed[need] ?? '').trim() === '';
  };
  const fill = (change: Partial<Filled>): void => {
    const next = { ...filled, ...change };
    setFilled(next);
    onChange(givenIn(next), !needs.some((need) => isEmpty(need, next)));
  };
  const moving = {
    needs,
    filled,
    fill,
    // The form cannot be sent before everything is there.
    tried: false,
    missing: [],
    valueOf: (field: keyof Filled['typed']) => filled.typed[field] ?? '',
    ownOf,
    ownValue: (key: string) => filled.own[key],
  };
  return <Needed order={nobody} moving={moving} />;
}
