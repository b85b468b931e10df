import { create } from 'zustand';
import type { ModelView } from '../../src/contract/views.ts';

interface ModelsStore {
  readonly loaded: boolean;
  readonly models: readonly ModelView[];
  /** The model file being copied, and its progress, from 0 to 1. */
  readonly copying: { readonly name: string; readonly share: number } | null;
}

const EMPTY: ModelsStore = { loaded: false, models: [], copying: null };

/** The speech models on this machine, and those that could be added. */
export const useModels = create<ModelsStore>(() => EMPTY);

/** Sets the whole list. */
export function takeModels(models: readonly ModelView[]): void {
  useModels.setState({ loaded: true, models, copying: null });
}

/** A model file is being copied. */
export function takeModelCopying(name: string, share: number): void {
  useModels.setState({ copying: share < 1 ? { name, share } : null });
}

/** Clears the store: the vault is locked. */
export function clearModels(): void {
  useModels.setState(EMPTY, true);
}
