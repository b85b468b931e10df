import { recommendedHere, thisMachine } from '../app/models/this-machine.ts';
import { fileSize } from './quantities.ts';
import type { Texts } from './texts.ts';

/** This machine's processor threads and memory, as text. */
export function machineInWords({ say, language }: Texts): string {
  const { cores, memoryBytes } = thisMachine();
  return say('cores', { count: cores, memory: fileSize(memoryBytes, language) });
}

/** The best model for this machine, with what to do if it is not among the installed ones. */
export function recommendationInWords(
  installed: readonly { readonly name: string }[],
  { say, language }: Texts,
): string {
  const { name, sizeBytes } = recommendedHere();
  const isHere = installed.some((model) => model.name === name);
  return isHere ? name : say('recommendedElsewhere', { name, size: fileSize(sizeBytes, language) });
}
