import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '@yingda/contract';
import { afterAll, expect, test } from 'vitest';
import { migrationsDir } from '../src/app/compose.ts';
import { silentLog } from '../src/platform/db/log.ts';
import { connectDatabase, migrate, startEmbedded } from '../src/platform/db/index.ts';
import { testApp } from './app.ts';
import { lossesOf, writeOn } from './fuzz/load.ts';
import { smallDisk } from './fuzz/small-disk.ts';
import { setTeam, setVisitor } from './fuzz/stage.ts';
import { upload } from './fuzz/upload.ts';

const patience = { timeout: 90_000, interval: 100 };
const closing: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const filesDisk = smallDisk(8);
const databaseDisk = smallDisk(160);
for (const disk of [filesDisk, databaseDisk]) if (disk) closing.push(() => disk.remove());

test.skipIf(!filesDisk)(
  'uploads to a full disk are refused as such, leave nothing, and work again when there is room',
  async () => {
    if (!filesDisk) return;
    const app = await testApp({ config: { dataDir: filesDisk.folder } });
    const person = await app.newPerson({ role: 'agent' });
    const address = `${await app.address()}/api/files`;
    const headers = { ...person.headers, 'accept-language': 'en' };
    const send = (megabytes: number) =>
      upload(address, headers, { name: 'a.bin', bytes: new Uint8Array(megabytes * 1024 * 1024) });
    expect((await send(1)).status).toBe(201);
    filesDisk.fill(200_000);
    for (const size of [1, 4]) {
      const { status, problem } = await send(size);
      expect([status, problem.code]).toEqual([507, 'server.disk_full']);
      expect(problem.title).toMatch(/disk/i);
    }
    const kept = readdirSync(join(filesDisk.folder, 'files'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(kept.filter((entry) => entry.isFile())).toHaveLength(1);
    expect((await app.request(contract.getMe, person)).status).toBe(200);
    filesDisk.free();
    expect((await send(1)).status).toBe(201);
  },
);

test.skipIf(!databaseDisk)(
  'a database on a full disk says so, loses nothing acknowledged, and goes on when there is room',
  async () => {
    if (!databaseDisk) return;
    const server = await startEmbedded({ dataDir: databaseDisk.folder, log: silentLog });
    const database = connectDatabase(server.url, { log: silentLog });
    await migrate(database, { dir: migrationsDir });
    const app = await testApp({ database });
    closing.push(async () => {
      await app.stop();
      await database.close();
      await server.stop();
    });
    const admin = await app.newPerson({ role: 'administrator' });
    const team = await setTeam(app, admin);
    const writers = [];
    for (let at = 0; at < 6; at += 1) writers.push(await setVisitor(app, team.widgetKey));

    const load = writeOn(app, writers);
    await sleep(500);
    databaseDisk.fill();
    await expect
      .poll(() => load.refusals.get('server.disk_full') ?? 0, patience)
      .toBeGreaterThan(5);
    const reading = await app.request(contract.listTeams, admin);
    expect([200, 503]).toContain(reading.status);
    databaseDisk.free();
    const before = load.written.length;
    await expect.poll(() => load.written.length, patience).toBeGreaterThan(before + 20);
    await load.stop();
    expect(await lossesOf(app, load)).toEqual([]);
    const codes = [...load.refusals.keys()];
    expect(
      codes.filter((code) => !['server.disk_full', 'server.unavailable'].includes(code)),
    ).toEqual([]);
    const health = await app.http?.inject({ method: 'GET', url: '/health' });
    expect(health?.statusCode).toBe(200);
  },
);
