import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diarize } from './diarize.ts';
import { similarity } from './embeddings.ts';
import type { PartVoices } from './part-voices.ts';
import type { SpeakerTurn } from './speaker-turns.ts';
import { hearWorld, type Talk, voiceNumber } from './testing/spoken-world.ts';

/** People who take turns, each turn of 2 to 8 s after a pause of 0.7 to 2 s. */
const conversation = fc
  .record({
    speakers: fc.integer({ min: 1, max: 5 }),
    turns: fc.array(
      fc.record({
        step: fc.integer({ min: 1, max: 4 }),
        lengthMs: fc.integer({ min: 2_000, max: 8_000 }),
        pauseMs: fc.integer({ min: 700, max: 2_000 }),
      }),
      { minLength: 20, maxLength: 30 },
    ),
  })
  .map(({ speakers, turns }) => {
    const talks: Talk[] = [];
    let atMs = 0;
    let speaker = 0;
    for (const [i, { step, lengthMs, pauseMs }] of turns.entries()) {
      // Everybody talks in the first turns, and is followed by somebody else.
      speaker =
        i < 2 * speakers
          ? i % speakers
          : (speaker + (speakers === 1 ? 0 : 1 + (step % (speakers - 1)))) % speakers;
      const startMs = atMs + pauseMs;
      atMs = startMs + lengthMs;
      talks.push({ startMs, endMs: atMs, speaker });
    }
    return { speakers, talks, lengthMs: atMs + 500 };
  });

/** Share of the time (every 50 ms) in which others talk than were found. */
function wrongShare(talks: readonly Talk[], turns: readonly SpeakerTurn[], lengthMs: number): number {
  let wrong = 0;
  let all = 0;
  for (let atMs = 0; atMs < lengthMs; atMs += 50) {
    const isAt = ({ startMs, endMs }: Talk | SpeakerTurn) => startMs <= atMs && atMs < endMs;
    const talking = talks.filter(isAt).map(({ speaker }) => speaker);
    const found = turns.filter(isAt).map(({ speaker }) => speaker);
    if (talking.length > 0 || found.length > 0) all += 1;
    if (talking.sort().join() !== found.sort().join()) wrong += 1;
  }
  return wrong / all;
}

test('finds everybody, and their turns, whatever the parts', async () => {
  await fc.assert(
    fc.asyncProperty(
      conversation,
      fc.constantFrom(20_000, 30_000, 60_000),
      async ({ speakers, talks, lengthMs }, partMs) => {
        const { turns, speakers: found } = diarize(await hearWorld(talks, lengthMs, { partMs }), {
          count: null,
        });
        expect(found).toHaveLength(speakers);
        // Speakers are numbered as they begin to talk, as in the conversation; padding is all that is wrong.
        expect(wrongShare(talks, turns, lengthMs)).toBeLessThan(0.08);
      },
    ),
    { numRuns: 4 },
  );
});

test('the number that is asked for is obeyed', async () => {
  await fc.assert(
    fc.asyncProperty(
      conversation,
      fc.integer({ min: 1, max: 8 }),
      async ({ speakers, talks, lengthMs }, asked) => {
        const parts = await hearWorld(talks, lengthMs);
        const exactly = diarize(parts, { count: { speakers: asked, isLimit: false } });
        expect(exactly.speakers).toHaveLength(asked);
        const atMost = diarize(parts, { count: { speakers: asked, isLimit: true } });
        expect(atMost.speakers).toHaveLength(Math.min(asked, speakers));
      },
    ),
    { numRuns: 4 },
  );
});

test('turns are in order, within the recording, and those of one speaker apart', async () => {
  await fc.assert(
    fc.asyncProperty(conversation, async ({ talks, lengthMs }) => {
      const { turns, speakers } = diarize(await hearWorld(talks, lengthMs), { count: null });
      expect(turns.map(({ startMs }) => startMs)).toEqual(
        turns.map(({ startMs }) => startMs).sort((a, b) => a - b),
      );
      for (const [number, { speechMs }] of speakers.entries()) {
        const own = turns.filter(({ speaker }) => speaker === number);
        expect(speechMs).toBe(own.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0));
        for (const [i, turn] of own.entries())
          expect(turn.startMs).toBeGreaterThanOrEqual(own[i - 1]?.endMs ?? 0);
      }
      expect(Math.max(...turns.map(({ endMs }) => endMs))).toBeLessThanOrEqual(lengthMs + 20);
    }),
    { numRuns: 4 },
  );
});

