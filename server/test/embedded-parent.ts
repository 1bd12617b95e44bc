/** A process that starts the embedded server and waits to be killed: for the launcher's tests. */
import { consoleLog } from '../src/platform/db/log.ts';
import { startEmbedded } from '../src/platform/db/embedded/index.ts';

const [dataDir = '', throwaway = ''] = process.argv.slice(2);
const server = await startEmbedded({
  dataDir,
  log: consoleLog,
  throwaway: throwaway === 'throwaway',
});
process.stdout.write(`${server.url}\n`);
setInterval(() => {}, 1000);
