import { SAMPLES_PER_MS, type Span, totalMs } from '../../../contract/audio.ts';
import type { DecodingParameters, EngineSegment, LanguageGuess } from '../../../contract/engine.ts';
import type { JobOptions } from '../../../contract/job.ts';
import type { SegmentFlag } from '../../../contract/transcript.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineRequestOptions } from '../../engine/engine-connection.ts';
import { firstDecoding, otherDecodings, type UsualThreads } from './decoding.ts';
import { isInvention } from './known-inventions.ts';
import type { TranscribedSegment } from './place-segments.ts';
import { repeatsNeighbours } from './repeated-words.ts';
import { assessText, type TextAssessment } from './text-quality.ts';
import { uncoveredSpeech } from './uncovered-speech.ts';

/** The result of a window: the text that was kept, its faults, and its cost. */
export interface WindowResult {
  /** In window time, in order. */
  readonly segments: readonly TranscribedSegment[];
  /** The window's likeliest language, whatever it was transcribed in; null if it was not detected. */
  readonly language: LanguageGuess | null;
  /** Speech, in window time, that no decoding returned words for. */
  readonly notUnderstood: readonly Span[];
  readonly inferenceMs: number;
  readonly peakMemoryBytes: number;
}

/** The audio of one window, and its speech. */
export interface WindowAudio {
  /** 16 kHz PCM, at most 30 s. */
  readonly pcm: Int16Array;
  /** The speech detected, in window time. */
  readonly speech: readonly Span[];
}

/** How a window is transcribed. */
export interface WindowRequest {
  readonly modelPath: string;
  readonly decoding: DecodingParameters;
  /** Words are kept even if no speech was detected there. */
  readonly keepSilence: boolean;
  /** Speech left over may be in another language than the window. */
  readonly otherLanguages: boolean;
}

/** How a job's window in this language is transcribed; `multilingual`: whether the model knows more languages than English. */
export function windowRequest(
  options: JobOptions,
  language: string,
  multilingual: boolean,
  engine: UsualThreads,
): WindowRequest {
  return {
    modelPath: options.model.path,
    decoding: firstDecoding(options, language, engine),
    keepSilence: options.keepSilence,
    otherLanguages: ['auto', 'mixed'].includes(options.language) && multilingual,
  };
}

/** Most ranges of one window that are transcribed again on their own. */
const MOST_RANGES = 4;

/** Audio added around such a range. */
const RANGE_PAD_MS = 240;

/** From this certainty on a range is transcribed in its own language. */
const SURE_OF_LANGUAGE = 0.8;

/** Text farther than this from all speech was hallucinated in silence. */
const NEAR_SPEECH_MS = 150;

/**
 * Transcribes one window. Text that loops or is improbable is tried again with other decoding parameters; of all tries
 * the least doubtful is kept, with its faults flagged. Text in silence is dropped, and speech that no word
 * covers is transcribed again on its own. Throws the engine's errors.
 */
export async function transcribeWindow(
  engine: Engine,
  audio: WindowAudio,
  request: WindowRequest,
  options: EngineRequestOptions,
): Promise<WindowResult> {
  const { modelPath, decoding, keepSilence } = request;
  let best = await attempt(engine, modelPath, audio, decoding, options);
  let { inferenceMs } = best;
  for (const parameters of otherDecodings(decoding)) {
    if (best.assessment.doubt === 0) break;
    const other = await attempt(engine, modelPath, audio, parameters, options);
    inferenceMs += other.inferenceMs;
    // A try without text has no doubt, but to choose it would drop the text of the others silently.
    if (other.segments.length > 0 && other.assessment.doubt < best.assessment.doubt) best = other;
  }
  const kept = transcribedSegments(best, decoding.language).filter(
    (segment) => keepSilence || isNearSpeech(segment, audio.speech),
  );
  const left = await transcribeLeftOvers(engine, audio, kept, request, options);
  return {
    segments: [...kept, ...left.segments].sort((a, b) => a.startMs - b.startMs),
    language: best.language,
    notUnderstood: left.notUnderstood,
    inferenceMs: inferenceMs + left.inferenceMs,
    peakMemoryBytes: best.peakMemoryBytes,
  };
}

/**
 * One decoding of a range, for text that is replaced or confirmed by another soon: its faults are flagged, text in silence
 * is dropped, nothing is tried again. Throws the engine's errors.
 */
export async function transcribeOnce(
  engine: Engine,
  audio: WindowAudio,
  { modelPath, decoding, keepSilence }: Omit<WindowRequest, 'otherLanguages'>,
  options: EngineRequestOptions,
): Promise<WindowResult> {
  const once = await attempt(engine, modelPath, audio, decoding, options);
  const kept = transcribedSegments(once, decoding.language);
  const { language, inferenceMs, peakMemoryBytes } = once;
  const segments = kept.filter((segment) => keepSilence || isNearSpeech(segment, audio.speech));
  return { segments, language, notUnderstood: [], inferenceMs, peakMemoryBytes };
}

/** The result of one decoding. */
interface Attempt {
  readonly segments: readonly EngineSegment[];
  readonly language: LanguageGuess | null;
  readonly assessment: TextAssessment;
  readonly inferenceMs: number;
  readonly peakMemoryBytes: number;
}

async function attempt(
  engine: Engine,
  modelPath: string,
  audio: WindowAudio,
  parameters: DecodingParameters,
  options: EngineRequestOptions,
): Promise<Attempt> {
  const result = await engine.transcribe(modelPath, audio.pcm, parameters, options);
  return { ...result, assessment: assess(result.segments, audio.speech) };
}

