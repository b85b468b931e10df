import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page for browsers, as the gateway serves it: `npm run office:page`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' },
  build: {
    outDir: '../../../out.office/page',
    emptyOutDir: true,
    // Browsers with X25519: Chromium 133, Firefox 130, Safari 18.
    target: ['chrome133', 'firefox130', 'safari18'],
    license: { fileName: 'licences.md' },
    // The policy allows no addresses that hold their content.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
