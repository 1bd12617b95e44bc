// Text made searchable: the tokens to store, and the tokens to ask for.
export { bigrams, bigramTokens } from './bigrams.ts';
export { fold } from './fold.ts';
export { queryTokens, segment, tsqueryOf, warmUp } from './segment.ts';
