import { basename, dirname, extname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const PROGRAM = /new URL\('(\.{1,2}\/[^']+\.ts)', import\.meta\.url\)/g;

/**
 * Worker threads and child processes are named in the source as `new URL('./export-worker.ts', import.meta.url)`, which Node
 * runs unbundled. In a bundle each becomes an entry of its own, and the URL that of its file.
 */
export function programsByUrl(): Plugin {
  return {
    name: 'programs-by-url',
    // Before other plugins rewrite quotes and whitespace.
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.+\.ts$/, code: 'import.meta.url' },
      handler(code, id) {
        return code.replace(PROGRAM, (_match, path: string) => {
          const program = resolve(dirname(id), path);
          const fileName = bundleName(program);
          this.emitFile({ type: 'chunk', id: program, fileName });
          return `new URL('./${fileName}', import.meta.url)`;
        });
      },
    },
  };
}

/** `engine/main.ts` is `engine.js`, `database/thread.db.ts` is `database-thread.js`, `export/export-worker.ts` `export-worker.js`. */
function bundleName(program: string): string {
  const folder = basename(dirname(program));
  const name = basename(program, extname(program)).replace(/[.]db$/, '');
  if (name === 'main') return `${folder}.js`;
  return name.startsWith(`${folder}-`) ? `${name}.js` : `${folder}-${name}.js`;
}
