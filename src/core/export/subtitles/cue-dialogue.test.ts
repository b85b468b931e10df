import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SubtitleShape, subtitleFault, USUAL_SUBTITLES } from '../../../contract/format-options.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { segmentOf } from '../testing/example-documents.ts';
import { columnsOf } from '../text-columns.ts';
import { type Cue, cuesOf, overlappingCuesOf } from './cues.ts';

const [ANNA, BERT, CARLA] = ['Anna', 'Bert', 'Carla'];

function textsOf(cues: readonly Cue[]): string[] {
  return cues.map(({ lines }) => lines.join('\n'));
}

function lengthsOf(cues: readonly Cue[]): number[] {
  return cues.map(({ startMs, endMs }) => endMs - startMs);
}

const AT_ONCE = [segmentOf('Yes.', 1000, 1080, ANNA), segmentOf('But I asked you first…', 1080, 2900, BERT)];

describe('two people at once', () => {
  test('share a cue that stands long enough, each behind a dash', () => {
    const cues = cuesOf(AT_ONCE, false);
    expect(textsOf(cues)).toEqual(['- Yes.\n- But I asked you first…']);
    expect(cues).toMatchObject([{ startMs: 1000, endMs: 2900, speaker: null }]);
  });

  test('have cues of their own where cues may overlap', () => {
    expect(overlappingCuesOf(AT_ONCE)).toEqual([
      { startMs: 1000, endMs: 1800, lines: ['Yes.'], speaker: ANNA },
      { startMs: 1080, endMs: 2900, lines: ['But I asked you first…'], speaker: BERT },
    ]);
  });

  test('what one of them says in two segments stays apart by a blank', () => {
    const cues = cuesOf(
      [
        segmentOf('But I asked you first.', 0, 2500, ANNA),
        segmentOf('Yes.', 500, 800, BERT),
        segmentOf('No.', 1500, 1800, BERT),
      ],
      false,
    );
    expect(textsOf(cues)).toEqual(['- But I asked you first.\n- Yes. No.']);
  });

  test('are named once while they go on, and whoever goes on alone is named again', () => {
    const cues = cuesOf(
      [
        segmentOf('I was there on Sunday, and nobody else came in.', 0, 4000, ANNA),
        segmentOf('That is not what you told us, is it? I ask you.', 200, 4200, BERT),
        segmentOf('It is.', 6000, 7000, BERT),
      ],
      true,
    );
    expect(textsOf(cues)).toEqual([
      '- Anna: I was there on Sunday,\n- Bert: That is not what you told us,',
      '- and nobody else came in.\n- is it? I ask you.',
      'Bert: It is.',
    ]);
  });

  test('a murmur within a long turn takes nothing of it away', () => {
    const turn =
      'I saw him in the kitchen that evening, near the window. He carried the green folder and the small red bag.';
    const segments = [segmentOf(turn, 0, 9000, ANNA), segmentOf('Mm-hm.', 2000, 2080, BERT)];
    const cues = cuesOf(segments, false);
    expect(textsOf(cues)).toContain('- I saw him in the kitchen that evening,\n- Mm-hm.');
    expect(Math.min(...lengthsOf(cues))).toBeGreaterThanOrEqual(USUAL_SUBTITLES.shortestMs);
    expect(
      textsOf(cues)
        .join(' ')
        .replaceAll(/\s+|- /g, ''),
    ).toHaveLength(`${turn}Mm-hm.`.replaceAll(' ', '').length);
  });

  test('three at once take turns, two at a time; on three lines they stand together', () => {
    const segments = [
      segmentOf('Let us go home.', 0, 1500, ANNA),
      segmentOf('No, stay a little.', 100, 1600, BERT),
      segmentOf('Where are my keys?', 200, 1700, CARLA),
    ];
    const cues = cuesOf(segments, false);
    expect(cues.every(({ lines }) => lines.length <= 2)).toBe(true);
    expect(Math.min(...lengthsOf(cues))).toBeGreaterThanOrEqual(USUAL_SUBTITLES.shortestMs);
    expect(textsOf(cuesOf(segments, false, { ...USUAL_SUBTITLES, lines: 3 }))).toEqual([
      '- Let us go home.\n- No, stay a little.\n- Where are my keys?',
    ]);
  });

  test('a quick exchange under a long shortest time finds back to what is heard', () => {
    const shape = { ...USUAL_SUBTITLES, shortestMs: 3000 };
    const turns = Array.from({ length: 200 }, (_, index) =>
      segmentOf(`Turn ${index}.`, index * 400, index * 400 + 380, [ANNA, BERT, CARLA][index % 3] ?? null),
    );
    const cues = cuesOf(turns, false, shape);
    const last = cues.at(-1);
    expect((last?.startMs ?? 0) - 199 * 400).toBeLessThan(9000);
  });

  test('where turns only touch, nobody has a dash', () => {
    const segments = [segmentOf('Where were you?', 0, 2100, ANNA), segmentOf('At home.', 2000, 3500, BERT)];
    expect(textsOf(cuesOf(segments, false))).toEqual(['Where were you?', 'At home.']);
    const [first, second] = overlappingCuesOf(segments);
    expect(first?.endMs).toBe(second?.startMs);
  });
});

