import { type Span, totalMs } from '../../contract/audio.ts';
import type { DecodingParameters, LanguageGuess } from '../../contract/engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineRequestOptions } from '../engine/engine-connection.ts';
import { isInvention } from '../pipeline/window/known-inventions.ts';
import type { TranscribedSegment } from '../pipeline/window/place-segments.ts';
import { transcribeOnce, transcribeWindow, type WindowResult } from '../pipeline/window/transcribe-window.ts';
import { type HeardWord, heardWords } from './heard-words.ts';

/** What a pass transcribes. */
export interface PassRequest {
  readonly range: Span;
  /** 16 kHz; that of the range. */
  readonly pcm: Int16Array;
  /** The speech in the range, in recording time. */
  readonly speech: readonly Span[];
  readonly modelPath: string;
  readonly decoding: DecodingParameters;
  /** It is the window's last: what is doubtful is tried again, and speech without words transcribed on its own. */
  readonly isThorough: boolean;
}

/** What a pass heard. */
export interface PassResult {
  /** In recording time. What loops or was made up is not among them; doubtful words are flagged. */
  readonly words: HeardWord[];
  /** The likeliest language of the sound, whatever it was transcribed in; null if the model knows one alone. */
  readonly language: LanguageGuess | null;
  readonly inferenceMs: number;
}

/** Transcribes a range of a channel's sound for live text, before the jobs that wait. Throws the engine's errors. */
export async function runPass(
  engine: Engine,
  request: PassRequest,
  signal: AbortSignal,
): Promise<PassResult> {
  const { range, pcm, modelPath, decoding, isThorough } = request;
  const speech = inWindow(request.speech, range);
  const options: EngineRequestOptions = { signal, priority: 'live', shortContext: true };
  const how = { modelPath, decoding, keepSilence: false, otherLanguages: false };
  const result = isThorough
    ? await transcribeWindow(engine, { pcm, speech }, how, options)
    : await transcribeOnce(engine, { pcm, speech }, how, options);
  const words = heardWords(range, request.speech, believable(result, speech, isThorough));
  return { words, language: result.language, inferenceMs: result.inferenceMs };
}

/** The segments without inventions and loops; where another pass follows, none behind a loop either. */
function believable(
  { segments }: WindowResult,
  speech: readonly Span[],
  isThorough: boolean,
): TranscribedSegment[] {
  const loop = segments.findIndex(({ flags }) => flags.includes('loop'));
  const unlooped =
    loop < 0
      ? segments
      : isThorough
        ? segments.filter(({ flags }) => !flags.includes('loop'))
        : segments.slice(0, loop);
  return unlooped.filter((segment, index) => {
    const speechMs = totalMs(speech.flatMap((span) => common(span, segment)));
    const atEdge = index === 0 || index === unlooped.length - 1;
    return speechMs > 0 && !isInvention(segment.text, { speechMs, meanLogProb: segment.meanLogProb, atEdge });
  });
}

function inWindow(speech: readonly Span[], range: Span): Span[] {
  return speech
    .flatMap((span) => common(span, range))
    .map(({ startMs, endMs }) => ({ startMs: startMs - range.startMs, endMs: endMs - range.startMs }));
}

function common(a: Span, b: Span): Span[] {
  const startMs = Math.max(a.startMs, b.startMs);
  const endMs = Math.min(a.endMs, b.endMs);
  return startMs < endMs ? [{ startMs, endMs }] : [];
}
