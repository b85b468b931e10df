import { FRAME_MS, type Span } from '../../contract/audio.ts';

/** Pauses of a speaker up to this length belong to the turn. */
const PAUSE_MS = 500;

/** Shorter turns are left out. */
const SHORTEST_MS = 200;

/** The turns of one speaker, from the frames in which that speaker talks (bit `speaker` of each). */
export function turnsOfFrames(masks: Uint32Array, speaker: number): Span[] {
  const turns: { startMs: number; endMs: number }[] = [];
  for (let frame = 0; frame < masks.length; frame += 1) {
    if (((masks[frame] as number) & (1 << speaker)) === 0) continue;
    const startMs = frame * FRAME_MS;
    const last = turns.at(-1);
    if (last !== undefined && startMs - last.endMs <= PAUSE_MS) last.endMs = startMs + FRAME_MS;
    else turns.push({ startMs, endMs: startMs + FRAME_MS });
  }
  return turns.filter(({ startMs, endMs }) => endMs - startMs >= SHORTEST_MS);
}
