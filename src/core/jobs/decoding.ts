import { availableParallelism } from 'node:os';
import type { DecodingParameters } from '../../contract/engine.ts';
import type { JobOptions } from '../../contract/job.ts';

/**
 * Threads given to the engine when the user has not chosen: the machine's cores, of which three quarters leave a laptop
 * usable. More than eight bring whisper.cpp next to nothing.
 */
export function engineThreads(options: Pick<JobOptions, 'threads'>): number {
  if (options.threads !== null) return options.threads;
  const cores = availableParallelism();
  return cores <= 2 ? cores : Math.min(8, Math.max(2, Math.round(cores * 0.75)));
}

/** How a window is decoded at first. Thresholds: Whisper's own, but for the entropy, raised against loops. */
export function firstDecoding(options: JobOptions, language: string): DecodingParameters {
  return {
    language,
    translate: options.translate,
    prompt: options.prompt,
    threads: engineThreads(options),
    seed: 0,
    ...search(options.beamSize),
    temperature: 0,
    temperatureStep: 0.2,
    entropyThreshold: 2.8,
    logProbThreshold: -1,
    noSpeechThreshold: 0.6,
  };
}

/** Greedy where nothing else is asked for; its breadth is the number of tries at a raised temperature. */
function search(beamSize: number | null): Pick<DecodingParameters, 'strategy' | 'breadth'> {
  return beamSize === null || beamSize === 1
    ? { strategy: 'greedy', breadth: 5 }
    : { strategy: 'beam', breadth: beamSize };
}

/**
 * How a window is decoded again when its text loops or is improbable, in the order to try: other search, then chance.
 * The prompt is left out: it is a common cause of loops.
 */
export function otherDecodings(first: DecodingParameters): DecodingParameters[] {
  return [
    { ...first, prompt: '', strategy: 'beam', breadth: 5 },
    { ...first, prompt: '', strategy: 'greedy', breadth: 5, temperature: 0.4, seed: 1 },
  ];
}
