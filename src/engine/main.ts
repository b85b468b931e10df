/**
 * The engine process: loads the whisper.cpp addon and ONNX Runtime, and answers engine messages, nothing else.
 * It gets no key, no database and no path but that of a model, and ends with its parent.
 */

import '../offline/offline.ts';
import { flushCompileCache } from 'node:module';
import { basename } from 'node:path';
import {
  type AlignmentPreset,
  engineFacts,
  NativeFailure,
  SpeechModel,
  WhisperModel,
} from '../../native/whisper.ts';
import {
  ENGINE_NOT_BUILT_EXIT,
  type EngineFailure,
  type EngineReply,
  EngineRequest,
} from '../contract/engine.ts';
import { isAppError } from '../contract/errors.ts';
import { attemptAll } from '../offline/attempts.ts';
import { encoderContext, languageContext, liveContext } from './encoder-context.ts';
import { connectToParent } from './port.ts';
import { loadOnnxModel, type OnnxModel } from './speakers/onnx-model.ts';
import { SPEAKER_ACTIVITY_TENSORS, speakerActivity } from './speakers/speaker-activity.ts';
import { VOICE_EMBEDDING_TENSORS, voiceEmbeddings } from './speakers/voice-embeddings.ts';

type Request<T extends EngineRequest['type']> = Extract<EngineRequest, { type: T }>;

const port = connectToParent();
/** How to abort each open request once its task runs; `aborted` if that was requested before. */
const abortable = new Map<number, (() => void) | 'notYet' | 'aborted'>();
let model: WhisperModel | null = null;
let detector: { weightsPath: string; model: Promise<SpeechModel> } | null = null;
/** The models that tell speakers apart, by file; they stay loaded. */
const speakerModels = new Map<string, Promise<OnnxModel>>();

/** Registers how to abort a request; calls it at once if it was aborted while its model was being loaded. */
function abortsBy(id: number, abortTask: () => void): void {
  if (abortable.get(id) === 'aborted') abortTask();
  else abortable.set(id, abortTask);
}

function abort(id: number): void {
  const by = abortable.get(id);
  if (by === 'notYet') abortable.set(id, 'aborted');
  else if (typeof by === 'function') by();
}

function failureReason(error: unknown): EngineFailure {
  return error instanceof NativeFailure ? error.reason : 'inferenceFailed';
}

/** The first two large models have the same shape and different alignment heads: the official file name decides. */
function alignmentOf(modelPath: string): AlignmentPreset | 'shape' {
  const version = /large-v([12])\b/.exec(basename(modelPath))?.[1];
  return version === undefined ? 'shape' : version === '1' ? 'large.v1' : 'large.v2';
}

async function load(request: Request<'load'>): Promise<EngineReply> {
  await model?.free();
  model = null;
  const alignment = alignmentOf(request.modelPath);
  model = await WhisperModel.load(request.modelPath, { flashAttention: true, alignment });
  return { type: 'loaded', id: request.id, multilingual: model.multilingual };
}

