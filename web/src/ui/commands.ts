import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

/** Something the command bar (Ctrl-K) offers. Texts are given in the reader's language. */
export interface Command {
  id: string;
  label: string;
  /** Heading it stands under. */
  group: string;
  /** Shown softly behind the label. */
  hint?: string;
  icon?: ReactNode;
  /** More words it is found by. */
  keywords?: string;
  /** Keys as in `lib/shortcuts.ts`, shown at the end of the row. */
  keys?: string;
  run: () => void;
}

/** Finds commands for what was typed, for example conversations and customers. */
export interface CommandSource {
  id: string;
  search: (words: string, signal: AbortSignal) => Promise<Command[]>;
}

let lists: readonly (readonly Command[])[] = [];
let sources: readonly CommandSource[] = [];
let commands: readonly Command[] = [];
let open = false;
const hearers = new Set<() => void>();
function told(): void {
  commands = lists.flat();
  for (const hear of hearers) hear();
}
function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** Opens the command bar. */
export function openCommandBar(): void {
  open = true;
  told();
}
export function closeCommandBar(): void {
  open = false;
  told();
}
export function useCommandBarOpen(): boolean {
  return useSyncExternalStore(subscribe, () => open);
}
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => commands);
}
export function useCommandSources(): readonly CommandSource[] {
  return useSyncExternalStore(subscribe, () => sources);
}

/** Offers commands while mounted; `run` sees the latest props. */
export function useCommands(list: readonly Command[]): void {
  const signature = list.map(({ id, label, group }) => `${id} ${label} ${group}`).join('\n');
  const run = useEffectEvent((id: string) => list.find((command) => command.id === id)?.run());
  const current = useEffectEvent(() => list);
  useEffect(() => {
    if (signature === '') return undefined;
    const own = current().map((command) => ({ ...command, run: () => run(command.id) }));
    lists = [...lists, own];
    told();
    return () => {
      lists = lists.filter((other) => other !== own);
      told();
    };
  }, [signature]);
}

/** Offers a search while mounted. */
export function useCommandSource(source: CommandSource): void {
  const { id } = source;
  const search = useEffectEvent((words: string, signal: AbortSignal) =>
    source.search(words, signal),
  );
  useEffect(() => {
    const own: CommandSource = { id, search: (words, signal) => search(words, signal) };
    sources = [...sources, own];
    told();
    return () => {
      sources = sources.filter((other) => other !== own);
      told();
    };
  }, [id]);
}

/** Commands whose label, group or keywords hold every typed word, in the order they were offered. */
export function commandsFor(words: string, all: readonly Command[]): Command[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ label, group, keywords = '', hint = '' }) => {
    const haystack = `${label} ${group} ${hint} ${keywords}`.toLowerCase();
    return wanted.every((word) => haystack.includes(word));
  });
}
