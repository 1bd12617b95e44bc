import type { FastifyInstance } from 'fastify';
import { Problem } from '../../kernel/problem.ts';

/** Deeper than any input of the contract; what is nested deeper overflows the stack of whoever walks it. */
const MAX_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether lists and objects stand in each other deeper than allowed. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (inText) {
      if (sign === BACKSLASH) at += 1;
      else if (sign === QUOTE) inText = false;
    } else if (sign === QUOTE) inText = true;
    else if (sign === 0x5b || sign === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (sign === 0x5d || sign === 0x7d) depth -= 1;
  }
  return false;
}

/** The value with half characters (lone surrogates, as texts cut within an emoji end) replaced in all its texts. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name.toWellFormed(), wellFormed(field)]),
  );
}

// UTF-8 cannot spell a surrogate: only an escape can.
const SURROGATE = /\\u[dD][89a-fA-F]/;

/** Reads JSON bodies: no prototypes, nothing nested without end, no half characters (the database stores none). */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, text, done) => {
      if (isTooDeep(text)) return done(new Problem('request.malformed'));
      void parse(request, text, (error, value: unknown) =>
        done(error, SURROGATE.test(text) ? wellFormed(value) : value),
      );
    },
  );
}
