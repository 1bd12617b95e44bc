import type { FileView, ProblemBody } from '@yingda/contract';

export type Sent = { name: string; mime?: string; bytes: Uint8Array<ArrayBuffer> | string };
export type UploadAnswer = { status: number; file: FileView; problem: ProblemBody };

/** Uploads a file as a browser does; `raw`: the name as it stands in the header, unescaped. */
export async function upload(
  address: string,
  headers: Record<string, string>,
  { name, mime = 'application/octet-stream', bytes }: Sent,
): Promise<UploadAnswer> {
  const form = new FormData();
  form.set('file', new File([bytes], name, { type: mime }));
  const answer = await fetch(address, { method: 'POST', headers, body: form });
  const body: unknown = await answer.json();
  return { status: answer.status, file: body as FileView, problem: body as ProblemBody };
}
