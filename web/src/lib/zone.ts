/** What the clocks of a zone show at an instant, as if it were UTC. */
function wallClock(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at));
  const of = (wanted: string): number =>
    Number(parts.find(({ type }) => type === wanted)?.value ?? 0);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** The calendar day of a zone at an instant: `2026-11-23`. */
export function localDate(zone: string, at: number = Date.now()): string {
  return new Date(wallClock(zone, at)).toISOString().slice(0, 10);
}

/**
 * The instant at which the clocks of a zone show a day and minutes since its midnight (1440 is the next midnight). A
 * time that a clock change leaves out is the same length after the change; of two the first is meant.
 */
export function instantOf(zone: string, date: string, minutes: number): string {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const offsets = [wanted - 86_400_000, wanted + 86_400_000].map((at) => wallClock(zone, at) - at);
  const found = offsets
    .map((offset) => wanted - offset)
    .filter((at) => wallClock(zone, at) === wanted);
  const at = found.length > 0 ? Math.min(...found) : wanted - (offsets[0] ?? 0);
  return new Date(at).toISOString();
}

/** A calendar day so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
