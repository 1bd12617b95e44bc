import type { ReportPeriod, StandardKey } from '@yingda/contract';

/** A target for the seconds of the service level, in force from a local date on. */
export type SecondsTarget = {
  standard: StandardKey;
  queueId: number | null;
  typeId: number | null;
  seconds: number | null;
  validFrom: string;
};

/** Which contacts have how many seconds; null: any queue, any type, the whole period. */
export type SecondsRule = {
  queue: number | null;
  type: number | null;
  from: string | null;
  seconds: number;
};

const rank = ({ queueId, typeId }: SecondsTarget): number =>
  (queueId === null ? 0 : 2) + (typeId === null ? 0 : 1);

/**
 * The seconds of the service level in a period: the first rule that fits a contact holds, the settings' where none
 * does. `targets`: the newest first. Rules of the queue go before those of the type before those of all.
 */
export function secondsRules(
  targets: readonly SecondsTarget[],
  { from, to }: ReportPeriod,
): SecondsRule[] {
  const fitting = targets
    .filter(({ standard, seconds }) => standard === 'service_level' && seconds !== null)
    .filter(({ validFrom }) => validFrom <= to)
    .sort((a, b) => rank(b) - rank(a));
  const settled = new Set<string>();
  const rules: SecondsRule[] = [];
  for (const { queueId, typeId, seconds, validFrom } of fitting) {
    const whom = `${queueId ?? ''}/${typeId ?? ''}`;
    if (settled.has(whom) || seconds === null) continue;
    const isAlways = validFrom <= from;
    if (isAlways) settled.add(whom);
    rules.push({ queue: queueId, type: typeId, from: isAlways ? null : validFrom, seconds });
  }
  return rules;
}
