import { expect, test } from 'vitest';
import { normalise } from './embeddings.ts';
import { FULL_ACTIVITY, frameAt } from './local-activity.ts';
import { type HeardPiece, LOCAL_SPEAKERS, WINDOW_VALUES } from './part-voices.ts';
import { voiceNumber } from './testing/spoken-world.ts';
import { nameWindows } from './window-speakers.ts';

const VOICES = [voiceNumber(0), voiceNumber(1)];

/** A window in which the first local speaker talks all along, and the second from 4 to 6 s. */
function overlappedWindow() {
  const activity = new Uint8Array(WINDOW_VALUES);
  const talk = (local: number, startMs: number, endMs: number) => {
    for (let frame = Math.max(0, frameAt(startMs)); frame < frameAt(endMs); frame += 1)
      activity[frame * LOCAL_SPEAKERS + local] = FULL_ACTIVITY;
  };
  talk(0, 0, 6_000);
  talk(1, 4_000, 6_000);
  return { startMs: 0, activity };
}

function piece(startMs: number, embedding: Float32Array, isAlone: boolean): HeardPiece {
  return { startMs, endMs: startMs + 1_500, window: 0, local: 0, isAlone, embedding };
}

/** Whom the first local speaker is taken for at a time, when what is heard of both at once sounds like `mixed`. */
function voiceAt(ms: number, mixed: Float32Array): number | undefined {
  const alone = [0, 1_200, 2_400].map((startMs) => piece(startMs, voiceNumber(0), true));
  const atOnce = [4_000, 4_500].map((startMs) => piece(startMs, mixed, false));
  const part = { startMs: 0, endMs: 10_000, windows: [overlappedWindow()], pieces: [...alone, ...atOnce] };
  const [named] = nameWindows([part], VOICES);
  return named?.speakers[frameAt(ms) * LOCAL_SPEAKERS];
}

test('who is heard while another talks keeps the voice', () => {
  const both = normalise(voiceNumber(0).map((value, i) => value + (voiceNumber(1)[i] as number)));
  expect([2_000, 5_000].map((ms) => voiceAt(ms, both))).toEqual([0, 0]);
});

test('who is taken for somebody whom the mixture does not sound like is not that person there', () => {
  expect([2_000, 5_000].map((ms) => voiceAt(ms, voiceNumber(1)))).toEqual([0, 1]);
});
