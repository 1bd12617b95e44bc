/** The server's refusal by its code, or `network` when there was no answer. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export interface Call {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** Hears the share of an upload sent so far, 0 to 1. */
  onProgress?: (share: number) => void;
}

const HANG_MS = 30_000;
const UPLOAD_HANG_MS = 600_000;

function answerOf({ status, responseText }: XMLHttpRequest): unknown {
  let said: { code?: unknown } | null = null;
  try {
    said = JSON.parse(responseText) as { code?: unknown } | null;
  } catch {
    // A proxy's own error page.
  }
  if (status >= 200 && status < 300 && said !== null) return said;
  throw new Refusal(typeof said?.code === 'string' ? said.code : 'server.unexpected');
}

/** Calls the server with JSON or a form. Throws a `Refusal`. By the old way, which alone tells how far an upload is. */
export function call<T>({ method, path, body, onProgress }: Call): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const isForm = body instanceof FormData;
    request.open(method, path);
    request.timeout = isForm ? UPLOAD_HANG_MS : HANG_MS;
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Refusal('network'));
    request.ontimeout = request.onerror;
    request.onabort = request.onerror;
    request.onload = () => {
      try {
        resolve(answerOf(request) as T);
      } catch (error) {
        reject(error instanceof Error ? error : new Refusal('server.unexpected'));
      }
    };
    if (body !== undefined && !isForm) request.setRequestHeader('content-type', 'application/json');
    request.send(isForm ? body : body === undefined ? null : JSON.stringify(body));
  });
}
