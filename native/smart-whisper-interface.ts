import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
import { WhisperModel } from './whisper.ts';

/**
 * smart-whisper's calls over our engine, so that one benchmark can drive both. Only what a comparison needs:
 * https://www.npmjs.com/package/smart-whisper (0.8).
 */

/** The parameters of smart-whisper that are supported here; the type rejects all others. */
export interface SmartWhisperParameters {
  language: string;
  translate: boolean;
  initial_prompt: string;
  n_threads: number;
  /** 0 greedy, 1 beam search (its default). */
  strategy: 0 | 1;
  best_of: number;
  beam_size: number;
  temperature: number;
  temperature_inc: number;
  entropy_thold: number;
  logprob_thold: number;
  no_speech_thold: number;
  suppress_non_speech_tokens: boolean;
}

/** A span of text; times in milliseconds. */
export interface SmartWhisperResult {
  from: number;
  to: number;
  text: string;
}

/** A running transcription; emits `transcribed` with each new result, then `finish`. */
export class SmartWhisperTask extends EventEmitter<{ transcribed: [SmartWhisperResult]; finish: [] }> {
  readonly result: Promise<SmartWhisperResult[]>;

  constructor(start: (report: (result: SmartWhisperResult) => void) => Promise<SmartWhisperResult[]>) {
    super();
    this.result = start((result) => this.emit('transcribed', result)).finally(() => this.emit('finish'));
  }
}

/** A model file, loaded lazily. */
export class Whisper {
  readonly file: string;
  readonly #gpu: boolean;
  #model: Promise<WhisperModel> | undefined;

  constructor(file: string, config: { gpu?: boolean } = {}) {
    this.file = file;
    this.#gpu = config.gpu ?? false;
  }

  /** Loads the model unless it is loaded. Rejected with NativeFailure. */
  load(): Promise<WhisperModel> {
    this.#model ??= WhisperModel.load(this.file, { gpu: this.#gpu });
    return this.#model;
  }

  /** Transcribes 16 kHz mono samples. */
  async transcribe(
    pcm: Float32Array,
    given: Partial<SmartWhisperParameters> = {},
  ): Promise<SmartWhisperTask> {
    const model = await this.load();
    const beam = (given.strategy ?? 1) === 1;
    return new SmartWhisperTask(async (report) => {
      const task = model.transcribe(pcm, {
        language: given.language ?? 'auto',
        translate: given.translate ?? false,
        prompt: given.initial_prompt ?? '',
        threads: given.n_threads ?? Math.min(4, availableParallelism()),
        seed: 0,
        strategy: beam ? 'beam' : 'greedy',
        breadth: (beam ? given.beam_size : given.best_of) ?? 5,
        temperature: given.temperature ?? 0,
        temperatureStep: given.temperature_inc ?? 0.2,
        entropyThreshold: given.entropy_thold ?? 2.4,
        logProbThreshold: given.logprob_thold ?? -1,
        noSpeechThreshold: given.no_speech_thold ?? 0.6,
        suppressNonSpeech: given.suppress_non_speech_tokens ?? false,
      });
      task.onSegments((segments) => segments.map(toResult).forEach(report));
      return (await task.result).map(toResult);
    });
  }

  /** Aborts running tasks, rather than wait for them, and frees the memory. */
  async free(): Promise<void> {
    const model = await this.#model;
    this.#model = undefined;
    await model?.free();
  }
}

function toResult({
  startMs,
  endMs,
  text,
}: {
  startMs: number;
  endMs: number;
  text: string;
}): SmartWhisperResult {
  return { from: startMs, to: endMs, text };
}
