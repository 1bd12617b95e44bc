import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { importFile } from '../kpi-check/ask.ts';
import type { Asker } from '../kpi-check/ask.ts';
import { importerMb } from './rss.ts';

export type Imported = {
  contacts: number;
  megabytes: number;
  /** From the first byte of the upload until the contacts are in the reports. */
  seconds: number;
  perSecond: number;
  /** Of it, what the server's own clock says for reading and counting. */
  readingSeconds: number;
  /** Memory of the importing process when so much of the file was read. */
  memoryMb: { share: number; mb: number }[];
  mostMb: number;
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** Imports a file as a person would, and watches the memory of the process that reads it. */
export async function timedImport(
  asker: Asker,
  { file, log, pid }: { file: string; log: string; pid: number },
  say: (text: string) => void,
): Promise<Imported> {
  const begin = performance.now();
  const samples: { share: number; mb: number }[] = [];
  let most = 0;
  const done = await importFile(asker, { file, log }, (now) => {
    const share = now.bytesTotal > 0 ? now.bytesRead / now.bytesTotal : 0;
    const mb = importerMb(pid);
    if (now.state === 'running') most = Math.max(most, mb);
    const last = samples.at(-1);
    if (now.state !== 'running' || (last && share < last.share + 0.1)) return;
    samples.push({ share: Math.round(share * 100) / 100, mb });
    say(`${Math.round(share * 100)} % read, ${now.contacts} contacts, ${mb} MB`);
  });
  const seconds = (performance.now() - begin) / 1000;
  const reading = Date.parse(done.endedAt ?? '') - Date.parse(done.startedAt ?? '');
  return {
    contacts: done.contacts,
    megabytes: Math.round(statSync(file).size / 1e6),
    seconds: round(seconds),
    perSecond: Math.round(done.contacts / seconds),
    readingSeconds: round(reading / 1000),
    memoryMb: samples,
    mostMb: most,
  };
}
