import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import type { LanguageGuess } from '../../contract/engine.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { LanguageUse } from '../database/jobs/jobs.db.ts';
import type { StoredWindow } from '../database/windows/windows.db.ts';
import type { Engine } from '../engine/engine.ts';
import type { SpeechSpan } from '../speech/speech-detector.ts';
import { engineThreads } from './window/decoding.ts';
import type { WorkingCopyReader } from './working-copy-reader.ts';

/** Shorter spans are too short for detection: they get the language of the speech before them. */
const SHORTEST_TELLING_SPAN_MS = 1000;

/** Below this certainty a span keeps the language spoken before it. */
const CERTAIN_ENOUGH = 0.5;

/** Detects the language of single spans, for recordings in more than one. Each decision uses only what came before. */
export class SpanLanguages {
  readonly #engine: Engine;
  readonly #reader: WorkingCopyReader;
  readonly #options: JobOptions;
  readonly #signal: AbortSignal;
  readonly #decided = new Map<string, string>();
  readonly #lastOfChannel = new Map<number, string>();

  /** `planned`: the windows planned by an earlier attempt; the languages of their spans are not detected again. */
  constructor(
    engine: Engine,
    reader: WorkingCopyReader,
    options: JobOptions,
    signal: AbortSignal,
    planned: readonly StoredWindow[],
  ) {
    this.#engine = engine;
    this.#reader = reader;
    this.#options = options;
    this.#signal = signal;
    for (const { channel, plan } of planned) {
      for (const { recordingStartMs } of plan.pieces) {
        if (plan.language !== null) this.#decided.set(spanKey(channel, recordingStartMs), plan.language);
      }
    }
  }

  async languageOf(channel: number, span: SpeechSpan): Promise<string> {
    const decided = this.#decided.get(spanKey(channel, span.startMs));
    const language = decided ?? (await this.#detect(channel, span));
    this.#lastOfChannel.set(channel, language);
    return language;
  }

  async #detect(channel: number, span: SpeechSpan): Promise<string> {
    const last = this.#lastOfChannel.get(channel);
    const durationMs = span.endMs - span.startMs;
    if (last !== undefined && durationMs < SHORTEST_TELLING_SPAN_MS) return last;
    const pcm = await this.#reader.read(channel, span.startMs, durationMs);
    const guesses = await this.#engine.detectLanguage(
      this.#options.model.path,
      pcm,
      engineThreads(this.#options, this.#engine),
      { shortContext: true, signal: this.#signal },
    );
    const guess = guesses[0] ?? NO_GUESS;
    return last !== undefined && guess.probability < CERTAIN_ENOUGH ? last : guess.language;
  }
}

function spanKey(channel: number, startMs: number): string {
  return `${channel}/${startMs}`;
}

/** The guess assumed of a model that returns no language. */
const NO_GUESS: LanguageGuess = { language: 'en', probability: 0 };

/** Speech that the language of a recording is decided on, if there is so much, in milliseconds. */
export const DECIDING_SPEECH_MS = 10_000;

/** Number of ranges that the language is detected on, and the longest of them: far apart they hold more speakers. */
const RANGES = 3;
const LONGEST_RANGE_MS = 10_000;

/** Most by which the probability of a language that has been usual is multiplied. */
const MOST_BY_MATTER = 3;
const MOST_BY_VAULT = 2;
/** By how much the probability of a language is multiplied that the user has called usual: docs/benchmarks.md has why. */
const BY_CHOICE = 10;
/** Fewer recordings do not make a language usual. */
const FEWEST_USES = 3;

/**
 * Decides which one language a recording is in: the model's probabilities averaged over several ranges of its first
 * speech, those of the languages usual in its matter and its vault raised a little, and of those that the user has called
 * usual so much that another must be clearly likelier.
 */
export class LanguageDecision {
  readonly #engine: Engine;
  readonly #options: Pick<JobOptions, 'model' | 'threads'>;
  readonly #usual: readonly LanguageUse[];
  readonly #signal: AbortSignal;
  readonly #sums = new Map<string, number>();
  #detectedMs = 0;

  constructor(
    engine: Engine,
    options: Pick<JobOptions, 'model' | 'threads'>,
    usual: readonly LanguageUse[],
    signal: AbortSignal,
  ) {
    this.#engine = engine;
    this.#options = options;
    this.#usual = usual;
    this.#signal = signal;
  }

  /**
   * The language decided on so far. Its probability does not count what the user has called usual: where that alone has
   * decided, it is low, and the user sees a doubt.
   */
  get best(): LanguageGuess {
    const scores = [...this.#sums].map(([language, sum]) => {
      const score = sum * usage(language, this.#usual);
      return { language, score, rank: score * (isChosen(language, this.#usual) ? BY_CHOICE : 1) };
    });
    const total = scores.reduce((sum, { score }) => sum + score, 0);
    const [best] = scores.sort((a, b) => b.rank - a.rank);
    if (best === undefined || total === 0) return NO_GUESS;
    return { language: best.language, probability: best.score / total };
  }

  /** Whether the language of any of the recording was detected. */
  get hasDetected(): boolean {
    return this.#detectedMs > 0;
  }

  /** Detects the language of up to 30 s of PCM. Throws the engine's errors. */
  async detect(pcm: Int16Array): Promise<void> {
    const guesses = await this.#engine.detectLanguage(
      this.#options.model.path,
      pcm,
      engineThreads(this.#options, this.#engine),
      { shortContext: true, signal: this.#signal },
    );
    this.add(guesses, pcm.length / SAMPLES_PER_MS);
  }

  /** Adds the guesses for a range of so many milliseconds. */
  add(guesses: readonly LanguageGuess[], durationMs: number): void {
    for (const { language, probability } of guesses) {
      this.#sums.set(language, (this.#sums.get(language) ?? 0) + probability * durationMs);
    }
    this.#detectedMs += durationMs;
  }
}

/** Whether the user has called a language usual. */
function isChosen(language: string, usual: readonly LanguageUse[]): boolean {
  return usual.some((use) => use.isChosen && use.language === language);
}

/** How much a language's probability is raised because it has been usual. */
function usage(language: string, usual: readonly LanguageUse[]): number {
  const share = (of: (use: LanguageUse) => number) => {
    const all = usual.reduce((sum, use) => sum + of(use), 0);
    const own = usual.find((use) => use.language === language);
    return all < FEWEST_USES || own === undefined ? 0 : of(own) / all;
  };
  const byMatter = share(({ inMatter }) => inMatter);
  const byVault = share(({ inVault }) => inVault);
  return (1 + (MOST_BY_MATTER - 1) * byMatter) * (1 + (MOST_BY_VAULT - 1) * byVault);
}

/** A range of one of several windows, in window time. */
export interface WindowRange {
  readonly window: number;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The ranges on which the language of windows, given by their lengths, is decided: up to three of up to 10 s, spread over all of
 * them, the first at the very beginning.
 */
export function decidingRanges(windowsMs: readonly number[]): WindowRange[] {
  const all = windowsMs.flatMap((lengthMs, window) => {
    const count = Math.ceil(lengthMs / LONGEST_RANGE_MS);
    return Array.from({ length: count }, (_, index): WindowRange => {
      const cut = (at: number) => Math.round((lengthMs * at) / count);
      return { window, startMs: cut(index), endMs: cut(index + 1) };
    });
  });
  if (all.length <= RANGES) return all;
  return Array.from(
    { length: RANGES },
    (_, index) => all[Math.round((index * (all.length - 1)) / (RANGES - 1))] as WindowRange,
  );
}
