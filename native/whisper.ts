import { statSync } from 'node:fs';
import type {
  DecodingParameters,
  EngineFailure,
  EngineSegment,
  LanguageGuess,
} from '../src/contract/engine.ts';
import type { NativeError, NativeSegment, NativeTask, Session } from './addon.ts';
import { loadAddon } from './load.ts';
import { groupWords, type Token } from './words.ts';

/** Why an engine call failed; `cause` is whisper.cpp's last log message. Holds no file name and no text. */
export class NativeFailure extends Error {
  readonly reason: EngineFailure;

  constructor(reason: EngineFailure, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NativeFailure';
    this.reason = reason;
  }
}

/** The alignment heads of OpenAI's models, by whisper.cpp's names. */
export type AlignmentPreset =
  | 'tiny.en'
  | 'tiny'
  | 'base.en'
  | 'base'
  | 'small.en'
  | 'small'
  | 'medium.en'
  | 'medium'
  | 'large.v1'
  | 'large.v2'
  | 'large.v3'
  | 'large.v3.turbo';

/** How a model is loaded. */
export interface LoadOptions {
  /** Use a GPU if a backend for one was built; false by default. */
  gpu?: boolean;
  /** Fused attention: half the time, without the attention weights that `dtw` needs; false by default. */
  flashAttention?: boolean;
  /**
   * The attention heads that time words, by dynamic time warping: a model's own, those of the official model of the same
   * `shape` if there is one, or all of so many top text layers. Without any, words are timed by likely timestamp
   * tokens and the audio's energy.
   */
  alignment?: AlignmentPreset | 'shape' | { topLayers: number };
}

/** The decoding parameters of the contract, and options of this module alone. */
export interface TranscribeParameters extends DecodingParameters {
  /** Suppress non-speech tokens (brackets, notes and the like); true by default. */
  suppressNonSpeech?: boolean;
  /** How much audio the encoder sees, in frames of 20 ms; 0, the default, for all 30 s. */
  audioContext?: number;
}

/** How languages are detected. */
export interface LanguageOptions {
  threads: number;
  /** How much audio the encoder sees, in frames of 20 ms; 0, the default, for all 30 s. A few seconds cost a tenth. */
  audioContext?: number;
}

/** A running transcription. */
export interface TranscribeTask {
  /** Rejected with NativeFailure. */
  readonly result: Promise<EngineSegment[]>;
  /** Ends it with the failure `aborted`, within a fraction of a second. */
  abort(): void;
  /** The detected languages, the likeliest first; empty if nothing was decoded. Rejected as `result` is. */
  readonly languages: Promise<LanguageGuess[]>;
  /** Emits segments as they become final, each once. Add listeners synchronously. */
  onSegments(listener: (segments: EngineSegment[]) => void): void;
  /** Emits progress in per cent, rising. */
  onProgress(listener: (percent: number) => void): void;
}

/** A task with a result and no events before it. */
export interface Task<T> {
  /** Rejected with NativeFailure. */
  readonly result: Promise<T>;
  /** Ends it with the failure `aborted`, within a fraction of a second. */
  abort(): void;
}

/** A running language detection: guesses, the likeliest first. */
export type LanguageTask = Task<LanguageGuess[]>;

/** What was loaded, for `doctor` and the engine's ready line. */
export interface AddonFacts {
  whisperVersion: string;
  /** ggml's name of the CPU family of the loaded backend, e.g. `zen4`. */
  cpuVariant: string;
  systemInfo: string;
}

/** Which whisper.cpp runs here, and on which CPU backend. Throws AppError `engine.notBuilt`. */
export function engineFacts(): AddonFacts {
  const { whisperVersion, systemInfo, backendFile } = loadAddon();
  return { whisperVersion, systemInfo, cpuVariant: /cpu-(.+?)\.\w+$/.exec(backendFile)?.[1] ?? 'generic' };
}

/**
 * A Whisper model in memory, with a thread of its own. Its tasks run one after the other, in the order of their calls;
 * each starts from the same decoder state, so that equal audio and parameters give equal text.
 */
export class WhisperModel {
  /** Whether it supports languages besides English. */
  readonly multilingual: boolean;
  readonly #session: Session;

  private constructor(session: Session, multilingual: boolean) {
    this.#session = session;
    this.multilingual = multilingual;
  }

  /**
   * Reads a ggml model file, after validating all of it. Rejected with NativeFailure `modelUnusable` or `outOfMemory`;
   * throws AppError `engine.notBuilt`.
   */
  static async load(file: string, options: LoadOptions = {}): Promise<WhisperModel> {
    const { gpu = false, flashAttention = false, alignment } = options;
    const session = await openSession(file, (opened) =>
      opened.loadWhisper(file, {
        gpu,
        flashAttention,
        alignmentPreset: typeof alignment === 'string' ? alignment : '',
        alignmentTopLayers: typeof alignment === 'object' ? alignment.topLayers : 0,
      }),
    );
    return new WhisperModel(session.session, session.loaded);
  }