describe('two people', () => {
  const talks: Talk[] = Array.from({ length: 16 }, (_, i) => ({
    startMs: i * 5_000,
    endMs: i * 5_000 + (i === 9 ? 6_500 : 4_000),
    speaker: i % 2,
  }));

  test('who talk at once both have a turn there', async () => {
    const { turns } = diarize(await hearWorld(talks, 80_000), { count: null });
    const at50s = turns.filter(({ startMs, endMs }) => startMs <= 50_700 && endMs > 50_700);
    expect(at50s.map(({ speaker }) => speaker).sort()).toEqual([0, 1]);
  });

  test('have certain turns and their own voices', async () => {
    const { turns, speakers } = diarize(await hearWorld(talks, 80_000), { count: null });
    for (const { certainty } of turns) expect(certainty).toBeGreaterThan(0.6);
    for (const [i, { embedding }] of speakers.entries()) {
      expect(similarity(embedding, voiceNumber(i))).toBeGreaterThan(0.9);
    }
  });

  test('have uncertain turns where a third person is counted', async () => {
    const { turns } = diarize(await hearWorld(talks, 80_000), { count: { speakers: 3, isLimit: false } });
    expect(Math.min(...turns.map(({ certainty }) => certainty))).toBeLessThan(0.3);
  });

  test('of whom a third is counted, leave it to a voice that is only heard where several talk', async () => {
    const others = [2, 3].map((speaker) => ({ startMs: 34_200, endMs: 35_900, speaker }));
    const parts = await hearWorld([...talks.slice(0, 7), ...others, ...talks.slice(8)], 80_000);
    expect(diarize(parts, { count: null }).speakers).toHaveLength(2);
    const { turns, speakers } = diarize(parts, { count: { speakers: 3, isLimit: false } });
    const third = turns.find(({ startMs, endMs }) => startMs <= 35_000 && endMs > 35_000)?.speaker ?? -1;
    expect(turns.filter(({ speaker }) => speaker === third)).toHaveLength(1);
    const alike = [0, 1, 2, 3].map((i) =>
      similarity(speakers[third]?.embedding ?? voiceNumber(9), voiceNumber(i)),
    );
    expect(Math.min(...alike.slice(2))).toBeGreaterThan(Math.max(...alike.slice(0, 2)));
  });

  test('are recognised by known voices', async () => {
    const known = [1, 2].map((number) => ({
      id: `voice ${number}`,
      name: `person ${number}`,
      embedding: voiceNumber(number),
    }));
    const { speakers } = diarize(await hearWorld(talks, 80_000), { count: null, known });
    expect(speakers.map((speaker) => speaker.known?.voiceId ?? null)).toEqual([null, 'voice 1']);
  });

  test('who take turns without a pause are told apart', async () => {
    const quick: Talk[] = Array.from({ length: 20 }, (_, i) => ({
      startMs: i * 3_000,
      endMs: (i + 1) * 3_000,
      speaker: i % 2,
    }));
    const { turns } = diarize(await hearWorld(quick, 60_000), { count: null });
    expect(wrongShare(quick, turns, 60_000)).toBeLessThan(0.1);
  });
});

test('a cough of another voice is nobody', async () => {
  const talks: Talk[] = [
    ...Array.from({ length: 30 }, (_, i) => ({ startMs: i * 5_000, endMs: i * 5_000 + 4_000, speaker: 0 })),
    { startMs: 64_300, endMs: 64_900, speaker: 1 },
    { startMs: 104_200, endMs: 104_900, speaker: 2 },
  ];
  expect(diarize(await hearWorld(talks, 150_000), { count: null }).speakers).toHaveLength(1);
});

