import type { LanguageGuess } from '../../contract/engine.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { PlannedWindow } from '../database/repositories/windows.ts';
import type { Engine } from '../engine/engine.ts';
import type { SpeechSpan } from '../speech/speech-detector.ts';
import { engineThreads } from './decoding.ts';
import type { WorkingCopyReader } from './working-copy-reader.ts';

/** Shorter spans tell too little: they take the language of what was said before them. */
const SHORTEST_TELLING_SPAN_MS = 1000;

/** Below this certainty a span keeps the language spoken before it. */
const CERTAIN_ENOUGH = 0.5;

/** Listens to single spans for the language they are in, for recordings in more than one. Each decision uses only what came before. */
export class SpanLanguages {
  readonly #engine: Engine;
  readonly #reader: WorkingCopyReader;
  readonly #options: JobOptions;
  readonly #signal: AbortSignal;
  readonly #decided = new Map<string, string>();
  readonly #lastOfChannel = new Map<number, string>();

  /** `planned`: the windows that an earlier attempt has planned; the languages of their spans are not asked again. */
  constructor(
    engine: Engine,
    reader: WorkingCopyReader,
    options: JobOptions,
    signal: AbortSignal,
    planned: readonly PlannedWindow[],
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
    const language = decided ?? (await this.#heardIn(channel, span));
    this.#lastOfChannel.set(channel, language);
    return language;
  }

  async #heardIn(channel: number, span: SpeechSpan): Promise<string> {
    const last = this.#lastOfChannel.get(channel);
    const durationMs = span.endMs - span.startMs;
    if (last !== undefined && durationMs < SHORTEST_TELLING_SPAN_MS) return last;
    const pcm = await this.#reader.read(channel, span.startMs, durationMs);
    const guesses = await this.#engine.detectLanguage(
      this.#options.model.path,
      pcm,
      engineThreads(this.#options),
      { shortContext: true, signal: this.#signal },
    );
    const guess = bestGuess(guesses);
    return last !== undefined && guess.probability < CERTAIN_ENOUGH ? last : guess.language;
  }
}

function spanKey(channel: number, startMs: number): string {
  return `${channel}/${startMs}`;
}

/** The language of a recording's first speech, and how sure the model is of it. */
export async function detectFirstLanguage(
  engine: Engine,
  options: JobOptions,
  firstWindow: Int16Array,
  signal: AbortSignal,
): Promise<LanguageGuess> {
  const guesses = await engine.detectLanguage(options.model.path, firstWindow, engineThreads(options), {
    shortContext: false,
    signal,
  });
  return bestGuess(guesses);
}

function bestGuess(guesses: LanguageGuess[]): LanguageGuess {
  return guesses[0] ?? { language: 'en', probability: 0 };
}
