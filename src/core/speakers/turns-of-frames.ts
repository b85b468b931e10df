import { FRAME_MS, type Span } from '../../contract/audio.ts';

/** Pauses of a speaker up to this length belong to the turn. */
const PAUSE_MS = 500;

/** Shorter turns are left out. */
const SHORTEST_MS = 200;

/** A turn begins this much before its first frame and ends this much after its last: soft sounds begin and end speech. */
const BEFORE_MS = 100;
const AFTER_MS = 60;

/** The turns of one speaker, from the frames in which that speaker talks (bit `speaker` of each). */
export function turnsOfFrames(masks: Uint32Array, speaker: number): Span[] {
  const lengthMs = masks.length * FRAME_MS;
  const turns: { startMs: number; endMs: number }[] = [];
  for (const { start, end } of runs(masks, speaker)) {
    if ((end - start) * FRAME_MS < SHORTEST_MS) continue;
    const startMs = Math.max(0, (start - silentBefore(masks, start)) * FRAME_MS);
    const endMs = Math.min(lengthMs, (end + silentAfter(masks, end)) * FRAME_MS);
    const last = turns.at(-1);
    if (last !== undefined && startMs - last.endMs <= PAUSE_MS) last.endMs = Math.max(last.endMs, endMs);
    else turns.push({ startMs, endMs });
  }
  return turns;
}

function runs(masks: Uint32Array, speaker: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let frame = 0; frame < masks.length; frame += 1) {
    if (((masks[frame] as number) & (1 << speaker)) === 0) continue;
    const last = found.at(-1);
    if (last?.end === frame) last.end = frame + 1;
    else found.push({ start: frame, end: frame + 1 });
  }
  return found;
}

/** Frames before a turn in which nobody talks, as far as the turn may begin earlier. */
function silentBefore(masks: Uint32Array, start: number): number {
  let frames = 0;
  while (frames < BEFORE_MS / FRAME_MS && masks[start - 1 - frames] === 0) frames += 1;
  return frames;
}

function silentAfter(masks: Uint32Array, end: number): number {
  let frames = 0;
  while (frames < AFTER_MS / FRAME_MS && masks[end + frames] === 0) frames += 1;
  return frames;
}
