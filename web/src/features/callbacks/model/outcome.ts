import type {
  CallbackDetail,
  CallbackResult,
  NeededField,
  reportCallback,
  SentOf,
} from '@yingda/contract';

/** What is filled in on the order's form. */
export type Given = NonNullable<SentOf<typeof reportCallback, 'body'>['filled']>;

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
  /** Fields that the order's move needs, and whether all of them are there. */
  filled: Given;
  isFilled: boolean;
}
export const emptyReport: Report = {
  result: null,
  note: '',
  satisfaction: null,
  nextTry: '',
  phone: null,
  newPhone: '',
  filled: {},
  isFilled: false,
};

/** Another answer: what was filled in for the one before is gone with its fields. */
export const answered = (result: CallbackResult): Partial<Report> => ({
  result,
  filled: {},
  isFilled: false,
});

/** Whether another call follows, so that its time may be said. */
export const mayCallAgain = (result: CallbackResult): boolean =>
  result === 'no_answer' || result === 'busy' || result === 'call_later';

/** The customer answered what they were asked, so they may be asked how content they are. */
export const wasAsked = (result: CallbackResult): boolean =>
  result === 'solved' || result === 'not_solved';

/** Fields of the order that this answer asks for. */
export const missingIn = (
  { missing }: Pick<CallbackDetail, 'missing'>,
  result: CallbackResult | null,
): NeededField[] => (result === 'solved' || result === 'not_solved' ? missing[result] : []);

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
export function isComplete(report: Report, callback: Pick<CallbackDetail, 'missing'>): boolean {
  const { result, note, nextTry, isFilled } = report;
  if (result === null) return false;
  if (missingIn(callback, result).length > 0 && !isFilled) return false;
  if (result === 'not_solved') return note.trim() !== '';
  return result !== 'call_later' || nextTry !== '';
}

/** A report as the route takes it; what does not belong to the result is left out. */
export function bodyOf(report: Report & { result: CallbackResult }) {
  const { result, note, satisfaction, nextTry, phone, newPhone, filled } = report;
  const isWrong = result === 'wrong_number';
  return {
    result,
    note: note.trim(),
    satisfaction: wasAsked(result) ? satisfaction : null,
    nextTryAt: mayCallAgain(result) && nextTry !== '' ? new Date(nextTry).toISOString() : null,
    phone,
    newPhone: isWrong && newPhone.trim() !== '' ? newPhone.trim() : null,
    filled: wasAsked(result) ? filled : {},
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
