import { z } from 'zod';
import type { Permission } from './permissions.ts';

/**
 * Who may call a route before any team scope is looked at.
 * `public`: anyone; `visitor`: a widget visitor's token; `user`: any signed-in person or API key;
 * a permission: a person or key that holds it for at least one team (the use case checks which).
 */
export type Access = 'public' | 'visitor' | 'user' | Permission;

export interface RouteSpec {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify style path, for example `/api/conversations/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Absent: 204 without a body. */
  readonly response?: z.ZodType;
  readonly status?: number;
  /** Calls per minute and caller; the default is generous (600). */
  readonly ratePerMinute?: number;
  /** Multipart upload: the handler reads the stream itself. */
  readonly upload?: boolean;
}

/** Declares one HTTP route; server, typed client and OpenAPI document all read it. */
export function route<const R extends RouteSpec>(spec: R): R {
  return spec;
}

export type InputOf<
  R extends RouteSpec,
  K extends 'params' | 'query' | 'body',
> = R[K] extends z.ZodType ? z.output<R[K]> : undefined;
export type SentOf<
  R extends RouteSpec,
  K extends 'params' | 'query' | 'body',
> = R[K] extends z.ZodType ? z.input<R[K]> : undefined;
export type ResponseOf<R extends RouteSpec> = R['response'] extends z.ZodType
  ? z.output<R['response']>
  : undefined;

export const Uuid = z.uuid();
/** The years that ISO 8601 writes with four digits, seen from Greenwich: what can be stored and told again. */
const [firstInstant, lastInstant] = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'].map(
  Date.parse,
) as [number, number];
/** An instant as ISO 8601 with zone, for example `2026-05-01T08:00:00.000Z`. */
export const Instant = z.iso.datetime({ offset: true }).refine((text) => {
  const at = Date.parse(text);
  return at >= firstInstant && at <= lastInstant;
}, 'invalid_format');
export const IdParams = z.object({ id: Uuid });
export const Locale = z.enum(['zh-CN', 'en']);
export type Locale = z.output<typeof Locale>;

/** Keyset paging: pass `nextCursor` back as `cursor` for the next page; null means the last page. */
export const PageQuery = z.object({
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}

/** A short line typed by a person: trimmed, one to `max` characters, no control characters. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !hasControl(text), 'control_characters');
}
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32) return true;
  return false;
}
/** PostgreSQL stores no NUL; everything else a person may type is kept. */
export function freeText(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000'), 'control_characters');
}

/**
 * The fields of an input, each optional, for changing what was made from it. Unlike `partial()` alone it fills nothing
 * in: a default belongs to making, and would reset what the caller did not mention.
 */
export function changesOf<Shape extends z.ZodRawShape>(input: z.ZodObject<Shape>) {
  const given = Object.entries(input.shape).map(([name, field]) => [
    name,
    field instanceof z.ZodDefault ? field.unwrap() : field,
  ]);
  return z.object(Object.fromEntries(given) as Shape).partial();
}
