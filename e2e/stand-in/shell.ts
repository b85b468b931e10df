import type { Shell } from 'electron';
import { namingMissing } from './missing.ts';

/** The desktop around the app. A spec puts its own function here to see what the app shows. */
export const shell = namingMissing('shell', {
  showItemInFolder: () => undefined,
  openPath: async () => '',
  beep: () => undefined,
} satisfies Partial<Shell>);
