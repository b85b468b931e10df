import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { programsByUrl } from './programs-by-url.vite.ts';
import { requests } from './src/contract/ipc.ts';

/** Electron 45 brings Node 24 and Chromium 154. */
const NODE = 'node24.21';
const CHROMIUM = 'chrome152';

/** What is bundled, with its licences' full texts; it is packaged beside the archive. */
const LICENCES = { fileName: 'licences.md' };

/** Packages with native code, or found at run time: they stay as they are installed. All else is bundled. */
const INSTALLED = ['better-sqlite3', '@node-rs/argon2', 'ffmpeg-static', '@ffmpeg-installer/ffmpeg'];

export default defineConfig({
  main: {
    plugins: [programsByUrl()],
    // Its build for Node declares a `require` of its own, beside the one that electron-vite gives every chunk.
    resolve: { alias: { fflate: 'fflate/browser' } },
    build: {
      target: NODE,
      license: LICENCES,
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: resolve('src/main/start.ts') },
        external: INSTALLED,
        // One flat folder: what finds a file beside its own finds it from every chunk.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    define: { REQUEST_NAMES: JSON.stringify(Object.keys(requests)) },
    build: {
      target: NODE,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve('src/preload/preload.ts') },
        // A sandboxed preload script is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
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
      rolldownOptions: { input: resolve('renderer/index.html') },
    },
  },
});
