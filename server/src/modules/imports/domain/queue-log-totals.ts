import type { ImportQueueTotals } from '@yingda/contract';

type Figure = Exclude<keyof ImportQueueTotals, 'queue' | 'asteriskCompleted' | 'asteriskAbandoned'>;

const figures: Record<string, Figure> = {
  ENTERQUEUE: 'entered',
  CONNECT: 'answered',
  COMPLETEAGENT: 'completed',
  COMPLETECALLER: 'completed',
  TRANSFER: 'transferred',
  BLINDTRANSFER: 'transferred',
  ATTENDEDTRANSFER: 'transferred',
  ABANDON: 'abandoned',
  EXITWITHTIMEOUT: 'timedOut',
  EXITWITHKEY: 'leftByKey',
  EXITEMPTY: 'leftEmpty',
  JOINEMPTY: 'refused',
  FULL: 'refused',
};

const MAX_QUEUES = 500;

/** Counts lines by queue and verb, as the log has them. */
export function queueTotals() {
  const queues = new Map<string, Record<Figure, number>>();
  const uncounted = new Map<string, number>();
  return {
    add(queue: string, verb: string): void {
      const figure = figures[verb];
      if (!figure || queue === '') return;
      let totals = queues.get(queue);
      if (!totals) {
        if (queues.size >= MAX_QUEUES) return;
        totals = {
          entered: 0,
          answered: 0,
          completed: 0,
          transferred: 0,
          abandoned: 0,
          timedOut: 0,
          leftByKey: 0,
          leftEmpty: 0,
          refused: 0,
        };
        queues.set(queue, totals);
      }
      totals[figure] += 1;
    },
    /** A call that Asterisk did not count as completed, as its agent was no member any more at its end. */
    uncounted(queue: string): void {
      uncounted.set(queue, (uncounted.get(queue) ?? 0) + 1);
    },
    /** With Asterisk's own figures: a transfer completes a call, a time-out or an emptied queue is an abandoned one. */
    result: (): ImportQueueTotals[] =>
      [...queues]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([queue, totals]) => ({
          queue,
          ...totals,
          asteriskCompleted: totals.completed + totals.transferred - (uncounted.get(queue) ?? 0),
          asteriskAbandoned: totals.abandoned + totals.timedOut + totals.leftEmpty,
        })),
  };
}
