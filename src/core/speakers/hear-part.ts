import { SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import { EMBEDDING_SIZE } from '../../contract/speaker-models.ts';
import { localActivity, silenceOutside } from './local-activity.ts';
import type { HeardPiece, HeardWindow, PartVoices } from './part-voices.ts';
import type { VoiceModels } from './voice-models.ts';
import { type FoundPiece, piecesOfWindow } from './window-pieces.ts';

/** Length of the windows that the segmentation model hears. */
export const WINDOW_MS = 10_000;

/** A window begins every so often. */
export const WINDOW_STEP_MS = 2_000;

/** Windows are heard only for speech at least this far from their edges, which other windows hold better. */
const EDGE_MS = 2_000;

/** A part of a recording to hear. */
export interface PartToHear {
  readonly models: VoiceModels;
  /** Reads PCM of the recording's one channel; what lies past its end is left out. */
  readonly read: (startMs: number, durationMs: number) => Promise<Int16Array>;
  readonly startMs: number;
  readonly endMs: number;
  /** End of the sound so far: at least WINDOW_MS after the part's end, unless the recording ends before. */
  readonly knownUntilMs: number;
  /** Speech in the part and in WINDOW_MS after it, as voice activity detection found it. */
  readonly speech: readonly Span[];
  readonly signal: AbortSignal;
}

/**
 * Hears who talks in the windows that begin in a part, and the voices of those who talk alone in the middle of each.
 * Windows without speech are left out. The same part always gives the same answer.
 */
export async function hearPart(part: PartToHear): Promise<PartVoices> {
  const windows: HeardWindow[] = [];
  const pieces: HeardPiece[] = [];
  for (const startMs of windowStarts(part)) {
    part.signal.throwIfAborted();
    const pcm = await part.read(startMs, Math.min(WINDOW_MS, part.knownUntilMs - startMs));
    const activity = localActivity(await part.models.speakerActivity(pcm, part.signal));
    silenceOutside(activity, startMs, part.speech);
    const alone = piecesOfWindow({ startMs, activity }, middleOf(startMs, part.knownUntilMs), pieces);
    pieces.push(...(await withVoices(part, pcm, startMs, windows.length, alone)));
    windows.push({ startMs, activity });
  }
  return { startMs: part.startMs, endMs: part.endMs, windows, pieces };
}

function windowStarts({ startMs, endMs, knownUntilMs, speech }: PartToHear): number[] {
  const starts: number[] = [];
  for (let at = Math.ceil(startMs / WINDOW_STEP_MS) * WINDOW_STEP_MS; at < endMs; at += WINDOW_STEP_MS) {
    if (!isWindow(at, knownUntilMs)) break;
    const from = at === 0 ? 0 : at + EDGE_MS;
    const to = isWindow(at + WINDOW_STEP_MS, knownUntilMs) ? at + WINDOW_MS - EDGE_MS : knownUntilMs;
    if (speech.some((span) => span.startMs < to && span.endMs > from)) starts.push(at);
  }
  return starts;
}

/** Whether a window begins at a time: the first always does, others only if the one before does not reach the end. */
function isWindow(startMs: number, recordingEndMs: number): boolean {
  return startMs === 0 || startMs - WINDOW_STEP_MS + WINDOW_MS < recordingEndMs;
}

/** The stretch whose pieces a window finds: its middle, so that every moment belongs to exactly one window. */
function middleOf(startMs: number, recordingEndMs: number): Span {
  const margin = (WINDOW_MS - WINDOW_STEP_MS) / 2;
  return {
    startMs: startMs === 0 ? 0 : startMs + margin,
    endMs: isWindow(startMs + WINDOW_STEP_MS, recordingEndMs) ? startMs + WINDOW_MS - margin : recordingEndMs,
  };
}

async function withVoices(
  { models, signal }: PartToHear,
  pcm: Int16Array,
  windowStartMs: number,
  window: number,
  alone: readonly FoundPiece[],
): Promise<HeardPiece[]> {
  const ranges = alone.map(({ startMs, endMs }) => ({
    start: (startMs - windowStartMs) * SAMPLES_PER_MS,
    length: (Math.min(endMs, windowStartMs + pcm.length / SAMPLES_PER_MS) - startMs) * SAMPLES_PER_MS,
  }));
  const embeddings =
    ranges.length === 0 ? new Float32Array() : await models.voiceEmbeddings(pcm, ranges, signal);
  return alone.map((piece, i) => ({
    ...piece,
    window,
    embedding: embeddings.slice(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE),
  }));
}
