import type { CallbackDetail, CallbackResult } from '@yingda/contract';

/** What an agent fills in after a call. */
export interface Report {
  result: CallbackResult | null;
  note: string;
  satisfaction: number | null;
  /** As the browser's field writes it; empty: the usual interval. */
  nextTry: string;
  /** The number that was called; null: the first. */
  phone: string | null;
  newPhone: string;
}
export const emptyReport: Report = {
  result: null,
  note: '',
  satisfaction: null,
  nextTry: '',
  phone: null,
  newPhone: '',
};

/** Whether another call follows, so that its time may be said. */
export const mayCallAgain = (result: CallbackResult): boolean =>
  result === 'no_answer' || result === 'busy' || result === 'call_later';

/** The customer answered what they were asked, so they may be asked how content they are. */
export const wasAsked = (result: CallbackResult): boolean =>
  result === 'solved' || result === 'not_solved';

/** What follows from a result, as a key of the catalogue. */
export function effectOf(
  result: CallbackResult,
  { tries, maxTries, orderId }: Pick<CallbackDetail, 'tries' | 'maxTries' | 'orderId'>,
): string {
  if (result === 'no_answer' || result === 'busy') {
    return tries + 1 >= maxTries ? 'effect.last' : 'effect.retry';
  }
  const isOver = result !== 'call_later' && result !== 'wrong_number';
  return orderId === null && isOver ? 'effectFree' : `effect.${result}`;
}

/** Whether everything is there that the result needs: nothing is asked twice, and nothing is sent half. */
export function isComplete({ result, note, nextTry }: Report): boolean {
  if (result === null) return false;
  if (result === 'not_solved') return note.trim() !== '';
  return result !== 'call_later' || nextTry !== '';
}

/** A report as the route takes it; what does not belong to the result is left out. */
export function bodyOf(report: Report & { result: CallbackResult }) {
  const { result, note, satisfaction, nextTry, phone, newPhone } = report;
  const isWrong = result === 'wrong_number';
  return {
    result,
    note: note.trim(),
    satisfaction: wasAsked(result) ? satisfaction : null,
    nextTryAt: mayCallAgain(result) && nextTry !== '' ? new Date(nextTry).toISOString() : null,
    phone,
    newPhone: isWrong && newPhone.trim() !== '' ? newPhone.trim() : null,
  };
}

const minuteMs = 60_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** An instant as the browser's field for day and time takes it, in the zone of the browser. */
export function localInput(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Half an hour, two hours, tomorrow at half past nine: times people agree on. */
export function usualTimes(now: Date): { key: 'half' | 'two' | 'tomorrow'; at: Date }[] {
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  tomorrow.setHours(9, 30, 0, 0);
  return [
    { key: 'half', at: new Date(now.getTime() + 30 * minuteMs) },
    { key: 'two', at: new Date(now.getTime() + 120 * minuteMs) },
    { key: 'tomorrow', at: tomorrow },
  ];
}
