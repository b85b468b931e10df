import { expect, test } from 'vitest';
import { type Conventions, USUAL_CONVENTIONS } from '../../../contract/export-style.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { exampleDocument, segmentOf } from '../testing/example-documents.ts';
import { cleanedWords } from './clean-wording.ts';
import { inConventions } from './in-conventions.ts';

const LABELS = { question: 'Q', answer: 'A' };

function written(segments: Segment[], changes: Partial<Conventions>, skipped = exampleDocument().skipped) {
  const document = exampleDocument({ segments, skipped });
  const before = structuredClone(document);
  const result = inConventions(document, { ...USUAL_CONVENTIONS, ...changes }, 'all', LABELS);
  expect(document).toEqual(before);
  return result;
}

function timed(text: string, startMs: number, times: number[], speaker: string): Segment {
  const words = text.split(' ').map((word, at) => ({
    text: word,
    startMs: startMs + (times[at] ?? 0),
    endMs: startMs + (times[at] ?? 0) + 200,
    confidence: 1,
  }));
  return { ...segmentOf(text, startMs, words.at(-1)?.endMs ?? startMs, speaker), words };
}

test.each([
  ['en', 'Um, I I think, uh, it was the the th- the car.', 'I think, it was the car.'],
  ['en', 'We went there, um. Uh, then we left.', 'We went there. Then we left.'],
  ['en', 'No, no. Very very far. Mhm. Five five one.', 'No, no. Very very far. Mhm. Five five one.'],
  ['en', 'He had had it. Plate B B 7 7.', 'He had had it. Plate B B 7 7.'],
  ['en', 'The the man said so.', 'The man said so.'],
  ['es', 'Eh, yo yo no, eh, no lo vi. Este este coche.', 'Yo no, no lo vi. Este coche.'],
  ['fi', 'Um, minä minä.', 'Um, minä minä.'],
])('a clean text in %s: %s', (language, verbatim, clean) => {
  const words = verbatim.split(' ').map((text) => ({ text }));
  const result = cleanedWords(words, language);
  expect(result.words.map(({ text }) => text).join(' ')).toBe(clean);
  expect(result.leftOut).toBe(words.length - result.words.length);
});

test('a clean document says how much it leaves out, keeps word times, and loses what was nothing but a sound', () => {
  const { segments, writing } = written(
    [segmentOf('Um.', 0, 400, 'A'), segmentOf('I uh went.', 500, 1500, 'A')],
    { wording: 'clean' },
  );
  expect(segments.map(({ text }) => text)).toEqual(['I went.']);
  expect(segments[0]?.words.map(({ text }) => text)).toEqual(['I', 'went.']);
  expect(writing?.leftOutWords).toBe(2);
});

test('pauses are written where nobody speaks, before the words that end them', () => {
  const { segments, skipped } = written(
    [
      timed('Yes I was', 1000, [0, 300, 2300], 'Ana'),
      // While Ana pauses here, Ben begins: no pause of hers.
      timed('And then home', 6000, [0, 300, 3300], 'Ana'),
      timed('Right', 7000, [0], 'Ben'),
      timed('Unheard before this', 20_000, [0, 300, 600], 'Ben'),
      timed('Late', 90_000, [0], 'Ana'),
    ],
    { pausesFromMs: 1500 },
    [
      { startMs: 12_000, endMs: 18_000, reason: 'notUnderstood' },
      { startMs: 30_000, endMs: 80_000, reason: 'noSpeech' },
    ],
  );
  expect(segments.map(({ text }) => text)).toEqual([
    'Yes I (1.8) was',
    '(2.5) And then home',
    'Right',
    'Unheard before this',
    '(69.2) Late',
  ]);
  // The note about the silence would say it again.
  expect(skipped.map(({ reason }) => reason)).toEqual(['notUnderstood']);
});

test('words said at the same time stand in brackets on both sides', () => {
  const overlapping = (one: Segment): Segment => ({ ...one, flags: ['overlap'] });
  const { segments } = written(
    [
      overlapping(timed('I was at home then', 0, [0, 300, 600, 900, 1200], 'Ana')),
      overlapping(timed('You were not there', 900, [0, 300, 600, 900], 'Ben')),
      timed('Thank you', 4000, [0, 300], 'Ana'),
    ],
    { overlaps: true },
  );
  expect(segments.map(({ text }) => text)).toEqual([
    'I was at [home then]',
    '[You were] not there',
    'Thank you',
  ]);
});

test('initials are told apart, and Q and A go to who asks and who answers', () => {
  const hearing = [
    segmentOf('All rise.', 0, 500, 'Clerk'),
    segmentOf('Where were you?', 1000, 2000, 'Ana Ríos'),
    segmentOf('At home.', 2500, 3000, 'Alan Reyes'),
    segmentOf('Alone?', 3500, 4000, 'Ana Ríos'),
    segmentOf('Yes.', 4500, 5000, 'Alan Reyes'),
  ];
  const labels = (changes: Partial<Conventions>) =>
    written(hearing, changes).segments.map(({ speaker }) => speaker);
  expect(labels({ speakerLabels: 'initials' })).toEqual(['C', 'AR', 'AR-2', 'AR', 'AR-2']);
  expect(labels({ speakerLabels: 'questionAnswer' })).toEqual(['Clerk', 'Q', 'A', 'Q', 'A']);
  const named = { speakerLabels: 'questionAnswer', questioner: 'clerk', witness: 'Ana Ríos' } as const;
  expect(labels(named)).toEqual(['Q', 'A', 'Alan Reyes', 'A', 'Alan Reyes']);
});
