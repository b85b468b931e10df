import type { DecodingParameters } from '../../../contract/engine.ts';
import type { JobOptions } from '../../../contract/job.ts';

/** What decides about threads where the options name none. */
export interface UsualThreads {
  /** As many as the user lets the engine take: see `Engine.usualThreads`. */
  readonly usualThreads: number;
}

/** Threads given to the engine: those of the options, else as many as it may take. */
export function engineThreads(options: Pick<JobOptions, 'threads'>, { usualThreads }: UsualThreads): number {
  return options.threads ?? usualThreads;
}

/**
 * The prompt of the first window if the user gives none. Whisper writes Chinese at times in traditional, at times in
 * simplified characters, and often without punctuation; after a sentence in simplified ones it continues in them.
 */
const USUAL_PROMPTS: Readonly<Record<string, string>> = { zh: '以下是普通话的句子。' };

/** How a window is decoded at first. The thresholds are Whisper's own. */
export function firstDecoding(
  options: JobOptions,
  language: string,
  engine: UsualThreads,
): DecodingParameters {
  return {
    language,
    translate: options.translate,
    prompt: options.prompt === '' ? (USUAL_PROMPTS[language] ?? '') : options.prompt,
    threads: engineThreads(options, engine),
    seed: 0,
    ...search(options.beamSize),
    temperature: 0,
    temperatureStep: 0.2,
    entropyThreshold: 2.4,
    logProbThreshold: -1,
    noSpeechThreshold: 0.6,
  };
}

/** Default beams: docs/benchmarks.md has their effect on real speech. */
const USUAL_BEAMS = 5;

/** A beam of one is greedy search; its breadth is the number of tries at a raised temperature. */
function search(beamSize: number | null): Pick<DecodingParameters, 'strategy' | 'breadth'> {
  if (beamSize === 1) return { strategy: 'greedy', breadth: 5 };
  return { strategy: 'beam', breadth: beamSize ?? USUAL_BEAMS };
}

/**
 * How a window is decoded again when its text loops or is improbable, in the order to try: other search, then chance.
 * The prompt is left out: it is a common cause of loops.
 */
export function otherDecodings(first: DecodingParameters): DecodingParameters[] {
  const other = first.strategy === 'beam' ? 'greedy' : 'beam';
  return [
    { ...first, prompt: '', strategy: other, breadth: 5 },
    { ...first, prompt: '', strategy: 'greedy', breadth: 5, temperature: 0.4, seed: 1 },
  ];
}

/** How the opening of a recording is decoded for its interim text, soon replaced by the whole window's: as fast as can be. */
export function quickDecoding(
  options: JobOptions,
  language: string,
  engine: UsualThreads,
): DecodingParameters {
  return { ...firstDecoding(options, language, engine), strategy: 'greedy', breadth: 1, temperatureStep: 0 };
}
