import type { LanguageGuess } from '../../contract/engine.ts';
import type { ModelChoice } from '../../contract/job.ts';
import type { LanguageUse } from '../database/jobs/jobs.db.ts';
import type { Engine } from '../engine/engine.ts';
import { LanguageDecision } from '../pipeline/language-choice.ts';
import { engineThreads } from '../pipeline/window/decoding.ts';

/** Less speech tells no language: that of the whole text, and that of a window in `mixed`. */
const TELLING_MS = 1_500;
const TELLING_IN_MIXED_MS = 1_000;

/** The language is re-checked until it was decided on so much speech. */
const DECIDING_MS = 30_000;

/** From this probability on, what a pass detected says that the language is another. */
const SURE = 0.8;

/** Below it, a window in `mixed` keeps the language before it. */
const CERTAIN_ENOUGH = 0.5;

/** The language of live text: the chosen one, the one detected on the first speech, or each window's own. */
export class LiveLanguage {
  readonly #engine: Engine;
  readonly #choice: string;
  readonly #signal: AbortSignal;
  readonly #decision: LanguageDecision;
  #detectedMs = 0;
  #decided: LanguageGuess | null = null;
  /** Of the windows in hand and the last ones, by channel; only in `mixed`. */
  readonly #ofChannel = new Map<number, string>();
  readonly #unsure = new Set<number>();

  /** @param choice `auto`, `mixed` or a code; of an English-only model it must be `en` */
  constructor(
    engine: Engine,
    choice: string,
    model: ModelChoice,
    usual: readonly LanguageUse[],
    signal: AbortSignal,
  ) {
    this.#engine = engine;
    this.#choice = choice;
    this.#signal = signal;
    this.#decision = new LanguageDecision(engine, { model, threads: null }, usual, signal);
  }

  /** The language that all of the text is in; null if it is not known yet, or differs. */
  get whole(): string | null {
    if (this.#choice === 'mixed') return null;
    return this.#choice === 'auto' ? (this.#decided?.language ?? null) : this.#choice;
  }

  /** What was decided for `auto`; null before. */
  get decided(): LanguageGuess | null {
    return this.#decided;
  }

  /** A new window begins in a channel. */
  windowBegins(channel: number): void {
    if (this.#choice === 'mixed') this.#unsure.add(channel);
  }

  /**
   * The language to transcribe a channel's window in; null until it is known. `isAll`: no more speech comes in the window, so
   * that one in `mixed` that is too short to tell is in the language before it.
   */
  of(channel: number, isAll = true): string | null {
    if (this.#choice !== 'mixed') return this.whole;
    // In the language of the window before, wrong words would be agreed on.
    return this.#unsure.has(channel) && !isAll ? null : (this.#ofChannel.get(channel) ?? null);
  }

  /** Whether the language of a window is to be detected first. */
  isToDetect(channel: number, speechMs: number, isAll: boolean): boolean {
    const isTelling = speechMs >= (this.#choice === 'mixed' ? TELLING_IN_MIXED_MS : TELLING_MS);
    if (this.of(channel) === null) return isTelling || isAll;
    return this.#unsure.has(channel) && isTelling;
  }

  /** Detects the language of up to 30 s of a window, with a model that knows several. Throws the engine's errors. */
  async detect(channel: number, modelPath: string, pcm: Int16Array, speechMs: number): Promise<void> {
    const guesses = await this.#engine.detectLanguage(
      modelPath,
      pcm,
      engineThreads({ threads: null }, this.#engine),
      {
        shortContext: true,
        priority: 'live',
        signal: this.#signal,
      },
    );
    this.#unsure.delete(channel);
    if (this.#choice === 'mixed') {
      const best = guesses[0] ?? { language: 'en', probability: 0 };
      const last = this.#ofChannel.get(channel);
      const isKept = last !== undefined && best.probability < CERTAIN_ENOUGH;
      this.#ofChannel.set(channel, isKept ? last : best.language);
      return;
    }
    this.#decision.add(guesses, speechMs);
    this.#detectedMs += speechMs;
    this.#decided = this.#decision.best;
  }

  /**
   * Accepts the language that a pass detected; returns whether the window is in another one than was thought, so that it is
   * to be transcribed again. `isAll`: no more speech comes in the window.
   */
  isCorrectedBy(channel: number, guess: LanguageGuess | null, speechMs: number, isAll: boolean): boolean {
    if (guess === null || guess.probability < SURE || speechMs < TELLING_MS) return false;
    const before = this.of(channel);
    // The passes of a window hear the same sound: each would count again.
    if (!isAll && guess.language === before) return false;
    if (this.#choice === 'mixed') this.#ofChannel.set(channel, guess.language);
    else if (this.#choice === 'auto' && this.#detectedMs < DECIDING_MS) {
      this.#decision.add([guess], speechMs);
      this.#detectedMs += speechMs;
      this.#decided = this.#decision.best;
    }
    return before !== null && this.of(channel) !== before;
  }
}
