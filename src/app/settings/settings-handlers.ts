import type { Handlers } from '../../contract/ipc.ts';
import type { Location } from '../../contract/location.ts';
import type { DeviceIds } from '../../contract/pedals.ts';
import type { AppState, InterfaceSettings } from '../../contract/views.ts';
import type { VaultSession, VaultWork } from '../vault/vault-session.ts';
import type { SomeSettings } from './interface-settings.ts';

/** Facts on the program and its environment, the user's location in an open vault, and its unsaved typing. */
export type AppFacts = Pick<
  AppState,
  | 'recording'
  | 'vaultFolder'
  | 'moving'
  | 'moved'
  | 'locale'
  | 'version'
  | 'pedals'
  | 'here'
  | 'unsaved'
  | 'waitingFiles'
  | 'refusedKeys'
>;

/** What the window needs to draw its first frame. */
export async function appState(
  session: VaultSession<VaultWork>,
  settings: InterfaceSettings,
  facts: AppFacts,
): Promise<AppState> {
  const keychain = await session.keychain();
  return {
    phase: session.phase,
    working: session.isWorkingLocked,
    ...facts,
    vaultExists: session.vaultExists,
    keychain: keychain.state,
    keychainOffered: keychain.offered,
    passphraseDelayMs: session.delayMs,
    platform: platform(),
    settings,
    here: session.phase === 'open' ? facts.here : null,
  };
}

/** Request handlers of the app as a whole. */
export function settingsHandlers(parts: {
  readonly state: () => Promise<AppState>;
  readonly changeSettings: (changes: SomeSettings) => void;
  readonly forgetPedal: (device: DeviceIds) => void;
  /** Whether the page before the started one failed, and this was not reported yet. */
  readonly begun: () => boolean;
  readonly setHere: (here: Location) => void;
  readonly setPlaying: (playing: boolean) => void;
  readonly reveal: (what: 'source' | 'export' | 'vault', id: string | null) => Promise<void>;
}): Pick<Handlers, Extract<keyof Handlers, `app.${string}`>> {
  return {
    'app.state': () => parts.state(),
    'app.change': async (changes) => {
      parts.changeSettings(changes);
      return await parts.state();
    },
    'app.forgetPedal': async (device) => {
      parts.forgetPedal(device);
      return await parts.state();
    },
    'app.begun': () => ({ afterFailure: parts.begun() }),
    'app.here': (here) => parts.setHere(here),
    'app.playing': ({ playing }) => parts.setPlaying(playing),
    'app.reveal': ({ what, id }) => parts.reveal(what, id),
  };
}

/** The operating system. */
export function platform(): AppState['platform'] {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
}
