import { actions } from './actions.ts';
import { app } from './app.ts';
import { exporting } from './exporting.ts';
import { library } from './library.ts';
import { models } from './models.ts';
import { remedies } from './remedies.ts';
import { rerun } from './retranscribe.ts';
import { settings } from './settings.ts';
import { shortcuts } from './shortcuts.ts';
import { transcript } from './transcript.ts';
import { unlock } from './unlock.ts';
import { versions } from './versions.ts';

/** Every sentence of the window in Spanish: one namespace for each part. */
export const SPANISH = {
  actions,
  app,
  exporting,
  library,
  models,
  remedies,
  rerun,
  settings,
  shortcuts,
  transcript,
  unlock,
  versions,
} as const;
