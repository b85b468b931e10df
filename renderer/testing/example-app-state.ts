import { DELIVERED_RECORDING_CHOICE } from '../../src/contract/recording-choice.ts';
import type { AppState, InterfaceSettings } from '../../src/contract/views.ts';

/** The state of an app on Linux, in English, for tests. */
export function exampleAppState(
  settings: Partial<InterfaceSettings> = {},
  phase: AppState['phase'] = 'open',
): AppState {
  return {
    phase,
    working: false,
    vaultFolder: '/vault',
    vaultExists: true,
    moving: null,
    moved: null,
    keychain: 'off',
    keychainOffered: false,
    passphraseDelayMs: 0,
    platform: 'linux',
    locale: 'en',
    version: '0',
    settings: {
      language: 'en',
      theme: 'system',
      lockAfterMinutes: null,
      alwaysSeal: false,
      showDoubts: true,
      rewindMs: 0,
      quality: 'balanced',
      recording: DELIVERED_RECORDING_CHOICE,
      shortcuts: {},
      spelling: false,
      english: 'us',
      ...settings,
    },
    pedals: [],
    here: null,
    unsaved: null,
    recording: false,
    waitingFiles: 0,
    refusedKeys: [],
  };
}
