import { problemFrom, ProblemError } from './api.ts';
import { currentLanguage } from './language.ts';

function nameIn(header: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(header ?? '')?.[1];
  return encoded === undefined ? 'report' : decodeURIComponent(encoded);
}

/** Fetches a file and hands it to the browser to keep. A plain link would show a refusal as a page of its own. */
export async function download(address: string): Promise<void> {
  const response = await fetch(address, {
    credentials: 'same-origin',
    headers: { 'accept-language': currentLanguage() },
  }).catch(() => {
    throw new ProblemError('network.unreachable', 0);
  });
  if (!response.ok)
    throw problemFrom(response.status, await response.json().catch(() => undefined));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameIn(response.headers.get('content-disposition'));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
