import { z } from 'zod';

/** What of JSON Schema the contract's inputs use. */
type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  pattern?: string;
  format?: string;
};

/** Inputs of which a schema cannot say that they must hold something, by the name of the field. */
const told: Record<string, unknown> = {
  parts: [{ type: 'text', text: '在吗' }],
  q: '在吗',
  timeZone: 'Asia/Shanghai',
  clientKey: '01a207a8-af98-7e52-a715-74098babeb29',
  // The flow that ships.
  flowKey: 'house',
};

/** Gives an id for a field or parameter of this name. */
export type IdOf = (name: string) => string;

// For texts that must have a form which a schema can only state as a pattern or not at all.
const shapes = ['sample', '#0d9488', '09:30', '2030-01-01', 'https://shop.example', 'sample_key'];

function sampleText({ schema, name, idOf }: Making): string {
  if (schema.format === 'uuid') return idOf(name);
  if (schema.format === 'email') return 'sample@example.com';
  if (schema.format === 'date-time') return '2099-01-01T00:00:00.000Z';
  const { pattern, minLength = 0 } = schema;
  const fitting = shapes.find((text) => !pattern || new RegExp(pattern, 'u').test(text));
  return (fitting ?? 'sample').padEnd(minLength, ' of some length');
}

type Making = { schema: Schema; name: string; idOf: IdOf };

const byType: Record<string, (making: Making) => unknown> = {
  object: ({ schema: { properties = {}, required = [] }, idOf }) =>
    Object.fromEntries(required.map((key) => [key, sample(properties[key] ?? {}, key, idOf)])),
  array: ({ schema: { items = {}, minItems = 0 }, name, idOf }) =>
    Array.from({ length: minItems }, () => sample(items, name, idOf)),
  string: sampleText,
  boolean: () => false,
  number: ({ schema }) => schema.minimum ?? 1,
  integer: ({ schema }) => schema.minimum ?? 1,
};

function sample(schema: Schema, name: string, idOf: IdOf): unknown {
  if (name in told) return told[name];
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return sample(choice, name, idOf);
  return byType[schema.type ?? '']?.({ schema, name, idOf }) ?? null;
}

/** The sample of a query and, for each of its choices, one more with that choice made. */
export function variantsOf(schema: z.ZodType | undefined, idOf: IdOf): object[] {
  if (!schema) return [{}];
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const least = (sample(json, '', idOf) ?? {}) as object;
  const choices = Object.entries(json.properties ?? {}).flatMap(([name, property]) =>
    (property.enum ?? []).map((value) => ({ ...least, [name]: value })),
  );
  return [least, ...choices];
}

/** The least input that fits a schema of the contract; its ids are what `idOf` says. */
export function sampleOf(schema: z.ZodType | undefined, idOf: IdOf): unknown {
  if (!schema) return undefined;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return sample(json as Schema, '', idOf);
}
