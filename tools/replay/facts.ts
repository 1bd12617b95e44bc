import { writeFileSync } from 'node:fs';
import type { Lived } from './drive.ts';

/** What the product says of an order, for whoever checks it without knowing the product: one JSON object a line. */
export function factsOf({ life, performed, order }: Lived): object {
  const { request, flow, department } = life;
  const { number, status, stepKey, visits, lines } = order;
  return {
    key: request.key,
    flow,
    department,
    number,
    status,
    stepKey,
    performed,
    visits: visits.map(({ stepName: _, ownerName: __, ...visit }) => visit),
    lines: lines.map(({ at, kind, data }) => ({ at, kind, data })),
  };
}

export function writeFacts(file: string, lived: Lived[]): void {
  const text = lived.map((one) => JSON.stringify(factsOf(one))).join('\n');
  writeFileSync(file, `${text}\n`);
}
