import type { Shell } from 'electron';
import { namingMissing } from './missing.ts';

/** Electron's `shell`. A spec replaces its functions to see what the app opens. */
export const shell = namingMissing('shell', {
  showItemInFolder: () => undefined,
  openPath: async () => '',
  beep: () => undefined,
} satisfies Partial<Shell>);
