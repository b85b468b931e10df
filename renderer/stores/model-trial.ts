import { create } from 'zustand';
import type { ModelTrial } from '../../src/contract/models.ts';

interface TrialStore {
  /** The last trial, as far as it has come; null before the first. */
  readonly trial: ModelTrial | null;
}

/** Two minutes of a recording, tried with several models. */
export const useModelTrial = create<TrialStore>(() => ({ trial: null }));

/** There is more of it. */
export function takeModelTrial(trial: ModelTrial): void {
  useModelTrial.setState({ trial });
}

/** Forgets it: another begins, its dialog was closed, or the vault is locked. */
export function clearModelTrial(): void {
  useModelTrial.setState({ trial: null });
}
