import { availableParallelism, totalmem } from 'node:os';
import { recommendedModel } from '../../core/models/recommended-model.ts';

/** What of a machine decides how fast a model runs on it. */
export interface MachineFacts {
  /** Processor threads that can run at a time. */
  readonly cores: number;
  readonly memoryBytes: number;
}

/** This machine. */
export function thisMachine(): MachineFacts {
  return { cores: availableParallelism(), memoryBytes: totalmem() };
}

/** The official model that suits this machine best, whether it is installed or not. */
export function recommendedHere(): { readonly name: string; readonly sizeBytes: number } {
  return recommendedModel(thisMachine());
}
