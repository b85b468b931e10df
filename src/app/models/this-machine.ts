import { availableParallelism, totalmem } from 'node:os';
import { recommendedModel } from '../../core/models/recommended-model.ts';

/** The machine's features that decide how fast a model runs. */
export interface ThisMachine {
  /** Processor threads that can run in parallel. */
  readonly cores: number;
  readonly memoryBytes: number;
}

/** This machine. */
export function thisMachine(): ThisMachine {
  return { cores: availableParallelism(), memoryBytes: totalmem() };
}

/** The official model that suits this machine best, installed or not. */
export function recommendedHere(): { readonly name: string; readonly sizeBytes: number } {
  return recommendedModel(thisMachine());
}
