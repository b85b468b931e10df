import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { USUAL_SUBTITLES } from '../../../contract/format-options.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { longDocument, REFERENCE_NAMES, referenceDocument, segmentOf } from '../testing/example-documents.ts';
import { columnsOf } from '../text-columns.ts';
import { type Cue, cuesOf } from './cues.ts';

function expectLegible(cues: readonly Cue[]): void {
  let freeFromMs = 0;
  for (const cue of cues) {
    expect(cue.lines.length).toBeGreaterThan(0);
    expect(cue.lines.length).toBeLessThanOrEqual(2);
    for (const line of cue.lines) {
      expect(line.trim()).toBe(line);
      expect(line).not.toBe('');
      expect(line.length).toBeLessThanOrEqual(USUAL_SUBTITLES.lineLength);
      expect(columnsOf(line)).toBeLessThanOrEqual(USUAL_SUBTITLES.lineLength);
    }
    expect(cue.startMs).toBeGreaterThanOrEqual(freeFromMs);
    expect(cue.endMs).toBeGreaterThan(cue.startMs);
    expect(cue.endMs - cue.startMs).toBeLessThanOrEqual(USUAL_SUBTITLES.longestMs);
    freeFromMs = cue.endMs;
  }
}

function withoutBlanks(text: string): string {
  return text.replaceAll(' ', '');
}

describe('recordings whose words are known', () => {
  test.each(REFERENCE_NAMES)('%s gives legible cues with every word once and in order', (name) => {
    const { segments } = referenceDocument(name);
    const cues = cuesOf(segments, false);
    expectLegible(cues);
    expect(cues.flatMap((cue) => cue.lines).join(' ')).toBe(segments.map(({ text }) => text).join(' '));
    expectLegible(cuesOf(segments, true));
  });

  test('a long hearing keeps every word too', () => {
    const { segments } = longDocument(2000);
    const cues = cuesOf(segments, false);
    expectLegible(cues);
    expect(cues.flatMap((cue) => cue.lines).join(' ')).toBe(segments.map(({ text }) => text).join(' '));
  });
});

// Words as engines write them, in scripts with and without spaces, and some wider than a line.
const latinWord = fc.constantFrom(
  'I',
  'was',
  'there,',
  'kitchen.',
  "o'clock",
  'naïve',
  '"No."',
  '—',
  '17:30',
  '👩‍⚖️',
);
const monster = fc.constantFrom(
  'x'.repeat(97),
  'https://example.org/a/very/long/path/that/never/ends?q=1&r=2',
  'é'.repeat(50),
);
const hanWord = fc.constantFrom('我', '认识', '证人', '。', ',', '法院', '「', '」', '2026年');
const thaiWord = fc.constantFrom('สวัสดี', 'ครับ', 'ผม', 'เป็น', 'พยาน');

function segmentArbitrary(word: fc.Arbitrary<string>, joiner: string): fc.Arbitrary<Segment[]> {
  const timedWord = fc.record({
    text: word,
    gapMs: fc.integer({ min: 0, max: 2500 }),
    lengthMs: fc.integer({ min: 0, max: 900 }),
  });
  const one = fc.record({
    pauseMs: fc.integer({ min: 0, max: 4000 }),
    words: fc.array(timedWord, { minLength: 1, maxLength: 60 }),
  });
  return fc.array(one, { maxLength: 6 }).map((parts) => {
    let atMs = 0;
    return parts.map(({ pauseMs, words }) => {
      const startMs = atMs + pauseMs;
      atMs = startMs;
      const timed = words.map(({ text, gapMs, lengthMs }) => {
        const wordStartMs = atMs + gapMs;
        atMs = wordStartMs + lengthMs;
        return { text, startMs: wordStartMs, endMs: atMs, confidence: 0.9 };
      });
      const text = timed.map(({ text }) => text).join(joiner);
      return { ...segmentOf(text, startMs, atMs), words: timed };
    });
  });
}

