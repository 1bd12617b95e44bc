import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.YINGDA_DEV_SERVER ?? 'http://localhost:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  server: {
    proxy: {
      '/api': { target: server, ws: true, changeOrigin: false },
      '/demo': { target: server },
      '/o/': { target: server },
      '/widget.js': { target: server },
      '/widget-preview.html': { target: server },
    },
  },
  build: {
    manifest: true,
    target: 'es2023',
    // The page's security policy allows scripts from files alone; inlined modules would need an exception.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What changes only with a dependency stays in the browser's cache from release to release.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 30 },
            {
              name: 'base',
              test: /node_modules\/(@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store)|i18next|react-i18next|zod)\//,
              priority: 20,
            },
            // One file instead of some sixty, of a few hundred bytes each.
            { name: 'icons', test: /node_modules\/@ant-design\/(icons|icons-svg)\//, priority: 10 },
            // What every page of the frame needs, in one request; the rest of ui comes with the pages that use it.
            {
              name: 'shell',
              test: /web\/src\/(lib\/(?!passkey|use-media|use-stored)|ui\/(announce|avatar|commands|keys|menu|page-header|place-counts|states|theme|time|title|toast|tokens)\.)/,
              priority: 5,
            },
          ],
        },
      },
    },
  },
});
