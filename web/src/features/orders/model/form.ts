import type { OrderForm, OrderView } from '@yingda/contract';

/** Fields of the form that hold text. */
export const textFields = [
  'subject',
  'description',
  'region',
  'address',
  'product',
  'receipt',
  'plan',
  'result',
  'review',
  'rootCause',
  'solutionAgreed',
  'apology',
  'compensation',
] as const;
export type TextField = (typeof textFields)[number];

/** What somebody types into the form: phones as one line. */
export type Typed = Partial<Record<TextField | 'phones', string>>;

export const phonesText = (phones: readonly string[]): string => phones.join(', ');
/** Phones out of one line; any usual separator. */
export function phonesOf(text: string): string[] {
  const found = text
    .split(/[,;，；、\n]+/)
    .map((phone) => phone.trim())
    .filter(Boolean);
  return [...new Set(found)].slice(0, 5);
}

/** What the form says in a field, as it is typed. */
export function saidIn(form: OrderForm, field: keyof Typed): string {
  return field === 'phones' ? phonesText(form.phones) : form[field];
}

/** Only what differs from the form. */
export function changedIn(form: OrderForm, typed: Typed): Typed {
  const entries = Object.entries(typed) as [keyof Typed, string][];
  return Object.fromEntries(entries.filter(([field, text]) => saidIn(form, field) !== text));
}

/** What was typed as the routes take it. */
export function bodyOf(typed: Typed): Partial<OrderForm> {
  const { phones, ...texts } = typed;
  return { ...texts, ...(phones === undefined ? {} : { phones: phonesOf(phones) }) };
}

export interface Clash {
  field: keyof Typed;
  before: string;
  theirs: string;
  mine: string;
}

/** Fields that a colleague changed meanwhile and that I changed too, to something else. */
export function clashesOf(before: OrderForm, now: OrderForm, typed: Typed): Clash[] {
  const entries = Object.entries(typed) as [keyof Typed, string][];
  return entries.flatMap(([field, mine]) => {
    const [was, theirs] = [saidIn(before, field), saidIn(now, field)];
    return was === theirs || theirs === mine ? [] : [{ field, before: was, theirs, mine }];
  });
}

/** Names of what else a colleague changed meanwhile: fields that I did not touch, the step, the owner. */
export function otherChanges(before: OrderView, now: OrderView, typed: Typed): string[] {
  const fields = ([...textFields, 'phones'] as const).filter(
    (field) => !(field in typed) && saidIn(before.form, field) !== saidIn(now.form, field),
  );
  const rest = (['stepKey', 'ownerName', 'priority', 'categoryId', 'clock'] as const).filter(
    (name) => before[name] !== now[name],
  );
  return [...fields, ...rest];
}

/** Longest text of each field, as the contract has it. */
export const longest: Record<keyof Typed, number> = {
  subject: 200,
  description: 20_000,
  region: 120,
  address: 300,
  product: 120,
  receipt: 5000,
  plan: 10_000,
  result: 10_000,
  review: 5000,
  rootCause: 200,
  solutionAgreed: 5000,
  apology: 5000,
  compensation: 1000,
  phones: 220,
};
