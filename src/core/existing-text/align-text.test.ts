import { expect, test } from 'vitest';
import type { TextPassage } from '../../contract/existing-text.ts';
import { alignText } from './align-text.ts';
import type { HeardWord } from './text-words.ts';

/** Words of half a second each, from a time on. */
function said(text: string, fromMs = 0, language = 'en'): HeardWord[] {
  return text.split(' ').map((word, index) => ({
    ...{ text: word, startMs: fromMs + index * 500, endMs: fromMs + index * 500 + 400 },
    ...{ channel: 0, speaker: null, language },
  }));
}

function passage(text: string, times: Partial<TextPassage> = {}): TextPassage {
  return { speaker: null, text, startMs: null, endMs: null, ...times };
}

function aligned(passages: readonly TextPassage[], heard: readonly HeardWord[], language = 'en') {
  return alignText(passages, { heard, durationMs: (heard.at(-1)?.endMs ?? 0) + 1000, language });
}

const PARAGRAPHS = [
  'the witness came into the room before anybody else had arrived there.',
  'She put her grey umbrella beside the window and waited quietly for lunch.',
  'After twenty minutes two officers asked whether anyone knew about this parcel.',
  'Nobody answered because every person present was reading yesterday’s newspaper.',
];

test('words have the times of what was heard, however they are written', () => {
  const heard = said(
    'it was on march twenty third at a quarter past four that mister well known paid 5 percent',
  );
  const { segments, fit } = aligned(
    [passage('It was on March 23rd, at a quarter past 4, that Mister well-known paid five %.')],
    heard,
  );
  const words = segments.flatMap(({ segment }) => segment.words);
  expect(fit).toMatchObject({ words: 16, foundWords: 16, notHeard: 0, notInText: 0 });
  expect(words.find(({ text }) => text === '23rd,')).toMatchObject({ startMs: 2000, endMs: 2900 });
  expect(words.find(({ text }) => text === 'well-known')).toMatchObject({ startMs: 6500, endMs: 7400 });
  expect(words.every(({ startMs, endMs }) => endMs > startMs)).toBe(true);
});

test('a text without a paragraph, and with one that nobody said, is flagged at both', () => {
  const [first = '', second = '', third = '', fourth = ''] = PARAGRAPHS;
  const heard = said([first, second, third].join(' '));
  const { segments, fit, notInText } = aligned(
    [first, fourth, third].map((text) => passage(text)),
    heard,
  );
  const end = first.split(' ').length * 500;
  expect(notInText).toEqual([{ startMs: end, endMs: end + second.split(' ').length * 500 - 100 }]);
  expect(fit).toMatchObject({ notInText: 1 });
  const last = segments.find(({ segment }) => segment.text === third)?.segment;
  expect(last?.startMs).toBe(heard[first.split(' ').length + second.split(' ').length]?.startMs);
  const unheard = aligned(
    [first, fourth, second, third].map((text) => passage(text)),
    heard,
  );
  expect(
    unheard.segments
      .filter(({ segment }) => segment.flags.includes('notHeard'))
      .map(({ segment }) => segment.text),
  ).toEqual([fourth]);
  expect(unheard.fit).toMatchObject({
    notHeard: 1,
    notInText: 0,
    foundWords: [first, second, third].join(' ').split(' ').length,
  });
});

test('a text of another recording is hardly found', () => {
  const heard = said(PARAGRAPHS.join(' '));
  const other =
    'In the beginning of the year the company had sold the greater part of its shares to a bank in the city, and it was for this reason that the board met in the autumn.';
  const { fit } = aligned([passage(other)], heard);
  expect(fit.foundWords / fit.words).toBeLessThan(0.1);
});

test('a passage that is said twice is found where its subtitle says', () => {
  const [first = '', second = ''] = PARAGRAPHS;
  const heard = said([first, second, first].join(' '));
  const startMs = heard[first.split(' ').length + second.split(' ').length]?.startMs ?? 0;
  const cue = { startMs: startMs - 300, endMs: startMs + 6000 };
  const other = second.split(' ').slice(0, 6).join(' ');
  const otherMs = first.split(' ').length * 500;
  const { segments } = aligned(
    [passage(other, { startMs: otherMs, endMs: otherMs + 3000 }), passage(first, cue)],
    heard,
  );
  expect(segments.map(({ segment }) => segment.startMs)).toEqual([otherMs, startMs]);
  // Times of another cut are not believed.
  const moved = aligned([passage(second, { startMs: 900_000, endMs: 906_000 })], heard);
  expect(moved.segments[0]?.segment.startMs).toBe(otherMs);
});

test('names, languages without blanks and numbers in words', () => {
  const heard = said('今天 天气 很 好 我们 去 公园 散步', 0, 'zh');
  const { segments, fit } = aligned(
    [passage('今天天气很好，我们去公园散步。', { speaker: '王' })],
    heard,
    'zh',
  );
  expect(fit.foundWords).toBe(fit.words);
  expect(segments[0]?.segment).toMatchObject({
    speaker: '王',
    text: '今天天气很好，我们去公园散步。',
    endMs: 3900,
  });
  const spanish = aligned(
    [passage('Fueron 32 personas en 1985.')],
    said('fueron treinta y dos personas en mil novecientos ochenta y cinco', 0, 'es'),
    'es',
  );
  expect(spanish.fit).toMatchObject({ words: 5, foundWords: 5 });
});

test('a text is aligned to hours of sound in bounded time', () => {
  const vocabulary = Array.from({ length: 3000 }, (_, index) => `w${(index * 7919) % 3001}x`);
  const words = Array.from(
    { length: 30_000 },
    (_, index) => vocabulary[(index * index * 31 + index * 17) % 3000] ?? '',
  );
  const text = words.filter((_, index) => index % 9 !== 0).join(' ');
  const startedAt = performance.now();
  const { fit } = aligned([passage(text)], said(words.join(' ')));
  expect(fit.foundWords / fit.words).toBeGreaterThan(0.9);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
