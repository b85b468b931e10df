import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { namingMissing } from './missing.ts';

/** Electron's `net` for local files alone: an offline app needs no more. */
export const net = namingMissing('net', {
  fetch: async (input: string | URL | Request): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith('file:'))
      throw new Error(`The stand-in for Electron fetches files only, not ${url}.`);
    return new Response(await readFile(fileURLToPath(url)));
  },
  isOnline: () => false,
});
