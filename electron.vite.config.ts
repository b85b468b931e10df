import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { programsByUrl } from './programs-by-url.vite.ts';
import { requests } from './src/contract/ipc.ts';
import { versionAlone } from './version-alone.vite.ts';

/** Electron 45 has Node 24 and Chromium 154. */
const NODE = 'node24.21';
const CHROMIUM = 'chrome152';

/** What is bundled, with its licences' full texts; it is packaged beside the archive. */
const LICENCES = { fileName: 'licences.md' };

/** Packages with native code, or resolved at run time: external. All else is bundled. */
const INSTALLED = [
  'better-sqlite3',
  '@node-rs/argon2',
  'onnxruntime-node',
  'ffmpeg-static',
  '@ffmpeg-installer/ffmpeg',
];

export default defineConfig({
  main: {
    plugins: [programsByUrl(), versionAlone()],
    // Its build for Node declares a `require`, as electron-vite does in every chunk.
    resolve: { alias: { fflate: 'fflate/browser' } },
    build: {
      target: NODE,
      license: LICENCES,
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: resolve('src/main/start.ts') },
        external: INSTALLED,
        // One flat folder: a path relative to a module's own file resolves from every chunk.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    define: { REQUEST_NAMES: JSON.stringify(Object.keys(requests)) },
    build: {
      target: NODE,
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: {
          preload: resolve('src/preload/preload.ts'),
          'capture-preload': resolve('src/preload/capture-preload.ts'),
        },
        // A sandboxed preload script is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), tailwindcss()],
    build: {
      target: CHROMIUM,
      license: LICENCES,
      minify: true,
      rolldownOptions: {
        input: { index: resolve('renderer/index.html'), capture: resolve('renderer/capture/index.html') },
      },
    },
  },
});
