/** What somebody is writing in one conversation: one text for the customer, one for colleagues. */
export interface Draft {
  kind: 'message' | 'note';
  message: string;
  note: string;
}

export const emptyDraft: Draft = { kind: 'message', message: '', note: '' };

/** What the server keeps of it: the text of the kind last written. */
export interface StoredDraft {
  kind: 'message' | 'note';
  text: string;
}

export function toStored(draft: Draft): StoredDraft {
  if (draft[draft.kind] !== '') return { kind: draft.kind, text: draft[draft.kind] };
  const other = draft.kind === 'message' ? 'note' : 'message';
  return draft[other] === '' ? { kind: draft.kind, text: '' } : { kind: other, text: draft[other] };
}

/** The draft as the server has it, put into what is known here; the other text stays. */
export function withStored(draft: Draft, stored: StoredDraft | null): Draft {
  if (!stored) return { ...emptyDraft, kind: draft.kind };
  return { ...draft, kind: stored.kind, [stored.kind]: stored.text };
}

export interface DraftTools {
  save(conversationId: string, stored: StoredDraft): Promise<void>;
  later(work: () => void, ms: number): () => void;
}

interface Entry {
  draft: Draft;
  /** Changed here since the server last confirmed. */
  dirty: boolean;
  revision: number;
  saving: boolean;
  cancel: (() => void) | null;
}

export interface Drafts {
  get(conversationId: string): Draft;
  change(conversationId: string, draft: Draft): void;
  /** Grows with every change made here; ask before reading the server, hand over with its answer. */
  revision(conversationId: string): number;
  /**
   * Takes over what the server has and returns what is to be shown. What was typed here since `revision`, or is
   * not saved yet, wins.
   */
  restore(conversationId: string, stored: StoredDraft | null, revision: number): Draft;
  /** Saves now what is not saved yet (the conversation or the page is left). */
  flush(conversationId: string): void;
  flushAll(): void;
  /** Drafts the server does not have yet. */
  unsaved(): { conversationId: string; stored: StoredDraft }[];
  subscribe(listener: () => void): () => void;
}

const pauseMs = 800;
const retryMs = 5000;

/** Keeps drafts and saves them after a pause in typing, never two saves of one conversation at a time. */
export function createDrafts(tools: DraftTools): Drafts {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  const entryOf = (id: string): Entry => {
    const known = entries.get(id);
    if (known) return known;
    const entry: Entry = {
      draft: emptyDraft,
      dirty: false,
      revision: 0,
      saving: false,
      cancel: null,
    };
    entries.set(id, entry);
    return entry;
  };
  const plan = (id: string, entry: Entry, ms: number): void => {
    entry.cancel?.();
    entry.cancel = tools.later(() => save(id, entry), ms);
  };
  const save = (id: string, entry: Entry): void => {
    entry.cancel?.();
    entry.cancel = null;
    if (!entry.dirty || entry.saving) return;
    entry.dirty = false;
    entry.saving = true;
    void tools
      .save(id, toStored(entry.draft))
      .then(
        () => 0,
        () => {
          entry.dirty = true;
          return retryMs;
        },
      )
      .then((wait) => {
        entry.saving = false;
        if (entry.dirty) plan(id, entry, wait);
      });
  };
  return {
    get: (id) => entries.get(id)?.draft ?? emptyDraft,
    change(id, draft) {
      const entry = entryOf(id);
      entry.draft = draft;
      entry.dirty = true;
      entry.revision += 1;
      plan(id, entry, pauseMs);
      for (const listener of listeners) listener();
    },
    revision: (id) => entries.get(id)?.revision ?? 0,
    restore(id, stored, revision) {
      const entry = entryOf(id);
      const untouched = !entry.dirty && !entry.saving && entry.revision === revision;
      if (untouched) entry.draft = withStored(entry.draft, stored);
      for (const listener of listeners) listener();
      return entry.draft;
    },
    flush(id) {
      const entry = entries.get(id);
      if (entry) save(id, entry);
    },
    flushAll() {
      for (const [id, entry] of entries) save(id, entry);
    },
    unsaved: () =>
      [...entries]
        .filter(([, entry]) => entry.dirty)
        .map(([conversationId, entry]) => ({ conversationId, stored: toStored(entry.draft) })),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
