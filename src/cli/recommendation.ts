import { availableParallelism, totalmem } from 'node:os';
import type { InstalledModel } from '../core/models/model-store.ts';
import { recommendedModel } from '../core/models/recommended-model.ts';
import { fileSize } from './quantities.ts';
import type { Texts } from './words.ts';

/** This machine's processor threads and memory, in words. */
export function thisMachine({ say, language }: Texts): string {
  return say.cores(availableParallelism(), fileSize(totalmem(), language));
}

/** The model that suits this machine best, with what is to be done where it is not installed. */
export function recommendedHere(installed: readonly InstalledModel[], { say, language }: Texts): string {
  const { name, sizeBytes } = recommendedModel({ cores: availableParallelism(), memoryBytes: totalmem() });
  const isHere = installed.some((model) => model.name === name);
  return isHere ? name : say.recommendedElsewhere(name, fileSize(sizeBytes, language));
}
