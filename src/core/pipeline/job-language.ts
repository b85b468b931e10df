import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import type { LanguageGuess } from '../../contract/engine.ts';
import type { EventSink } from '../../contract/events.ts';
import type { Database } from '../database/database.ts';
import type { Job } from '../database/jobs/jobs.db.ts';
import type { Engine } from '../engine/engine.ts';
import { type PlannedWindow, windowDurationMs } from '../speech/window-packer.ts';
import { decidingRanges, LanguageDecision } from './language-choice.ts';

/** From this probability on, another language detected in the first window changes the decision. */
const SURE_OF_LANGUAGE = 0.8;

/** The services of the decision on a language. */
interface LanguageServices {
  readonly database: Database;
  readonly engine: Engine;
  readonly emit: EventSink;
}

/**
 * The language of a job's windows: the one chosen, the one detected on the recording's first speech
 * (kept in the job's row), or each window's own.
 */
export class JobLanguage {
  /** The user's choice: `auto`, `mixed` or a language's code. */
  readonly choice: string;
  /** The model knows more languages than English. */
  readonly multilingual: boolean;
  readonly #services: LanguageServices;
  readonly #job: Job;
  /** The decision of a job whose language is detected; null in all others, and once it is final. */
  #decision: LanguageDecision | null = null;

  constructor(services: LanguageServices, job: Job, multilingual: boolean) {
    this.#services = services;
    this.#job = job;
    this.multilingual = multilingual;
    // A model that knows only English cannot detect languages.
    this.choice = multilingual ? job.options.language : 'en';
  }

  /** Begins to decide, if a language is to be detected and no earlier attempt has; returns whether that is so. */
  async begin(signal: AbortSignal): Promise<boolean> {
    const { database, engine } = this.#services;
    const { id: jobId, recordingId, options } = this.#job;
    if (this.choice !== 'auto' || (await database.jobs.get(jobId)).detectedLanguage !== null) return false;
    const usual = await database.jobs.languageUses(recordingId);
    this.#decision = new LanguageDecision(engine, options, usual, signal);
    return true;
  }

  /** The language of a window as far as it is decided; it may change until `decide`. */
  async soFar(window: PlannedWindow): Promise<string> {
    return window.language ?? this.#decision?.best.language ?? (await this.of(window));
  }

  /** The language to transcribe a window in. */
  async of(window: PlannedWindow): Promise<string> {
    if (window.language !== null) return window.language;
    if (this.choice !== 'auto') return this.choice;
    const { detectedLanguage } = await this.#services.database.jobs.get(this.#job.id);
    if (detectedLanguage === null) throw new Error('The language is decided before the first window');
    return detectedLanguage;
  }

  /** Adds the recording's opening to the decision, if there is one to make. Throws the engine's errors. */
  async consider(opening: Int16Array): Promise<void> {
    await this.#decision?.detect(opening);
  }

  /** Decides on the recording's first windows; to be kept then. May be repeated if the engine failed; throws its errors. */
  async decide(
    windows: readonly PlannedWindow[],
    pcmOf: (index: number) => Promise<Int16Array>,
  ): Promise<void> {
    const decision = this.#decision;
    if (decision === null) return;
    const ranges = decidingRanges(windows.map(windowDurationMs));
    // The first of them is the opening, which may have been considered.
    for (const { window, startMs, endMs } of decision.hasDetected ? ranges.slice(1) : ranges) {
      const pcm = await pcmOf(window);
      await decision.detect(pcm.slice(startMs * SAMPLES_PER_MS, endMs * SAMPLES_PER_MS));
    }
  }

  /** Stores what was decided in the job's row, and emits it. */
  async keep(): Promise<void> {
    if (this.#decision !== null) await this.#keep(this.#decision.best);
  }

  async #keep(best: LanguageGuess): Promise<void> {
    const { database, emit } = this.#services;
    const { id: jobId } = this.#job;
    await database.jobs.setLanguage({ jobId, ...best });
    emit({ type: 'languageDetected', jobId, ...best });
  }

  /**
   * Whether the job's first window, transcribed whole, is certainly in another language than was decided on less of it;
   * the job's language is then that one. From then on the language is final.
   */
  async isCorrectedBy(guess: LanguageGuess | null, speechMs: number): Promise<boolean> {
    const decision = this.#decision;
    this.#decision = null;
    if (decision === null || guess === null || guess.probability < SURE_OF_LANGUAGE) return false;
    const before = decision.best.language;
    decision.add([guess], speechMs);
    if (decision.best.language === before) return false;
    await this.#keep(decision.best);
    return true;
  }
}
