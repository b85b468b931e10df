import { create } from 'zustand';
import type { ModelView } from '../../src/contract/views.ts';

interface ModelsStore {
  readonly loaded: boolean;
  readonly models: readonly ModelView[];
  /** The model file that is being copied, and how much of it is there, from 0 to 1. */
  readonly copying: { readonly name: string; readonly share: number } | null;
}

const EMPTY: ModelsStore = { loaded: false, models: [], copying: null };

/** The speech models on this machine, and those that could be brought. */
export const useModels = create<ModelsStore>(() => EMPTY);

/** Takes the whole list. */
export function takeModels(models: readonly ModelView[]): void {
  useModels.setState({ loaded: true, models, copying: null });
}

/** A model file is being copied. */
export function takeModelCopying(name: string, share: number): void {
  useModels.setState({ copying: share < 1 ? { name, share } : null });
}

/** Forgets everything: the vault is locked. */
export function clearModels(): void {
  useModels.setState(EMPTY, true);
}
