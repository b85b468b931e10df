import { create } from 'zustand';
import type { MatterView } from '../../src/contract/views.ts';

interface MattersStore {
  readonly loaded: boolean;
  readonly matters: readonly MatterView[];
}

const EMPTY: MattersStore = { loaded: false, matters: [] };

/** Every matter of the vault. */
export const useMatters = create<MattersStore>(() => EMPTY);

/** Sets the whole list. */
export function takeMatters(matters: readonly MatterView[]): void {
  useMatters.setState({ loaded: true, matters });
}

/** Clears the store: the vault is locked. */
export function clearMatters(): void {
  useMatters.setState(EMPTY, true);
}
