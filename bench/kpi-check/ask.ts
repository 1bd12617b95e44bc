import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportDetail, ImportView, ReportView } from '../../contract/src/index.ts';
import { setUp } from '../../contract/src/index.ts';
import { Client } from '../../tools/simulate/client.ts';

/** A person who asks the running product over HTTP, as anybody's script would. */
export type Asker = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  upload(file: string): Promise<{ id: string }>;
  headers: Record<string, string>;
};

const administrator = { email: 'admin@bench.yingda.local', password: 'bench-admin-2026' };

/** Founds the organisation of a new installation and signs its administrator in. */
export async function foundAndSignIn(baseUrl: string, timeZone: string): Promise<Asker> {
  const client = new Client(baseUrl);
  await client.call(setUp, {
    body: {
      organisationName: 'Bench',
      name: 'Administrator',
      ...administrator,
      locale: 'en',
      timeZone,
    },
  });
  return signIn(baseUrl);
}

export async function signIn(baseUrl: string): Promise<Asker> {
  const client = new Client(baseUrl);
  await client.signIn(administrator.email, administrator.password);
  async function send<T>(path: string, init: RequestInit): Promise<T> {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: { ...client.headers, ...(init.headers as Record<string, string> | undefined) },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
  return {
    headers: client.headers,
    get: (path) => send(path, {}),
    post: (path, body) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async upload(file) {
      const form = new FormData();
      form.set('file', await openAsBlob(file), basename(file));
      return send('/api/imports/files', { method: 'POST', body: form });
    },
  };
}

/** Imports a file whose columns the product understands by itself; waits until it is in the reports. */
export async function importFile(
  asker: Asker,
  { file, log }: { file: string; log: string },
  watch: (now: ImportDetail) => void = () => {},
): Promise<ImportDetail> {
  const uploaded = await asker.upload(file);
  const started = await asker.post<ImportView>('/api/imports', {
    fileIds: [uploaded.id],
    kind: 'table',
    log,
  });
  for (;;) {
    const now = await asker.get<ImportDetail>(`/api/imports/${started.id}`);
    watch(now);
    if (now.state === 'done') return now;
    if (now.state !== 'waiting' && now.state !== 'running')
      throw new Error(`the import of ${file} is ${now.state}: ${JSON.stringify(now.problem)}`);
    await sleep(200);
  }
}

export const askReport = (asker: Asker, query: Record<string, string>): Promise<ReportView> =>
  asker.get(`/api/kpi/report?${new URLSearchParams(query).toString()}`);
