import { defineConfig } from 'vite';

/** One self-contained script: no chunks, no style file, nothing else to fetch. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    target: ['chrome100', 'firefox101', 'safari15.4'],
    outDir: 'dist',
    emptyOutDir: true,
    lib: {
      entry: 'src/main.tsx',
      formats: ['iife'],
      name: 'yingdaWidget',
      fileName: () => 'widget.js',
    },
  },
});