/** Speech of up to four people who do not wait for one another; every word is identified by speaker and number. */
const talk: fc.Arbitrary<Segment[]> = fc
  .array(
    fc.array(
      fc.record({
        pauseMs: fc.integer({ min: 0, max: 3000 }),
        words: fc.array(
          fc.record({
            lengthMs: fc.integer({ min: 0, max: 700 }),
            mark: fc.constantFrom('', '', '', ',', '.', '?', 'x'.repeat(60)),
          }),
          { minLength: 1, maxLength: 30 },
        ),
      }),
      { maxLength: 5 },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((speakers) =>
    speakers
      .flatMap((turns, speaker) => {
        let atMs = 0;
        let number = 0;
        return turns.map(({ pauseMs, words }) => {
          atMs += pauseMs;
          const startMs = atMs;
          const timed = words.map(({ lengthMs, mark }) => {
            const word = {
              startMs: atMs,
              endMs: atMs + lengthMs,
              text: `${'abcd'[speaker]}${number++}${mark}`,
            };
            atMs = word.endMs;
            return { ...word, confidence: 0.9 };
          });
          const text = timed.map((word) => word.text).join(' ');
          return { ...segmentOf(text, startMs, atMs, `Speaker ${speaker + 1}`), words: timed };
        });
      })
      .sort((one, other) => one.startMs - other.startMs),
  );

const shapes: fc.Arbitrary<SubtitleShape> = fc
  .record({
    lineLength: fc.integer({ min: 20, max: 60 }),
    lines: fc.integer({ min: 1, max: 4 }),
    readingSpeed: fc.integer({ min: 5, max: 60 }),
    gapMs: fc.integer({ min: 0, max: 400 }),
    shortestMs: fc.integer({ min: 200, max: 2000 }),
    longestMs: fc.integer({ min: 2000, max: 9000 }),
  })
  .filter((shape) => subtitleFault(shape) === null);

/** The words of each speaker, in the order in which they are shown. */
function wordsBySpeaker(texts: readonly string[]): Record<string, string[]> {
  const words = texts.join('').match(/[abcd]\d+/g) ?? [];
  return Object.groupBy(words, (word) => word.charAt(0)) as Record<string, string[]>;
}

function expectShaped(cues: readonly Cue[], shape: SubtitleShape): void {
  for (const { lines, startMs, endMs } of cues) {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(shape.lines);
    for (const line of lines) {
      expect(columnsOf(line)).toBeLessThanOrEqual(shape.lineLength);
      expect(line.trim()).toBe(line);
    }
    for (const line of lines) expect(line, 'words run together').not.toMatch(/[\d.,?][abcd]\d/);
    expect(endMs).toBeGreaterThan(startMs);
    expect(endMs - startMs).toBeLessThanOrEqual(shape.longestMs);
  }
}

function expectInTurn(cues: readonly Cue[], shape: SubtitleShape): void {
  cues.slice(1).forEach(({ startMs }, index) => {
    expect(startMs).toBeGreaterThanOrEqual((cues[index]?.endMs ?? 0) + shape.gapMs);
  });
}

describe('whatever people say at once', () => {
  test('every word is shown once, in order, in cues of the shape that never overlap', () => {
    fc.assert(
      fc.property(talk, shapes, fc.boolean(), (segments, shape, names) => {
        const cues = cuesOf(segments, names, shape);
        expectShaped(cues, shape);
        expectInTurn(cues, shape);
        const spoken = wordsBySpeaker(segments.map(({ text }) => text));
        expect(wordsBySpeaker(textsOf(cues))).toEqual(spoken);
      }),
      { numRuns: 60 },
    );
  });

  test('where cues may overlap, only those of different speakers do', () => {
    fc.assert(
      fc.property(talk, shapes, (segments, shape) => {
        const cues = overlappingCuesOf(segments, shape);
        expectShaped(cues, shape);
        for (const own of Map.groupBy(cues, ({ speaker }) => speaker).values()) expectInTurn(own, shape);
        cues.slice(1).forEach(({ startMs }, index) => {
          expect(startMs).toBeGreaterThanOrEqual(cues[index]?.startMs ?? 0);
        });
        const spoken = wordsBySpeaker(segments.map(({ text }) => text));
        expect(wordsBySpeaker(textsOf(cues))).toEqual(spoken);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the shape', () => {
  const text =
    'I saw him in the kitchen that evening, near the window. He carried the green folder and the small red bag outside.';
  const shaped = (changes: Partial<SubtitleShape>, segments = [segmentOf(text, 0, 9000)]) =>
    cuesOf(segments, false, { ...USUAL_SUBTITLES, ...changes });

  test('characters a line and lines', () => {
    expect(
      shaped({ lineLength: 32 })
        .flatMap(({ lines }) => lines)
        .every((line) => line.length <= 32),
    ).toBe(true);
    expect(shaped({ lines: 1 }).every(({ lines }) => lines.length === 1)).toBe(true);
    expect(textsOf(shaped({ lines: 3, lineLength: 20, longestMs: 9000 }))[0]?.split('\n')).toHaveLength(3);
    const chinese = segmentOf('我认识那个证人他昨天在法院里说了很多话', 0, 5000, null, 'zh');
    for (const { lines } of shaped({ lineLength: 24 }, [chinese])) {
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
    }
  });

  test('a cue stays on until it is read, if there is room, and leaves the gap before the next', () => {
    const quick = [segmentOf('He carried the green folder outside.', 0, 1000), segmentOf('Yes.', 9000, 9500)];
    expect(shaped({ readingSpeed: 12 }, quick)[0]?.endMs).toBe(3000);
    expect(shaped({ readingSpeed: 6, longestMs: 4000 }, quick)[0]?.endMs).toBe(4000);
    const close = [segmentOf('He carried it outside.', 0, 2000), segmentOf('Yes.', 2000, 2500)];
    expect(shaped({ gapMs: 120 }, close)).toMatchObject([{ endMs: 1880 }, { startMs: 2000 }]);
  });

  test('what follows too soon to be read by itself shares a cue, where one speaker is known to say it', () => {
    const hasty = (speaker: string | null) =>
      textsOf(shaped({}, [segmentOf('Yes.', 0, 300, speaker), segmentOf('I know.', 600, 1200, speaker)]));
    expect(hasty(ANNA)).toEqual(['Yes. I know.']);
    expect(hasty(null)).toEqual(['Yes.', 'I know.']);
    const lengths = lengthsOf(shaped({ shortestMs: 2000 }));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(2000);
  });

  test('shortest and longest cue', () => {
    expect(shaped({ shortestMs: 2000 }, [segmentOf('Yes.', 0, 300)])[0]?.endMs).toBe(2000);
    expect(Math.max(...lengthsOf(shaped({ longestMs: 2500 })))).toBeLessThanOrEqual(2500);
  });

  test('what does not fit together is told', () => {
    expect(subtitleFault(USUAL_SUBTITLES)).toBeNull();
    expect(subtitleFault({ ...USUAL_SUBTITLES, lines: 0 })).toBe('lines');
    expect(subtitleFault({ ...USUAL_SUBTITLES, lineLength: Number.NaN })).toBe('lineLength');
    expect(subtitleFault({ ...USUAL_SUBTITLES, shortestMs: 8000 })).toBe('order');
  });
});
