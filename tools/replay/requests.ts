import { readFileSync } from 'node:fs';

/** A citizen's request as the city's file tells it; times in epoch milliseconds. */
export type CityRequest = {
  key: string;
  createdAt: number;
  closedAt: number | null;
  agency: string;
  agencyName: string;
  type: string;
  descriptor: string;
  borough: string;
};

/** The file covers December and the first days of January only: standard time of New York throughout. */
const instantOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}-05:00`);

/** Requests in the order in which they came. `most`: so many of them, spread over the whole time. */
export function readRequests(file: string, most = Infinity): CityRequest[] {
  const [header = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  const requests = rows.map((row): CityRequest => {
    const fields = row.split(',');
    const of = (name: string): string => fields[names.indexOf(name)] ?? '';
    return {
      key: of('Unique Key'),
      createdAt: instantOf(of('Created Date')),
      closedAt: of('Closed Date') === '' ? null : instantOf(of('Closed Date')),
      agency: of('Agency'),
      agencyName: of('Agency Name'),
      type: of('Complaint Type'),
      descriptor: of('Descriptor'),
      borough: of('Borough'),
    };
  });
  const inOrder = requests.toSorted(
    (a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1),
  );
  if (inOrder.length <= most) return inOrder;
  const step = inOrder.length / most;
  return Array.from({ length: most }, (_, at) => inOrder[Math.floor(at * step)]).filter(
    (one) => one !== undefined,
  );
}
