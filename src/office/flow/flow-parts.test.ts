import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { windowSpan } from '../../core/pipeline/range-first.ts';
import { placeSegments } from '../../core/pipeline/window/place-segments.ts';
import { windowDurationMs } from '../../core/speech/window-packer.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import { dividedParts } from './division.ts';
import {
  FlowFacts,
  readWindowContent,
  type TranscribedPart,
  WindowTask,
  windowContent,
} from './flow-content.ts';
import { stitchedParts } from './stitching.ts';

type Part = FlowFacts['parts'][number];

/** Parts as the core plans them: speech of up to 30 s, pauses between, one or two channels side by side. */
const recordings = fc
  .tuple(
    fc.integer({ min: 1, max: 2 }),
    fc.array(fc.tuple(fc.integer({ min: 500, max: 30_000 }), fc.integer({ min: 0, max: 240_000 })), {
      minLength: 3,
      maxLength: 60,
    }),
  )
  .map(([channels, speech]) => {
    const next = Array.from({ length: channels }, () => ({ atMs: 0, index: 0 }));
    const parts: Part[] = [];
    for (const [count, [durationMs, pauseMs]] of speech.entries()) {
      const channel = count % channels;
      const own = next[channel] as (typeof next)[number];
      const recordingStartMs = own.atMs + pauseMs;
      const piece = { windowStartMs: 0, recordingStartMs, durationMs };
      const speechSpan = { startMs: recordingStartMs, endMs: recordingStartMs + durationMs };
      parts.push({
        ...{ channel, windowIndex: own.index },
        window: { pieces: [{ ...piece, speech: [speechSpan] }], language: null },
      });
      own.atMs = recordingStartMs + durationMs;
      own.index += 1;
    }
    return { parts, durationMs: Math.max(...next.map(({ atMs }) => atMs)) };
  });

const windowLengths = fc.integer({ min: 5_000, max: 600_000 });

/** A word, of which no other part has the same, in the middle of a part. */
function textOf({ channel, windowIndex, window }: Part): TranscribedPart {
  const middleMs = Math.floor(windowDurationMs(window) / 2);
  const word = {
    startMs: middleMs - 100,
    endMs: middleMs + 100,
    text: ` word${channel}x${windowIndex}`,
    probability: 0.5,
  };
  const segment = {
    ...word,
    words: [word],
    meanLogProb: -0.5,
    noSpeechProbability: 0,
    language: 'en',
    flags: [],
  };
  const result = {
    segments: [segment],
    language: null,
    notUnderstood: [],
    inferenceMs: 1,
    peakMemoryBytes: 1,
  };
  return { channel, windowIndex, result };
}

const common = { format: 1, model: 'a'.repeat(64) } as const;

function factsOf(parts: Part[], transcribed: TranscribedPart[]): FlowFacts {
  return FlowFacts.parse({ ...common, language: null, parts, transcribed });
}

describe('a recording, divided and stitched', () => {
  it('loses and doubles no word, and keeps their order and times, wherever it is cut', () => {
    fc.assert(
      fc.property(recordings, windowLengths, ({ parts, durationMs }, windowMs) => {
        const [first, ...others] = parts;
        if (first === undefined) return;
        const windows = dividedParts(others, durationMs, { longMs: 0, windowMs });
        // The windows come back in any order.
        const texts = windows
          .toReversed()
          .map((window) => ({ format: 1 as const, parts: window.map(textOf) }));
        const stitched = stitchedParts(factsOf(parts, [textOf(first)]), texts);
        const words = (list: readonly { window: Part['window']; result: TranscribedPart['result'] }[]) =>
          list.flatMap(({ window, result }) => placeSegments(window, result.segments, null));
        const whole = parts.map((part) => ({ ...part, ...textOf(part) }));
        expect(words(stitched)).toEqual(words(whole));
        for (const channel of [0, 1]) {
          const starts = words(stitched.filter((part) => part.channel === channel)).map(
            ({ startMs }) => startMs,
          );
          expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('has windows of about the length that is asked for, each of which holds something', () => {
    fc.assert(
      fc.property(recordings, windowLengths, ({ parts, durationMs }, windowMs) => {
        for (const window of dividedParts(parts, durationMs, { longMs: 0, windowMs })) {
          expect(window.length).toBeGreaterThan(0);
          const middles = window.map(
            (part) => (windowSpan(part.window).startMs + windowSpan(part.window).endMs) / 2,
          );
          // The number of windows is whole: one may be half as long again, or as long as the recording.
          expect(Math.max(...middles) - Math.min(...middles)).toBeLessThanOrEqual(
            Math.min(2 * windowMs, durationMs),
          );
        }
      }),
    );
  });

  it('is not stitched of texts of which one is missing, twice there, or of something else', () => {
    fc.assert(
      fc.property(recordings, fc.nat(), ({ parts }, at) => {
        const all = parts.map(textOf);
        const index = at % all.length;
        const one = all[index] as TranscribedPart;
        const other = { ...one, windowIndex: parts.length };
        for (const wrong of [
          all.toSpliced(index, 1),
          [...all, one],
          all.with(index, other),
          [...all, other],
        ]) {
          const stitch = () => stitchedParts(factsOf(parts, []), [{ format: 1, parts: wrong }]);
          expect(stitch).toThrow(expect.toSatisfy((error) => isOfficeError(error, 'windows.missing')));
        }
      }),
    );
  });
});

it('gives a window back as it was stored, and none that was cut off or goes on', async () => {
  const [part] = fc.sample(
    recordings.map(({ parts }) => parts[0] as Part),
    { numRuns: 1, seed: 1 },
  );
  if (part === undefined) throw new Error('no part');
  const parts = [
    { ...part, language: 'en' },
    { ...part, windowIndex: 1, language: 'es' },
  ];
  const task = WindowTask.parse({ ...common, language: 'auto', parts });
  const sound = Int16Array.from({ length: windowDurationMs(part.window) * SAMPLES_PER_MS }, () =>
    randomInt(-32_768, 32_768),
  );
  const bytes = await buffer(Readable.from(windowContent(task, async () => sound)));
  const read = (content: Buffer) =>
    readWindowContent(
      (async function* () {
        yield content;
      })(),
    );
  expect(await read(bytes)).toEqual({ task, sounds: [sound, sound] });
  for (const wrong of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.alloc(1)])]) {
    await expect(read(wrong)).rejects.toSatisfy((error) => isOfficeError(error, 'envelope.damaged'));
  }
});
