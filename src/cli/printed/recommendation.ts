import { thisMachine } from '../../app/models/this-machine.ts';
import type { Texts } from '../texts.ts';
import { fileSize } from './quantities.ts';

/** This machine's processor threads and memory, as text. */
export function machineInWords({ say, language }: Texts): string {
  const { cores, memoryBytes } = thisMachine();
  return say('cores', { count: cores, memory: fileSize(memoryBytes, language) });
}

/** The best model for this machine, with what to do if it is not installed. */
export function recommendationInWords(
  { name, sizeBytes, isHere }: { name: string; sizeBytes: number; isHere: boolean },
  { say, language }: Texts,
): string {
  return isHere ? name : say('recommendedElsewhere', { name, size: fileSize(sizeBytes, language) });
}
