import type { ModelChoice } from '../../contract/job.ts';
import type { ModelFacts } from '../models/model-header.ts';
import type { LiveModelChoice } from './live-event.ts';

/** A model that may make live text. */
export interface LiveModel {
  readonly choice: ModelChoice;
  readonly facts: ModelFacts;
}

/** The models of a session. */
export interface LiveModels {
  /** That of the final transcript. */
  readonly final: LiveModel;
  /** The others that are installed. */
  readonly others: readonly LiveModel[];
}

/** A model keeps up if its passes take no more of each second of their sound. */
const KEEPS_UP = 0.7;

/** Shorter passes are not measured. */
const TELLING_MS = 3_000;

/** Passes that are measured: a busy moment is no slow machine. */
const MEASURED = 5;

/** A first pass over silence decodes no text: with text it takes about so many times as long. */
const TEXT_FACTOR = 2;

/** Chooses the model of the live text by what passes cost. */
export class LiveModelDecision {
  readonly #models: LiveModels;
  #current: LiveModel;
  /** Real-time factors of the last passes with the current model; before them, that of a pass over silence. */
  #measured: number[] = [];
  #trial = 0;
  #finalFactor = 0;

  constructor(models: LiveModels) {
    this.#models = models;
    this.#current = models.final;
  }

  get current(): LiveModel {
    return this.#current;
  }

  /** Whether a model keeps up that takes so long for a pass over silence; text takes longer. */
  keepsUp(audioMs: number, inferenceMs: number): boolean {
    return (TEXT_FACTOR * inferenceMs) / audioMs <= KEEPS_UP;
  }

  /** Notes what a pass over silence took. */
  tried(audioMs: number, inferenceMs: number): void {
    this.#trial = (TEXT_FACTOR * inferenceMs) / audioMs;
    this.#finalFactor = this.#trial;
  }

  /** Notes what a pass with text took. What short ones take does not tell: the encoder has a floor. */
  measured(audioMs: number, inferenceMs: number): void {
    if (audioMs < TELLING_MS) return;
    this.#measured = [...this.#measured, inferenceMs / audioMs].slice(-MEASURED);
    if (this.#current === this.#models.final) this.#finalFactor = this.#factor;
  }

  /** The median of the last passes, if there are enough of them. */
  get #factor(): number {
    if (this.#measured.length < MEASURED) return this.#trial;
    return this.#measured.toSorted((a, b) => a - b)[Math.floor(MEASURED / 2)] as number;
  }

  /**
   * The choice after what was measured so far. A smaller model stays for the rest of the session: its speed does not tell
   * whether the larger one would keep up.
   * @param language of what is said; null if it is not known, so that a model must know them all
   */
  decide(language: string | null): LiveModelChoice {
    if (this.#factor > KEEPS_UP) {
      const smaller = largestBelow(this.#current, this.#models.others, this.#factor, language);
      if (smaller !== null) this.#use(smaller);
    }
    const isFinal = this.#current === this.#models.final;
    const finalKeepsUp = this.#finalFactor <= KEEPS_UP;
    return {
      model: this.#current.choice.name,
      reason: !isFinal ? 'finalTooSlow' : finalKeepsUp ? 'keepsUp' : 'noSmaller',
      realTimeFactor: this.#finalFactor,
    };
  }

  /** Goes back to a model that knows the language, if the current one does not. */
  requireLanguage(language: string): void {
    if (language === 'en' || this.#current.facts.multilingual) return;
    const fit = largestBelow(this.#models.final, this.#models.others, this.#finalFactor, language);
    this.#use(fit ?? this.#models.final);
  }

  #use(model: LiveModel): void {
    this.#current = model;
    this.#measured = [];
    this.#trial = 0;
  }
}

/** The largest smaller model that should keep up, else the smallest; null if there is no smaller one for the language. */
function largestBelow(
  model: LiveModel,
  others: readonly LiveModel[],
  factor: number,
  language: string | null,
): LiveModel | null {
  const fit = others
    .filter((other) => work(other.facts) < work(model.facts))
    .filter(({ facts }) => facts.multilingual || language === 'en')
    .toSorted((a, b) => work(b.facts) - work(a.facts));
  const keepsUp = fit.find((other) => (factor * work(other.facts)) / work(model.facts) <= KEEPS_UP);
  return keepsUp ?? fit.at(-1) ?? null;
}

/** A measure of a model's arithmetic: its weights' number is proportional to it. */
function work({ encoderLayers, decoderLayers, width }: ModelFacts): number {
  return (encoderLayers + decoderLayers) * width ** 2;
}
