import type { CallbackReason, CallbackResult } from '@yingda/contract';

/** A callback as the rules see it. */
export type Call = {
  reason: CallbackReason;
  hasOrder: boolean;
  tries: number;
  maxTries: number;
  phones: readonly string[];
};

/** What a call is for: an answer that the order waits for, or news that the customer is told. */
const asksFor = ({ reason }: Pick<Call, 'reason'>): boolean =>
  reason === 'confirm_result' || reason === 'complaint_follow_up';

const unreached: CallbackResult[] = ['no_answer', 'busy', 'wrong_number', 'call_later', 'refused'];

/** Results that fit a callback, in the order in which they are offered. */
export function resultsFor(call: Pick<Call, 'reason' | 'hasOrder'>): CallbackResult[] {
  if (asksFor(call)) return ['solved', 'not_solved', ...unreached];
  const answers: CallbackResult[] =
    call.reason === 'other' && call.hasOrder ? ['solved', 'not_solved'] : [];
  return ['informed', ...answers, ...unreached];
}

/** What a call comes to. */
export type Outcome =
  /** The customer's word on the result: the order goes on by it. */
  | { next: 'answer'; effect: 'solved' | 'not_solved' }
  | { next: 'done' }
  /** `isFailed`: it reached nobody, and the next try is after the usual time. */
  | { next: 'again'; tries: number; phones: string[]; isFailed: boolean }
  /** Nobody can be reached, or the customer will not say. */
  | { next: 'way_out'; tries: number; phones: string[] };

type Made = { result: CallbackResult; phone: string | null; newPhone: string | null };

/** The numbers after a call: the wrong one is gone, one that was found out comes first. */
function phonesAfter({ phones }: Call, { result, phone, newPhone }: Made): string[] {
  const called = phone ?? phones[0];
  const left = result === 'wrong_number' ? phones.filter((one) => one !== called) : [...phones];
  return newPhone === null ? left : [newPhone, ...left.filter((one) => one !== newPhone)];
}

/** What follows from how a call went; the result must be one of `resultsFor`. */
export function outcomeOf(call: Call, made: Made): Outcome {
  const { result } = made;
  const phones = phonesAfter(call, made);
  const { tries } = call;
  switch (result) {
    case 'solved':
    case 'not_solved':
      return { next: 'answer', effect: result };
    case 'informed':
      return { next: 'done' };
    case 'refused':
      return asksFor(call) ? { next: 'way_out', tries, phones } : { next: 'done' };
    case 'call_later':
      return { next: 'again', tries, phones, isFailed: false };
    case 'no_answer':
    case 'busy':
    case 'wrong_number': {
      const failed = tries + 1;
      const isLast = failed >= call.maxTries || phones.length === 0;
      return isLast
        ? { next: 'way_out', tries: failed, phones }
        : { next: 'again', tries: failed, phones, isFailed: true };
    }
  }
}

/** Whether the order of a callback waits for what it brings. */
export const isAwaited = asksFor;
