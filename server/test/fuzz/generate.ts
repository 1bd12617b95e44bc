import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that contract schemas turn into. */
type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
};

/** Ids (by table) and keys that exist, so that generated input reaches what is behind the first look-up. */
export type Known = { ids: Map<string, string[]>; keys: string[] };

/** What an id stands for, by the name of its field or the word before it in an address. */
const kinds: Record<string, string> = {
  conversations: 'conversation',
  conversationId: 'conversation',
  ids: 'conversation',
  messageId: 'message',
  customers: 'customer',
  customerId: 'customer',
  otherId: 'customer',
  noteId: 'customer_note',
  people: 'app_user',
  presence: 'app_user',
  userId: 'app_user',
  actorId: 'app_user',
  agentId: 'app_user',
  assigneeId: 'app_user',
  memberIds: 'app_user',
  mentions: 'app_user',
  teams: 'team',
  teamId: 'team',
  teamIds: 'team',
  departments: 'department',
  departmentId: 'department',
  roles: 'role',
  roleId: 'role',
  queues: 'queue',
  queueId: 'queue',
  hours: 'opening_hours',
  hoursId: 'opening_hours',
  widgets: 'widget',
  keys: 'api_key',
  invitations: 'invitation',
  files: 'file',
  fileId: 'file',
  offers: 'offer',
  'canned-replies': 'canned_reply',
  'custom-fields': 'custom_field',
  kpi: 'contact',
  orders: 'work_order',
  orderId: 'work_order',
  otherOrderId: 'work_order',
  exceptId: 'work_order',
  parentId: 'work_order',
  categoryId: 'order_category',
  taskId: 'order_task',
  callbacks: 'callback',
  holderId: 'app_user',
  ownerId: 'app_user',
};

const texts = [
  '你好，我的订单还没到',
  'Hello',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; drop table message; --",
  '\u202Eevil\u202C',
  '👩‍👩‍👧‍👦🀄',
  '𠮷野家',
  '%00%ff',
  '{{customer.name}}',
  '\\u0000',
  '../../etc/passwd',
  '-',
  '0',
  'null',
];

function cut(text: string, { minLength = 0, maxLength = 200 }: Schema): string {
  const long = text.length < minLength ? text + 'x'.repeat(minLength - text.length) : text;
  return long.slice(0, maxLength).toWellFormed();
}

function idOf(place: string, { ids }: Known): Arbitrary<string> {
  const fitting = ids.get(kinds[place] ?? '') ?? [];
  const all = [...ids.values()].flat();
  return fc.oneof(
    ...(fitting.length > 0 ? [{ weight: 8, arbitrary: fc.constantFrom(...fitting) }] : []),
    { weight: 1, arbitrary: fc.constantFrom(...all) },
    fc.uuid(),
  );
}

/** `text`: what every field that takes any text is filled with. */
type Place = { known: Known; name: string; text?: string };

const numbers = ['1', '1,2', '', '3,99999999999', '-1'];
/** What fields hold that take a list as one text. */
const named: Record<string, string[]> = {
  queues: numbers,
  agents: numbers,
  topics: numbers,
  types: numbers,
  sources: numbers,
  standards: ['', 'service_level', 'abandonment,talk_time', 'turnover,nonsense'],
};

function stringOf(schema: Schema, { known, name, text }: Place): Arbitrary<string> {
  const { format, pattern } = schema;
  if (format === 'uuid') return idOf(name, known);
  if (/^(key|widgetKey|token|me)$/.test(name)) return fc.constantFrom(...known.keys);
  const usual = named[name];
  if (usual) return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...usual) }, fc.string());
  if (name === 'timeZone')
    return fc.constantFrom('Asia/Shanghai', 'UTC', 'Mars/Olympus', '', '+08:00');
  if (format === 'email')
    return fc.oneof(
      fc.integer({ min: 0, max: 9 }).map((n) => `customer${n}@example.com`),
      fc.constant("o'brien+x@example.co.uk"),
    );
  if (format === 'date-time')
    return fc.oneof(
      fc.constantFrom(
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59.999Z',
        '2026-05-01T08:00:00+14:00',
        '2026-05-01T08:00:00Z',
        '2026-05-01T16:00:00Z',
      ),
      fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
        .map((date) => date.toISOString()),
    );
  if (format === 'date')
    return fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('2026-05-01', '2026-05-02', '2026-06-30') },
      fc.constantFrom('0000-01-01', '9999-12-31', '2024-02-29'),
    );
  if (pattern !== undefined)
    return fc
      .oneof(matching(pattern), fc.constantFrom('abc', 'a_1'))
      .map((text) => cut(text, schema));
  if (text !== undefined) return fc.constant(cut(text, schema));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...texts).map((one) => cut(one, schema)) },
    fc.string({ unit: 'grapheme', maxLength: 40 }).map((one) => cut(one, schema)),
    fc.constantFrom(...known.keys),
    fc.constant(
      cut('长'.repeat(Math.min(schema.maxLength ?? 200, 12_000)), {
        ...schema,
        maxLength: schema.maxLength ?? 12_000,
      }),
    ),
  );
}

