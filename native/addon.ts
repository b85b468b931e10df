import type { EngineFailure, LanguageGuess } from '../src/contract/engine.ts';

/** The addon as C++ exports it (src/addon.cc). Only load.ts, whisper.ts and onnx-runtime.ts use it. */
export interface Addon {
  /** Loads the CPU backend for this machine from the folder (absolute). Throws if none fits. */
  initialise(folder: string): AddonFacts;
  /** Ends the threads of all sessions and waits for them: to be called when the process exits. */
  endAll(): void;
  /** As onnx-runtime.ts documents it. */
  silenceOnnxRuntime(): boolean;
  Session: new () => Session;
}

/** What the addon reports about itself. */
export interface AddonFacts {
  whisperVersion: string;
  systemInfo: string;
  /** File name of the loaded CPU backend, e.g. `libggml-cpu-zen4.so`. */
  backendFile: string;
}

/** A running task. A rejection is an Error with a `reason` of EngineFailure. */
export interface NativeTask<T> {
  promise: Promise<T>;
  abort(): void;
}

/** A rejection's error. */
export interface NativeError extends Error {
  reason?: EngineFailure;
}

/** A segment as passed from C++. */
export interface NativeSegment {
  startMs: number;
  endMs: number;
  meanLogProb: number;
  noSpeechProbability: number;
  /** The UTF-8 of all its tokens. */
  bytes: Uint8Array;
  /** Four numbers per token: length in bytes, start and end in ms, probability. */
  tokens: Float64Array;
}

/** What a task emits while it runs. */
export type NativeEvent = (event: 'segments' | 'progress', value: NativeSegment[] | number) => void;

/** A thread with at most one model. Its tasks run sequentially. */
export interface Session {
  loadWhisper(
    file: string,
    options: { gpu: boolean; flashAttention: boolean; alignmentPreset: string; alignmentTopLayers: number },
  ): NativeTask<boolean>;
  loadSpeech(file: string): NativeTask<void>;
  transcribe(
    pcm: Int16Array | Float32Array,
    parameters: object,
    listener: NativeEvent,
  ): NativeTask<{ segments: NativeSegment[]; languages: LanguageGuess[] }>;
  detectLanguage(
    pcm: Int16Array | Float32Array,
    options: { threads: number; audioContext: number },
  ): NativeTask<LanguageGuess[]>;
  /** `state` as whisper.ts documents it; null before a recording's first sample. */
  voiceActivity(
    pcm: Int16Array,
    state: Uint8Array | null,
  ): NativeTask<{ probabilities: Float32Array; state: Uint8Array }>;
  free(): Promise<void>;
}
