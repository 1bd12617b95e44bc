import { defineConfig } from 'vite';

/** One page of its own, small enough for an old phone on a bad line. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/o/',
  build: {
    // What browsers inside chat apps of phones from 2018 understand.
    target: ['chrome67', 'firefox67', 'safari12'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