function matching(pattern: string): Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return fc.constant('abc');
  }
}

function numberOf({ minimum, maximum, type }: Schema, { name }: Place): Arbitrary<number> {
  // That of what nobody has changed yet, so that most input reaches what is behind the comparison.
  if (name === 'version') return fc.constantFrom(1, 1, 1, 2, -1);
  const min = Math.max(minimum ?? -1e12, Number.MIN_SAFE_INTEGER);
  const max = Math.min(maximum ?? 1e12, Number.MAX_SAFE_INTEGER);
  const whole = fc.oneof(
    fc.integer({ min, max: Math.min(max, min + 100) }),
    fc.constantFrom(min, max, Math.min(max, Math.max(min, 2_147_483_648))),
  );
  return type === 'number' ? fc.oneof(whole, fc.double({ min, max, noNaN: true })) : whole;
}

function objectOf({ properties = {}, required = [] }: Schema, place: Place): Arbitrary<object> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      arbitraryOf(value, { ...place, name: name === 'id' ? place.name : name }),
    ]),
  );
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true });
}

function recordOf(schema: Schema, place: Place): Arbitrary<object> {
  const values = schema.additionalProperties;
  return fc.dictionary(
    fc.constantFrom('name', 'order_number', 'constructor', '<b>', '字段', 'x'.repeat(60)),
    typeof values === 'object' ? arbitraryOf(values, place) : fc.anything(),
    { maxKeys: 5, noNullPrototype: true },
  );
}

function listOf({ items, minItems = 0, maxItems = 8 }: Schema, place: Place): Arbitrary<unknown[]> {
  const maxLength = Math.max(minItems, Math.min(maxItems, 8));
  return fc.array(arbitraryOf(items ?? {}, place), { minLength: minItems, maxLength });
}

const byType: Record<string, (schema: Schema, place: Place) => Arbitrary<unknown>> = {
  string: stringOf,
  number: numberOf,
  integer: numberOf,
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  array: listOf,
  object: (schema, place) =>
    schema.properties ? objectOf(schema, place) : recordOf(schema, place),
};

const workingWeek = Array.from({ length: 7 }, () => [
  { from: 540, to: 720 },
  { from: 780, to: 1440 },
]);

function arbitraryOf(schema: Schema, place: Place): Arbitrary<unknown> {
  // Periods thrown together overlap: nothing would be behind the first look at them.
  if (place.name === 'week' && schema.maxItems === 7)
    return fc.oneof(fc.constant(workingWeek), listOf(schema, place));
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, place)));
  const make = byType[schema.type ?? ''];
  return make ? make(schema, place) : fc.jsonValue();
}

/** Input that the schema lets in, as far as JSON Schema can tell. `name`: what its ids stand for. */
export function inputFor(schema: z.ZodType | undefined, place: Place): Arbitrary<unknown> {
  if (!schema) return fc.constant(undefined);
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return arbitraryOf(json as Schema, place);
}

/** A list in a list in a list. */
export function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let at = 0; at < depth; at += 1) value = [value];
  return value;
}

/** Values that fit no field, or only by accident. */
export const wrongValues: unknown[] = [
  null,
  true,
  0,
  -1,
  -0,
  1e308,
  -1e308,
  2 ** 53 + 2,
  0.1,
  'NaN',
  'Infinity',
  '-1',
  '1e400',
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udc00b',
  '\u202e\u2066\u200f',
  '\ufeff',
  '-'.repeat(36),
  'a'.repeat(36),
  'x'.repeat(100_000),
  '长'.repeat(100_000),
  [],
  {},
  [null],
  [[]],
  { toString: 'x', valueOf: 1, length: -1 },
  { $ne: null },
  JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}'),
  Array.from({ length: 10_000 }, () => 'x'),
  Array.from({ length: 10_000 }, () => ({})),
  nested(2_000),
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59+23:59',
  '2026-02-30',
];

type Path = (string | number)[];

function pathsIn(value: unknown, base: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [base];
  const inside = Object.entries(value).flatMap(([key, field]) =>
    pathsIn(field, [...base, Array.isArray(value) ? Number(key) : key]),
  );
  return [base, ...inside];
}

/** The value with one place in it replaced (undefined: left out). */
function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, at) => (at === key ? replaced(item, rest, by) : item));
  return {
    ...(value as object),
    [key]: replaced((value as Record<string, unknown>)[key], rest, by),
  };
}

/** The same input with one field wrong, missing or too many. */
export function spoilt(input: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc
    .tuple(input, fc.nat(), fc.constantFrom(undefined, ...wrongValues))
    .map(([value, where, wrong]) => {
      const paths = pathsIn(value);
      const path = paths[where % paths.length] ?? [];
      if (where % 11 === 0 && typeof value === 'object')
        return { ...value, unknownField: wrong ?? 'x' };
      return replaced(value, path, wrong);
    });
}