  /** Transcribes 16 kHz mono PCM, which is copied first. The language may be `auto`. */
  transcribe(pcm: Int16Array | Float32Array, parameters: TranscribeParameters): TranscribeTask {
    const segmentListeners: ((segments: EngineSegment[]) => void)[] = [];
    const progressListeners: ((percent: number) => void)[] = [];
    const task = this.#session.transcribe(
      pcm,
      { suppressNonSpeech: true, audioContext: 0, ...parameters },
      (_event, value) => {
        if (typeof value === 'number') for (const listener of progressListeners) listener(value);
        else if (segmentListeners.length > 0) {
          const segments = value.map(toEngineSegment);
          for (const listener of segmentListeners) listener(segments);
        }
      },
    );
    const heard = settled(task);
    const languages = heard.then((all) => all.languages);
    // A caller that awaits the segments alone gets the failure there.
    languages.catch(() => undefined);
    return {
      result: heard.then(({ segments }) => segments.map(toEngineSegment)),
      languages,
      abort: () => task.abort(),
      onSegments: (listener) => void segmentListeners.push(listener),
      onProgress: (listener) => void progressListeners.push(listener),
    };
  }

  /** Detects the language at the beginning of 16 kHz mono PCM. */
  detectLanguage(pcm: Int16Array | Float32Array, options: LanguageOptions): LanguageTask {
    const task = this.#session.detectLanguage(pcm, { audioContext: 0, ...options });
    return { result: settled(task), abort: () => task.abort() };
  }

  /** Aborts running tasks and frees the memory. Later tasks fail with `notLoaded`. */
  free(): Promise<void> {
    return this.#session.free();
  }
}

/**
 * Bytes of a VAD model's state: 128 numbers of its LSTM's hidden state, then 128 of its cell state, each a
 * 32-bit float, little-endian. The length is the format's version: another meaning must have another length.
 */
export const VOICE_STATE_BYTES = 1024;

/** Voice activity (VAD), and the model's state after the audio so far. */
export interface AddonVoiceActivity {
  /** One for each chunk of VOICE_CHUNK_SAMPLES samples: the probability of speech in it, times 255. */
  probabilities: Uint8Array;
  /** VOICE_STATE_BYTES of them, to be passed with the samples that follow. */
  state: Uint8Array;
}

/** A Silero VAD model (version 5 or 6) in memory, with a thread of its own. */
export class SpeechModel {
  readonly #session: Session;

  private constructor(session: Session) {
    this.#session = session;
  }

  /** Reads Silero weights in ggml format, after validating all of the file. Rejected with NativeFailure. */
  static async load(file: string): Promise<SpeechModel> {
    const { session } = await openSession(file, (opened) => opened.loadSpeech(file));
    return new SpeechModel(session);
  }

  /**
   * Computes speech probabilities of 16 kHz mono PCM, which is copied first. `state` is a former call's result for the
   * samples before these, or null at a recording's start: parts of whole chunks give the same result as the whole.
   * A last partial chunk is padded with silence. Throws TypeError for a state of another length.
   */
  probabilities(pcm: Int16Array, state: Uint8Array | null): Task<AddonVoiceActivity> {
    const task = this.#session.voiceActivity(pcm, state);
    return {
      result: settled(task).then(({ probabilities, state: after }) => ({
        probabilities: Uint8Array.from(probabilities, (probability) => Math.round(probability * 255)),
        state: after,
      })),
      abort: () => task.abort(),
    };
  }

  /** Aborts running tasks and frees the memory. Later tasks fail with `notLoaded`. */
  free(): Promise<void> {
    return this.#session.free();
  }
}

async function openSession<T>(
  file: string,
  load: (session: Session) => NativeTask<T>,
): Promise<{ session: Session; loaded: T }> {
  const { Session } = loadAddon();
  checkMemory(file);
  const session = new Session();
  try {
    return { session, loaded: await settled(load(session)) };
  } catch (error) {
    await session.free();
    throw error;
  }
}

/** ggml ends the process if an allocation fails, so a model that cannot fit is refused before. */
function checkMemory(file: string): void {
  let sizeBytes: number;
  try {
    sizeBytes = statSync(file).size;
  } catch (cause) {
    throw new NativeFailure('modelUnusable', { cause });
  }
  if (sizeBytes > process.availableMemory()) throw new NativeFailure('outOfMemory');
}

async function settled<T>(task: NativeTask<T>): Promise<T> {
  try {
    return await task.promise;
  } catch (cause) {
    throw new NativeFailure((cause as NativeError).reason ?? 'inferenceFailed', { cause });
  }
}

function toEngineSegment(segment: NativeSegment): EngineSegment {
  const { startMs, endMs, meanLogProb, noSpeechProbability } = segment;
  const words = groupWords(tokensOf(segment));
  return {
    startMs,
    endMs,
    text: words.map(({ text }) => text).join(''),
    words,
    meanLogProb,
    noSpeechProbability,
  };
}

function tokensOf({ bytes, tokens }: NativeSegment): Token[] {
  const result: Token[] = [];
  let offset = 0;
  for (let i = 0; i < tokens.length; i += 4) {
    const [length = 0, startMs = 0, endMs = 0, probability = 0] = tokens.subarray(i, i + 4);
    result.push({ bytes: bytes.subarray(offset, offset + length), startMs, endMs, probability });
    offset += length;
  }
  return result;
}