async function transcribe(request: Request<'transcribe'>): Promise<EngineReply> {
  if (model === null) return { type: 'failure', id: request.id, reason: 'notLoaded' };
  const startedAt = performance.now();
  const samples = request.pcm.length;
  const audioContext = request.shortContext ? liveContext(samples) : encoderContext(samples);
  const task = model.transcribe(request.pcm, { ...request.parameters, audioContext });
  abortsBy(request.id, () => task.abort());
  task.onSegments((segments) => port.send({ type: 'segments', id: request.id, segments }));
  task.onProgress((percent) => port.send({ type: 'progress', id: request.id, percent }));
  const [segments, languages] = await Promise.all([task.result, task.languages]);
  return {
    type: 'transcribed',
    id: request.id,
    segments,
    language: languages[0] ?? null,
    inferenceMs: performance.now() - startedAt,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function detectLanguage(request: Request<'detectLanguage'>): Promise<EngineReply> {
  if (model === null) return { type: 'failure', id: request.id, reason: 'notLoaded' };
  const { pcm, threads, shortContext } = request;
  const task = model.detectLanguage(
    pcm,
    shortContext ? { threads, audioContext: languageContext(pcm.length) } : { threads },
  );
  abortsBy(request.id, () => task.abort());
  return { type: 'language', id: request.id, guesses: await task.result };
}

async function voiceActivity(request: Request<'voiceActivity'>): Promise<EngineReply> {
  const { id, pcm, state, weightsPath } = request;
  const detector = await loadedDetector(weightsPath);
  const startedAt = performance.now();
  const task = detector.probabilities(pcm, state);
  abortsBy(id, () => task.abort());
  const found = await task.result;
  return { type: 'voiceActivity', id, ...found, computeMs: performance.now() - startedAt };
}

/** The voice activity model with these weights; it stays loaded, at a few megabytes. */
function loadedDetector(weightsPath: string): Promise<SpeechModel> {
  if (detector?.weightsPath === weightsPath) return detector.model;
  const before = detector;
  const model = SpeechModel.load(weightsPath);
  const loading = { weightsPath, model };
  detector = loading;
  before?.model.then((old) => old.free()).catch(() => undefined);
  // The next request retries.
  model.catch(() => {
    if (detector === loading) detector = null;
  });
  return model;
}

async function hearSpeakers(request: Request<'speakerActivity'>): Promise<EngineReply> {
  const { id, pcm, modelPath } = request;
  const { model, signal } = await speakerModel(id, modelPath, SPEAKER_ACTIVITY_TENSORS);
  const startedAt = performance.now();
  signal.throwIfAborted();
  const classes = await speakerActivity(model, pcm);
  return { type: 'speakerActivity', id, classes, computeMs: performance.now() - startedAt };
}

async function embedVoices(request: Request<'voiceEmbeddings'>): Promise<EngineReply> {
  const { id, pcm, pieces, modelPath } = request;
  const { model, signal } = await speakerModel(id, modelPath, VOICE_EMBEDDING_TENSORS);
  const startedAt = performance.now();
  const embeddings = await voiceEmbeddings(model, pcm, pieces, signal);
  return { type: 'voiceEmbeddings', id, embeddings, computeMs: performance.now() - startedAt };
}

/** A model for speakers, and the signal by which this request is aborted. */
async function speakerModel(
  id: number,
  file: string,
  tensors: readonly [string, string],
): Promise<{ model: OnnxModel; signal: AbortSignal }> {
  const loading = speakerModels.get(file) ?? loadOnnxModel(file, ...tensors);
  speakerModels.set(file, loading);
  // The next request retries.
  loading.catch(() => speakerModels.delete(file));
  const model = await loading;
  const aborting = new AbortController();
  abortsBy(id, () => aborting.abort(new NativeFailure('aborted')));
  return { model, signal: aborting.signal };
}

async function tryConnections({ id, target }: Request<'tryConnections'>): Promise<EngineReply> {
  return { type: 'connectionsTried', id, ends: await attemptAll(target) };
}

function answer(request: Exclude<EngineRequest, { type: 'abort' }>): Promise<EngineReply> {
  switch (request.type) {
    case 'load':
      return load(request);
    case 'transcribe':
      return transcribe(request);
    case 'detectLanguage':
      return detectLanguage(request);
    case 'voiceActivity':
      return voiceActivity(request);
    case 'speakerActivity':
      return hearSpeakers(request);
    case 'voiceEmbeddings':
      return embedVoices(request);
    case 'tryConnections':
      return tryConnections(request);
  }
}

async function receive(message: unknown): Promise<void> {
  const request = EngineRequest.parse(message);
  if (request.type === 'abort') {
    abort(request.target);
    return;
  }
  abortable.set(request.id, 'notYet');
  try {
    port.send(await answer(request));
  } catch (error) {
    port.send({ type: 'failure', id: request.id, reason: failureReason(error) });
  } finally {
    abortable.delete(request.id);
  }
}

// Ctrl+C on a terminal reaches every process of the command; only the parent decides what to stop, and how.
process.on('SIGINT', () => undefined);
port.listen(
  (message) => void receive(message),
  () => process.exit(0),
);
try {
  const { whisperVersion, cpuVariant } = engineFacts();
  port.send({ type: 'ready', whisperVersion, cpuVariant });
  // Flush the compile cache now, if there is one: an unneeded engine is killed.
  flushCompileCache();
} catch (error) {
  if (isAppError(error, 'engine.notBuilt')) process.exit(ENGINE_NOT_BUILT_EXIT);
  throw error;
}
