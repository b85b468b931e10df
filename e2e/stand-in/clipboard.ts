import type { Clipboard } from 'electron';
import { namingMissing } from './missing.ts';

let text = '';

/** A clipboard of the app's own: the system's may be missing. */
export const clipboard = namingMissing('clipboard', {
  readText: async () => text,
  writeText: async (written: string) => {
    text = written;
  },
  clear: () => {
    text = '';
  },
} satisfies Partial<Clipboard>);
