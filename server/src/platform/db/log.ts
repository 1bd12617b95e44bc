import { inspect } from 'node:util';

type Write = (detail: object, message: string) => void;

/** The part of a logger the database needs; a pino logger fits. */
export type DatabaseLog = { info: Write; warn: Write; error: Write };

/** Says nothing: for tests and short tools. */
export const silentLog: DatabaseLog = { info: () => {}, warn: () => {}, error: () => {} };

const write: Write = (detail, message) =>
  process.stderr.write(`${message} ${inspect(detail, { breakLength: Infinity })}\n`);

/** Warnings and errors on standard error, one line each: for command line tools. */
export const consoleLog: DatabaseLog = { info: () => {}, warn: write, error: write };