describe('any transcript', () => {
  test.each([
    ['with blanks', fc.oneof({ weight: 9, arbitrary: latinWord }, { weight: 1, arbitrary: monster }), ' '],
    ['in Chinese', hanWord, ''],
    ['in Thai', thaiWord, ''],
  ])('%s: cues are legible, complete and in order', (_name, word, joiner) => {
    fc.assert(
      fc.property(segmentArbitrary(word, joiner), (segments) => {
        const cues = cuesOf(segments, false);
        expectLegible(cues);
        const shown = cues.flatMap((cue) => cue.lines).join('');
        expect(withoutBlanks(shown)).toBe(withoutBlanks(segments.map(({ text }) => text).join('')));
      }),
      { numRuns: 300 },
    );
  });

  test('in Chinese begins no line with closing punctuation and ends none with an opening quote', () => {
    const sentence = fc.array(
      fc.constantFrom('我认识', '证人', '在法院', '「你好」', '「好', '」。', '\uFF0C', '。'),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(sentence, fc.boolean(), (parts, timed) => {
        const text = `我${parts.join('')}`;
        const words = timed
          ? [...text].map((character, index) => ({
              startMs: index * 200,
              endMs: index * 200 + 150,
              text: character,
              confidence: 1,
            }))
          : [];
        const lines = cuesOf(
          [{ ...segmentOf(text, 0, 200 * text.length, null, 'zh'), words }],
          false,
        ).flatMap((cue) => cue.lines);
        expect(lines.join('')).toBe(text);
        for (const line of lines.filter((some) => columnsOf(some) > 4))
          expect(line).not.toMatch(/^[」。\uFF0C]|「$/u);
      }),
    );
  });

  test('with blanks is cut between words only, and each cue begins with its first word', () => {
    fc.assert(
      fc.property(segmentArbitrary(latinWord, ' '), (segments) => {
        const cues = cuesOf(segments, false);
        expect(cues.flatMap((cue) => cue.lines).join(' ')).toBe(segments.map(({ text }) => text).join(' '));
        const starts = new Set(segments.flatMap(({ words }) => words.map(({ startMs }) => startMs)));
        cues.forEach(({ startMs }, index) => {
          expect(starts.has(startMs) || startMs === cues[index - 1]?.endMs).toBe(true);
        });
      }),
    );
  });

  test('whose words do not make up its text shows the text', () => {
    const segment = {
      ...segmentOf('what the user wrote instead', 1000, 4000),
      words: [{ startMs: 1000, endMs: 1500, text: 'machine', confidence: 1 }],
    };
    expect(cuesOf([segment], false)).toEqual([
      { startMs: 1000, endMs: 4000, lines: ['what the user wrote instead'], speaker: null },
    ]);
  });
});

describe('how cues are cut', () => {
  test('at the end of a sentence rather than where the line is full', () => {
    const text =
      'I saw him in the kitchen that evening, near the window. He carried the green folder and the small red bag outside.';
    expect(cuesOf([segmentOf(text, 0, 9000)], false).map((cue) => cue.lines)).toEqual([
      ['I saw him in the kitchen', 'that evening, near the window.'],
      ['He carried the green folder', 'and the small red bag outside.'],
    ]);
  });

  test('at a long silence inside a segment, at the times of the words', () => {
    const words = [
      { startMs: 1000, endMs: 1400, text: 'Well,', confidence: 1 },
      { startMs: 5000, endMs: 5300, text: 'yes.', confidence: 1 },
    ];
    const cues = cuesOf([{ ...segmentOf('Well, yes.', 1000, 5300), words }], false);
    expect(cues).toEqual([
      { startMs: 1000, endMs: 1000 + USUAL_SUBTITLES.shortestMs, lines: ['Well,'], speaker: null },
      { startMs: 5000, endMs: 5000 + USUAL_SUBTITLES.shortestMs, lines: ['yes.'], speaker: null },
    ]);
  });

  test('not between a word and the punctuation or suffix that hangs on it', () => {
    const words = ['I', 'don', "'t", 'know', '.'].map((text, index) => ({
      startMs: index * 3000,
      endMs: index * 3000 + 100,
      text,
      confidence: 1,
    }));
    const lines = cuesOf([{ ...segmentOf("I don't know.", 0, 12100), words }], false).flatMap(
      (cue) => cue.lines,
    );
    expect(lines).toEqual(['I', "don't", 'know.']);
  });

  test('a short answer stands long enough to be read where there is room, and never into the next', () => {
    const [yes, no, maybe] = cuesOf(
      [segmentOf('Yes.', 1000, 1200), segmentOf('No.', 1500, 1700), segmentOf('Maybe.', 9000, 9100)],
      false,
    );
    expect(yes).toMatchObject({ startMs: 1000, endMs: 1500 });
    expect(no).toMatchObject({ startMs: 1500, endMs: 2300 });
    expect(maybe).toMatchObject({ startMs: 9000, endMs: 9800 });
  });
});

describe('speakers in the text', () => {
  test('are named where they change, and unattributed words are set apart', () => {
    const cues = cuesOf(
      [
        segmentOf('Good morning.', 0, 1000, 'Speaker 1'),
        segmentOf('Please sit down.', 1000, 2000, 'Speaker 1'),
        segmentOf('Thank you.', 2000, 3000, 'Speaker 2'),
        segmentOf('Can I help?', 3000, 4000, null),
      ],
      true,
    );
    expect(cues.map((cue) => cue.lines)).toEqual([
      ['Speaker 1: Good morning.'],
      ['Please sit down.'],
      ['Speaker 2: Thank you.'],
      ['– Can I help?'],
    ]);
  });

  test('a long name is cut like any text', () => {
    const name = 'The Honourable Justice Maria Fernanda Gutiérrez de la Peña y Montenegro';
    const cues = cuesOf([segmentOf('The witness may be seated, thank you very much.', 0, 3000, name)], true);
    expectLegible(cues);
    expect(cues.flatMap((cue) => cue.lines).join(' ')).toBe(
      `${name}: The witness may be seated, thank you very much.`,
    );
  });
});
