import type { ImportDetail, ResponseOf } from '@yingda/contract';
import { getImport, uploadImportFile } from '@yingda/contract';
import type { Caller, TestApp } from '../../../test/app.ts';

/** Sends a file as a browser does. */
export async function upload(
  app: TestApp,
  as: Caller,
  { name, bytes }: { name: string; bytes: string | Uint8Array },
): Promise<ResponseOf<typeof uploadImportFile>> {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(bytes)]), name);
  const request = new Request('http://local/', { method: 'POST', body: form });
  const answer = await app.http?.inject({
    method: 'POST',
    url: uploadImportFile.path,
    headers: { ...as.headers, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  if (answer?.statusCode !== 201) throw new Error(`upload: ${answer?.body}`);
  return answer.json();
}

const open = new Set(['waiting', 'running', 'removing']);

/** The import once it is over. */
export async function over(app: TestApp, as: Caller, id: string): Promise<ImportDetail> {
  for (;;) {
    const { body } = await app.request(getImport, as, { params: { id } });
    if (!open.has(body.state)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Rows as the "Anonymous Bank" has them, one for each of its oddities. */
export const bankRows = [
  'vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver',
  // Never queued.
  'AA0101\t1\t0\t0\tPS\t990201\t7:02:47\t7:02:56\t9\t0:00:00\t0:00:00\t0\tAGENT\t7:02:55\t7:05:41\t166\tDORIT',
  // Nobody knows who answered.
  'AA0101\t2\t0\t0\tPS\t990201\t7:31:45\t7:31:55\t10\t0:00:00\t0:00:00\t0\tAGENT\t7:31:54\t7:31:59\t5\tNO_SERVER',
  // Given up in the queue, by a customer of priority.
  'AA0101\t3\t23317894\t2\tPS\t990201\t8:09:16\t8:09:22\t6\t8:09:22\t8:09:27\t5\tHANG\t0:00:00\t0:00:00\t0\tNO_SERVER',
  // Service begins a second before the queue's exit.
  'AA0101\t4\t48178511\t2\tPE\t990201\t8:19:42\t8:19:47\t5\t8:19:47\t8:20:21\t34\tAGENT\t8:20:20\t8:22:04\t104\tMICHAL',
  // Left out.
  'AA0101\t5\t0\t0\tPS\t990201\t9:00:00\t9:00:05\t5\t9:00:05\t9:00:06\t1\tPHANTOM\t0:00:00\t0:00:00\t0\tNO_SERVER',
  // Across midnight.
  'AA0103\t6\t0\t0\tNW\t990202\t23:59:17\t23:59:17\t0\t23:59:26\t0:00:27\t61\tAGENT\t0:00:26\t0:01:26\t60\tAVNI',
  // A negative time in the menu.
  'AA0102\t7\t25627027\t1\tPS\t990207\t9:48:14\t9:47:17\t-57\t9:47:17\t9:50:11\t174\tAGENT\t9:50:11\t9:51:28\t77\tKAZAV',
  // Queued at midnight itself, which is also how "never" is written.
  'AA0102\t8\t15696776\t2\tPS\t990215\t23:59:54\t23:59:54\t0\t0:00:00\t0:00:27\t27\tAGENT\t0:00:26\t0:01:33\t67\tAVNI',
  // Given up in the menu.
  'AA0102\t9\t0\t0\tIN\t990216\t10:00:00\t10:00:04\t4\t0:00:00\t0:00:00\t0\tHANG\t0:00:00\t0:00:00\t0\tNO_SERVER',
];
