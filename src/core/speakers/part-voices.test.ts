import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMBEDDING_SIZE } from '../../contract/speaker-models.ts';
import { normalise, similarity } from './embeddings.ts';
import { packPartVoices, unpackPartVoices, WINDOW_VALUES } from './part-voices.ts';
import { randomNumbers, voiceNumber } from './testing/spoken-world.ts';

const part = fc
  .record({
    startMs: fc.integer({ min: 0, max: 600 }).map((minute) => minute * 60_000),
    windows: fc.integer({ min: 0, max: 31 }),
    pieces: fc.array(
      fc.record({
        startMs: fc.nat(40_000_000),
        window: fc.nat(29),
        local: fc.nat(2),
        isAlone: fc.boolean(),
        voice: fc.nat(50),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ startMs, windows, pieces }) => {
    const random = randomNumbers(startMs + windows);
    return {
      startMs,
      endMs: startMs + 60_000,
      windows: Array.from({ length: windows }, (_, i) => ({
        startMs: startMs + i * 2_000,
        activity: Uint8Array.from({ length: WINDOW_VALUES }, () => Math.floor(random() * 16)),
      })),
      pieces: pieces.map(({ voice, ...piece }) => ({
        ...piece,
        endMs: piece.startMs + 1_500,
        embedding: voiceNumber(voice),
      })),
    };
  });

test('a part is read as it was packed, its voices nearly', () => {
  fc.assert(
    fc.property(part, (heard) => {
      const read = unpackPartVoices(packPartVoices(heard));
      expect(read?.windows).toEqual(heard.windows);
      expect(read?.pieces.map(({ embedding: _, ...piece }) => piece)).toEqual(
        heard.pieces.map(({ embedding: _, ...piece }) => piece),
      );
      for (const [i, { embedding }] of heard.pieces.entries()) {
        expect(similarity(read?.pieces[i]?.embedding as Float32Array, embedding)).toBeGreaterThan(0.999);
      }
    }),
    { numRuns: 30 },
  );
});

test('a minute of speech takes little space', () => {
  const windows = Array.from({ length: 30 }, (_, i) => ({
    startMs: i * 2_000,
    activity: new Uint8Array(WINDOW_VALUES),
  }));
  const pieces = Array.from({ length: 100 }, (_, i) => ({
    ...{ startMs: i * 600, endMs: i * 600 + 1_500, window: 0, local: 0, isAlone: true },
    embedding: normalise(new Float32Array(EMBEDDING_SIZE).fill(1)),
  }));
  expect(packPartVoices({ startMs: 0, endMs: 60_000, windows, pieces }).length).toBeLessThan(60_000);
});

test('bytes of another format, or cut short, are not read', () => {
  fc.assert(
    fc.property(part, fc.integer({ min: 1, max: 12 }), (heard, missing) => {
      const packed = packPartVoices(heard);
      expect(unpackPartVoices(packed.subarray(0, packed.length - missing))).toBeNull();
      expect(unpackPartVoices(Uint8Array.from(packed, (byte, i) => (i === 0 ? 9 : byte)))).toBeNull();
    }),
    { numRuns: 20 },
  );
});
