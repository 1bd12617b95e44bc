// Loaded before the product (--import): its wall clock is off by as many milliseconds as the file CLOCK_FILE says now.
import { readFileSync } from 'node:fs';

const RealDate = Date;
const file = process.env['CLOCK_FILE'] ?? '';
let offset = 0;

function read(): void {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    offset = 0;
  }
}
read();
setInterval(read, 50).unref();

const now = (): number => RealDate.now() + offset;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], created) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, created) as object,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});
