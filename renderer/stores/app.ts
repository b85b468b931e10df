import { create } from 'zustand';
import type { AppState, InterfaceSettings } from '../../src/contract/views.ts';
import { request } from '../lib/client.ts';

interface AppStore {
  /** Null until the first snapshot has arrived. */
  readonly state: AppState | null;
}

/** The app's phase and settings, as last sent by the main process. */
export const useApp = create<AppStore>(() => ({ state: null }));

/** Applies a state sent by the main process. */
export function takeAppState(state: AppState): void {
  useApp.setState({ state });
}

/** Changes settings; the main process's answer is applied. Throws AppErrors. */
export async function changeSettings(change: Partial<InterfaceSettings>): Promise<void> {
  takeAppState(await request('app.change', change));
}

/** Locks: `curtain` lets the queue finish unseen, `seal` stops it and closes the vault. Throws AppErrors. */
export async function lock(how: 'curtain' | 'seal'): Promise<void> {
  takeAppState(await request('vault.lock', { how }));
}
