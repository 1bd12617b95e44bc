import { callJson, CallProblem } from '../lib/http.ts';
import { emptyTimeline } from '../sync/timeline.ts';
import type { Core } from './core.ts';
import { pageOf } from './core.ts';
import type { Identity, VisitorSessionView, WidgetConfigView } from './types.ts';

export interface Session {
  /** Look and opening hours, before anybody chats. */
  loadConfig: () => Promise<void>;
  /** Resumes or begins the visit; several callers share one request. Throws a `CallProblem`. */
  open: () => Promise<void>;
  /** Calls; when the token is no longer good, begins a new visit and calls again. */
  withSession: <T>(work: () => Promise<T>) => Promise<T>;
  identify: (identity: Identity) => Promise<void>;
  /** Forgets the visitor in this browser. */
  forget: () => void;
}

/** Problems that no retry of the visitor can mend. */
const fatal = new Set(['widget.not_found', 'widget.origin_refused', 'widget.identity_invalid']);

function save({ memory, state }: Core, view: VisitorSessionView): void {
  memory.set('token', view.token);
  state.set({
    config: view.config,
    name: view.name,
    verified: view.verified,
    conversation: view.conversation,
    problem: null,
  });
}

export function createSession(core: Core, onOpened: () => Promise<void>): Session {
  const { state, memory, base, widgetKey, locale } = core;
  let identity: Identity | undefined;
  let opening: Promise<void> | null = null;

  const begin = async (): Promise<void> => {
    const body = {
      widgetKey,
      token: memory.get('token') ?? undefined,
      identity,
      locale,
      page: pageOf(),
    };
    try {
      const path = '/api/webchat/sessions';
      save(core, await callJson<VisitorSessionView>(base, { method: 'POST', path, body }));
      await onOpened();
      state.set({ ready: true });
    } catch (error) {
      if (error instanceof CallProblem && fatal.has(error.code)) state.set({ problem: error.code });
      throw error;
    }
  };
  const open = (): Promise<void> => {
    opening ??= begin().finally(() => {
      opening = null;
    });
    return opening;
  };
  const forget = (): void => {
    for (const { order, file } of core.outbox.list()) {
      if (file) core.blobs.remove(order);
      core.outbox.remove(order);
    }
    for (const name of memory.names()) memory.set(name, null);
    identity = undefined;
    state.set({
      ready: false,
      conversation: null,
      timeline: emptyTimeline,
      verified: false,
      name: '',
      fields: null,
      emailKnown: false,
    });
  };

  return {
    async loadConfig() {
      const path = `/api/webchat/widgets/${encodeURIComponent(widgetKey)}`;
      state.set({ config: await callJson<WidgetConfigView>(base, { path }) });
    },
    open,
    async withSession(work) {
      if (!memory.get('token')) await open();
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof CallProblem) || error.status !== 401) throw error;
        memory.set('token', null);
        await open();
        return await work();
      }
    },
    async identify(given) {
      const before = memory.get('user');
      if (before !== null && before !== given.userId) forget();
      identity = given;
      memory.set('user', given.userId);
      if (given.email) state.set({ emailKnown: true });
      // A visit that is beginning knows nothing of the identity yet.
      await opening?.catch(() => undefined);
      return open();
    },
    forget,
  };
}
