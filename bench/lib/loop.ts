import { Durations } from '../../tools/simulate/ledger.ts';

export type Figures = ReturnType<Durations['summary']> & { perSecond: number };

/** `clients` callers, each beginning its next call when the last is answered, for so many calls in all. */
export async function closedLoop(
  { clients, calls }: { clients: number; calls: number },
  call: (nth: number) => Promise<number>,
): Promise<Figures> {
  const durations = new Durations();
  let next = 0;
  const start = performance.now();
  const client = async (): Promise<void> => {
    while (next < calls) durations.add(await call(next++));
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1000;
  return { ...durations.summary(), perSecond: Math.round(durations.count / seconds) };
}
