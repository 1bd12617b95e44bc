import { backoff, CallProblem, uploadFile } from '../lib/http.ts';
import { randomKey } from '../lib/ids.ts';
import { drain, nextOrder } from '../sync/outbox.ts';
import type { Entry, Outcome } from '../sync/outbox.ts';
import type { Core } from './core.ts';
import { pageOf } from './core.ts';
import type { Session } from './session.ts';
import type { Sync } from './sync.ts';
import type { FileView, VisitorConversation, VisitorMessage } from './types.ts';

export interface Delivery {
  sendText: (text: string) => void;
  sendFile: (file: File) => Promise<void>;
  retry: (order: string) => void;
  discard: (order: string) => void;
  /** Sends what waits, now. */
  kick: () => void;
}

const lockMs = 15_000;

/**
 * Several tabs take turns by a Web Lock so that they do not post the same entry twice. It only saves work (see
 * `drain`): without locks, or when a sleeping tab holds one too long, going on without is safe.
 */
function inTurn(name: string): (work: () => Promise<number | null>) => Promise<number | null> {
  let waitingSince = 0;
  return (work) => {
    const locks = navigator.locks as LockManager | undefined;
    if (!locks || (waitingSince > 0 && Date.now() - waitingSince > lockMs)) return work();
    return locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) {
        waitingSince = 0;
        return work();
      }
      waitingSince ||= Date.now();
      return 1500;
    });
  };
}

function outcomeOf(error: unknown, attempt: number): Outcome {
  if (!(error instanceof CallProblem) || error.passing || error.status === 401) {
    const asked = error instanceof CallProblem ? error.retryAfterMs : 0;
    return { kind: 'later', afterMs: Math.max(asked, backoff(attempt)) };
  }
  return { kind: 'refused', code: error.code };
}

async function uploaded(core: Core, entry: Entry): Promise<string> {
  const { state, blobs, base, memory, outbox } = core;
  const { order, file } = entry;
  if (entry.fileId) return entry.fileId;
  const blob = await blobs.get(order);
  if (!blob || !file) throw new CallProblem('file.lost', 410);
  const showProgress = (share: number): void =>
    state.set({ progress: { ...state.get().progress, [order]: share } });
  const view = await uploadFile<FileView>({
    url: `${base}/api/webchat/files`,
    token: memory.get('token') ?? '',
    file: blob,
    name: file.name,
    progress: showProgress,
  });
  outbox.update(order, { fileId: view.id });
  return view.id;
}

async function post(
  core: Core,
  entry: Entry,
): Promise<{ message: VisitorMessage; conversation: VisitorConversation }> {
  const parts = entry.file
    ? [{ type: 'file', fileId: await uploaded(core, entry) }]
    : [{ type: 'text', text: entry.text }];
  const { clientKey, fields } = entry;
  const body = { clientKey, parts, fields, page: pageOf() };
  return core.call({ method: 'POST', path: '/api/webchat/messages', body });
}

/** Sends what the visitor writes, in order, through reloads and lost networks. */
export function createDelivery(core: Core, session: Session, sync: Sync): Delivery {
  const { state, outbox, blobs, widgetKey } = core;
  const turn = inTurn(`yingda:${widgetKey}`);
  let attempt = 0;
  let running = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const deliver = async (entry: Entry): Promise<Outcome> => {
    try {
      const answer = await session.withSession(() => post(core, entry));
      attempt = 0;
      sync.adopt(answer.conversation);
      sync.receive(answer.message);
      if (entry.file) blobs.remove(entry.order);
      return { kind: 'stored' };
    } catch (error) {
      const outcome = outcomeOf(error, attempt++);
      // Closed since the page was loaded: the form takes over what was written.
      if (outcome.kind === 'refused' && outcome.code === 'widget.closed')
        await session.loadConfig();
      return outcome;
    }
  };
  const run = async (): Promise<void> => {
    running = true;
    const waitMs = await turn(() => drain(outbox, deliver)).catch(() => 3000);
    running = false;
    if (again) kick();
    else if (waitMs !== null) timer = setTimeout(kick, waitMs);
  };
  function kick(): void {
    clearTimeout(timer);
    again = running;
    if (!running) void run();
  }
  const add = (entry: Pick<Entry, 'text' | 'file'>, order: string): void => {
    const { conversation, fields } = state.get();
    const first = conversation ? {} : { fields: fields ?? undefined };
    outbox.add({ order, clientKey: randomKey(24), at: Date.now(), ...entry, ...first });
    kick();
  };
  const newOrder = (): string => nextOrder(outbox.list(), Date.now(), randomKey(4));

  return {
    sendText: (text) => add({ text }, newOrder()),
    async sendFile(file) {
      const order = newOrder();
      await blobs.put(order, file);
      add({ file: { name: file.name, mime: file.type, size: file.size } }, order);
    },
    retry(order) {
      outbox.update(order, { failed: undefined });
      kick();
    },
    discard(order) {
      blobs.remove(order);
      outbox.remove(order);
    },
    kick,
  };
}
