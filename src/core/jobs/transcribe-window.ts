import type { Span } from '../../contract/audio.ts';
import type { DecodingParameters, EngineSegment } from '../../contract/engine.ts';
import type { SegmentFlag } from '../../contract/transcript.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineRequestOptions } from '../engine/engine-connection.ts';
import { assessText, type TextAssessment } from '../transcripts/text-quality.ts';
import { otherDecodings } from './decoding.ts';

/** What came of a window: the text that was kept, what is wrong with it, and what it cost. */
export interface WindowResult {
  readonly segments: EngineSegment[];
  readonly assessment: TextAssessment;
  readonly inferenceMs: number;
  readonly peakMemoryBytes: number;
}

/** The audio of one window, and what is spoken in it. */
export interface WindowAudio {
  /** 16 kHz PCM, at most 30 s. */
  readonly pcm: Int16Array;
  /** Where speech was heard, in window time. */
  readonly speech: readonly Span[];
}

/**
 * Transcribes one window. Text that loops or is improbable is tried again with other decoding parameters; of all tries
 * the least doubtful is kept, with its faults told. Nothing is dropped. Throws the engine's errors.
 */
export async function transcribeWindow(
  engine: Engine,
  modelPath: string,
  audio: WindowAudio,
  first: DecodingParameters,
  options: EngineRequestOptions,
): Promise<WindowResult> {
  let best = await attempt(engine, modelPath, audio, first, options);
  let { inferenceMs } = best;
  for (const parameters of otherDecodings(first)) {
    if (best.assessment.doubt === 0) break;
    const other = await attempt(engine, modelPath, audio, parameters, options);
    inferenceMs += other.inferenceMs;
    // A try that heard nothing is free of doubt, but to take it would drop the text of the others silently.
    if (other.segments.length > 0 && other.assessment.doubt < best.assessment.doubt) best = other;
  }
  return { ...best, inferenceMs };
}

async function attempt(
  engine: Engine,
  modelPath: string,
  audio: WindowAudio,
  parameters: DecodingParameters,
  options: EngineRequestOptions,
): Promise<WindowResult> {
  const result = await engine.transcribe(modelPath, audio.pcm, parameters, options);
  return { ...result, assessment: assess(result.segments, audio.speech) };
}

/** What the text looks like, and whether anybody spoke where it is said to have been: in silence models make words up. */
function assess(segments: EngineSegment[], speech: readonly Span[]): TextAssessment {
  const assessment = assessText(segments, { speechMs: spokenMs(speech) });
  const flags = segments.map((segment, index): SegmentFlag[] => {
    const found = [...(assessment.flags[index] ?? [])];
    const heard = speech.some(({ startMs, endMs }) => startMs < segment.endMs && endMs > segment.startMs);
    if (!heard && !found.includes('improbable')) found.push('improbable');
    return found;
  });
  const length = (chosen: EngineSegment[]) => chosen.reduce((sum, { text }) => sum + text.trim().length, 0);
  const doubtful = segments.filter((_, index) => flags[index]?.length !== 0);
  return {
    loop: assessment.loop,
    improbable: flags.some((found) => found.includes('improbable')),
    flags,
    doubt: doubtful.length === 0 ? 0 : length(doubtful) / Math.max(1, length(segments)),
  };
}

/** How much of a window is speech. */
export function spokenMs(speech: readonly Span[]): number {
  return speech.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}