test('silence has no speakers, whatever was asked for', async () => {
  const parts = await hearWorld([], 70_000);
  for (const count of [null, { speakers: 3, isLimit: false }]) {
    expect(diarize(parts, { count })).toEqual({ turns: [], speakers: [] });
  }
  expect(diarize([], { count: null })).toEqual({ turns: [], speakers: [] });
});

/** A minute of talk, again and again. */
async function repeated(minute: readonly Talk[], times: number): Promise<PartVoices[]> {
  const [part] = await hearWorld(minute, 60_000);
  if (part === undefined) throw new Error('a minute is a part');
  return Array.from({ length: times }, (_, i) => later(part, i * 60_000));
}

function later(part: PartVoices, byMs: number): PartVoices {
  const moved = <T extends { startMs: number }>(one: T) => ({ ...one, startMs: one.startMs + byMs });
  return {
    ...{ startMs: part.startMs + byMs, endMs: part.endMs + byMs },
    windows: part.windows.map(moved),
    pieces: part.pieces.map((piece) => ({ ...moved(piece), endMs: piece.endMs + byMs })),
  };
}

describe('one reader', () => {
  const minute: Talk[] = Array.from({ length: 10 }, (_, i) => ({
    ...{ startMs: i * 6_000, endMs: i * 6_000 + 4_200, speaker: 0 },
  }));

  test('is one speaker for half an hour, though a short sound in every minute is another voice', async () => {
    const parts = await repeated([...minute, { startMs: 22_600, endMs: 23_400, speaker: 1 }], 30);
    expect(diarize(parts, { count: null }).speakers).toHaveLength(1);
  });

  test('who is asked something for six seconds in ten minutes is one of two', async () => {
    const parts = await repeated(minute, 10);
    const asked = await hearWorld(
      [...minute.slice(0, 4), { startMs: 24_000, endMs: 30_000, speaker: 1 }],
      60_000,
    );
    const all = [...parts.slice(0, 5), ...asked.map((part) => later(part, 300_000)), ...parts.slice(6)];
    expect(diarize(all, { count: null }).speakers).toHaveLength(2);
  });

  test('whom somebody interrupts for a second and a half is one of two in half a minute, and alone in ten', async () => {
    const interrupted = [...minute.slice(0, 4), { startMs: 24_000, endMs: 25_600, speaker: 1 }];
    const short = await hearWorld(interrupted, 30_000);
    expect(diarize(short, { count: null }).speakers).toHaveLength(2);
    const rest = (await repeated(minute, 10)).map((part) => later(part, 60_000));
    const long = [...(await hearWorld(interrupted, 60_000)), ...rest];
    expect(diarize(long, { count: null }).speakers).toHaveLength(1);
  });

  test('whom somebody answers with a word every time is one of two', async () => {
    const answers = minute.map(({ endMs }) => ({ startMs: endMs + 500, endMs: endMs + 1_300, speaker: 1 }));
    const parts = await repeated(
      [...minute, ...answers].sort((a, b) => a.startMs - b.startMs),
      10,
    );
    expect(diarize(parts, { count: null }).speakers).toHaveLength(2);
  });
});

test('hours of talk are clustered in blocks and stay the same people', async () => {
  const minute: Talk[] = Array.from({ length: 12 }, (_, i) => ({
    startMs: i * 5_000,
    endMs: i * 5_000 + 4_200,
    speaker: (i * i) % 4,
  }));
  const parts = await repeated(minute, 40);
  expect(parts.flatMap(({ pieces }) => pieces).length).toBeGreaterThan(1_500);
  const { turns, speakers } = diarize(parts, { count: null });
  expect(speakers).toHaveLength(new Set(minute.map(({ speaker }) => speaker)).size);
  const speakersOfMinute = (minute: number) =>
    turns
      .filter(({ startMs }) => Math.floor((startMs + 500) / 60_000) === minute)
      .map(({ speaker }) => speaker);
  expect(speakersOfMinute(38)).toEqual(speakersOfMinute(3));
});
