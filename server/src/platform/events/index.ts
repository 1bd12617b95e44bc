export { defineEvent } from './definition.ts';
export type { EventDef, StoredEvent } from './definition.ts';
export { listener, onPublished, prepareListeners, runListener } from './listener.ts';
export type { Hook, Listener } from './listener.ts';
export { Publisher } from './publisher.ts';
export { pruneOutbox } from './prune.ts';
