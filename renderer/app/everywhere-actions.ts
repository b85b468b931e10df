import type { ShortcutIdIn } from '../../src/contract/shortcuts.ts';
import { changeSettings } from '../stores/app.ts';
import { chooseModelFile, chooseRecordings, importSamples } from '../stores/imports.ts';
import { goBack, goTo, showOverlay, showScope, showSettings } from '../stores/navigation.ts';
import { setMarker, togglePauseOfCurrent, toggleRecording } from '../stores/recording-actions.ts';
import { attempt } from '../stores/toasts.ts';
import { goToSearch } from './go-to-search.ts';
import { lockNow } from './lock-now.ts';

/** The actions available everywhere inside the vault, by command palette or key. */
export const EVERYWHERE_ACTIONS: Readonly<Record<ShortcutIdIn<'everywhere'>, () => void>> = {
  palette: () => showOverlay({ kind: 'palette' }),
  search: goToSearch,
  record: toggleRecording,
  recordOptions: () => showOverlay({ kind: 'record' }),
  pauseRecording: togglePauseOfCurrent,
  setMarker,
  addFiles: () => attempt(() => chooseRecordings('files')),
  addFolder: () => attempt(() => chooseRecordings('folder')),
  addSamples: () => attempt(importSamples),
  addModel: () => attempt(chooseModelFile),
  newMatter: () => showOverlay({ kind: 'matter', id: null }),
  allRecordings: () => showScope({ kind: 'all' }),
  bin: () => showScope({ kind: 'bin' }),
  models: () => goTo({ screen: 'models' }),
  settings: () => showSettings(),
  shortcuts: () => showSettings('shortcuts'),
  report: () => showOverlay({ kind: 'report' }),
  lightTheme: () => attempt(() => changeSettings({ theme: 'light' })),
  darkTheme: () => attempt(() => changeSettings({ theme: 'dark' })),
  goBack,
  lock: lockNow,
};