/**
 * Transcribes on its own the speech that no word covers: a decoder that ends early leaves the rest of its window
 * out. Words that the window has already (its times may be off) are not kept twice.
 */
async function transcribeLeftOvers(
  engine: Engine,
  audio: WindowAudio,
  kept: readonly TranscribedSegment[],
  request: WindowRequest,
  options: EngineRequestOptions,
): Promise<{ segments: TranscribedSegment[]; notUnderstood: Span[]; inferenceMs: number }> {
  const segments: TranscribedSegment[] = [];
  const notUnderstood: Span[] = [];
  let inferenceMs = 0;
  for (const [index, range] of uncoveredSpeech(audio.speech, kept).entries()) {
    if (index >= MOST_RANGES) {
      notUnderstood.push(range);
      continue;
    }
    const { startMs, audio: own } = audioOf(audio, range);
    const startedAt = performance.now();
    const language = await languageOf(engine, own, request, options);
    // Another temperature would only hallucinate: speech without words at the first try counts as not understood.
    const decoding = { ...request.decoding, language, prompt: '', temperatureStep: 0 };
    const again = await attempt(engine, request.modelPath, own, decoding, options);
    inferenceMs += performance.now() - startedAt;
    const found = transcribedSegments(again, language)
      .filter((segment) => segment.flags.length === 0 && isNearSpeech(segment, own.speech))
      .map((segment) => later(segment, startMs));
    if (found.length === 0) notUnderstood.push(range);
    else if (!repeatsNeighbours(found, kept)) segments.push(...found);
  }
  return { segments, notUnderstood, inferenceMs };
}

/** A range of a window with a little of the audio around it, in its own time. */
function audioOf(audio: WindowAudio, range: Span): { startMs: number; audio: WindowAudio } {
  const windowMs = audio.pcm.length / SAMPLES_PER_MS;
  const startMs = Math.max(0, range.startMs - RANGE_PAD_MS);
  const endMs = Math.min(windowMs, range.endMs + RANGE_PAD_MS);
  const speech = audio.speech
    .filter((span) => span.startMs < endMs && span.endMs > startMs)
    .map((span) => ({
      startMs: Math.max(span.startMs, startMs) - startMs,
      endMs: Math.min(span.endMs, endMs) - startMs,
    }));
  const pcm = audio.pcm.slice(startMs * SAMPLES_PER_MS, endMs * SAMPLES_PER_MS);
  return { startMs, audio: { pcm, speech } };
}

async function languageOf(
  engine: Engine,
  { pcm }: WindowAudio,
  { modelPath, decoding, otherLanguages }: WindowRequest,
  { signal }: EngineRequestOptions,
): Promise<string> {
  if (!otherLanguages) return decoding.language;
  const guesses = await engine.detectLanguage(modelPath, pcm, decoding.threads, {
    shortContext: true,
    ...(signal === undefined ? {} : { signal }),
  });
  const [best] = guesses;
  return best !== undefined && best.probability >= SURE_OF_LANGUAGE ? best.language : decoding.language;
}

function transcribedSegments({ segments, assessment }: Attempt, language: string): TranscribedSegment[] {
  return segments.map((segment, index) => ({
    ...segment,
    language,
    flags: assessment.flags[index] ?? [],
  }));
}

function later(segment: TranscribedSegment, byMs: number): TranscribedSegment {
  const shifted = <T extends Span>(span: T): T => ({
    ...span,
    startMs: span.startMs + byMs,
    endMs: span.endMs + byMs,
  });
  return { ...shifted(segment), words: segment.words.map(shifted) };
}

function isNearSpeech(segment: Span, speech: readonly Span[]): boolean {
  return speech.some(
    ({ startMs, endMs }) =>
      startMs - NEAR_SPEECH_MS < segment.endMs && endMs + NEAR_SPEECH_MS > segment.startMs,
  );
}

/** Assesses the text, and whether the audio supports it: models hallucinate in silence. */
function assess(segments: readonly EngineSegment[], speech: readonly Span[]): TextAssessment {
  const assessment = assessText(segments, { speechMs: totalMs(speech) });
  const flags = segments.map((segment, index): SegmentFlag[] => {
    const found = [...(assessment.flags[index] ?? [])];
    const evidence = {
      speechMs: totalMs(speech.flatMap((span) => common(span, segment))),
      meanLogProb: segment.meanLogProb,
      atEdge: index === 0 || index === segments.length - 1,
    };
    const isMadeUp = evidence.speechMs === 0 || isInvention(segment.text, evidence);
    if (isMadeUp && !found.includes('improbable')) found.push('improbable');
    return found;
  });
  const length = (chosen: readonly EngineSegment[]) =>
    chosen.reduce((sum, { text }) => sum + text.trim().length, 0);
  const doubtful = segments.filter((_, index) => flags[index]?.length !== 0);
  return {
    loop: assessment.loop,
    improbable: flags.some((found) => found.includes('improbable')),
    flags,
    doubt: doubtful.length === 0 ? 0 : length(doubtful) / Math.max(1, length(segments)),
  };
}

function common(a: Span, b: Span): Span[] {
  const startMs = Math.max(a.startMs, b.startMs);
  const endMs = Math.min(a.endMs, b.endMs);
  return startMs < endMs ? [{ startMs, endMs }] : [];
}
