import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldedName } from '../files/safe-file-name.ts';
import { transcriptNames } from './transcript-names.ts';

/** The names of sources that are all written into one folder. */
function namesOf(...paths: string[]): string[] {
  return transcriptNames(
    paths.map((path) => ({ name: path.split('/').at(-1) ?? '', sourcePath: path, folder: '/out' })),
  );
}

describe('recordings that would get one name', () => {
  test('and were recorded here have no folder to be told by', () => {
    const recorded = { name: 'Dictation', sourcePath: '', folder: '/out' };
    const imported = { ...recorded, sourcePath: '/in/Dictation' };
    expect(transcriptNames([recorded, recorded])).toEqual(['Dictation', 'Dictation (2)']);
    expect(transcriptNames([recorded, imported])).toEqual(['Dictation', 'Dictation (in)']);
  });

  test.each([
    [
      ['/in/day1/REC0001.wav', '/in/day2/REC0001.wav', '/in/day2/REC0002.wav'],
      ['REC0001 (day1)', 'REC0001 (day2)', 'REC0002'],
    ],
    [
      ['/in/a.mp3', '/in/a.wav'],
      ['a (mp3)', 'a (wav)'],
    ],
    [
      ['/in/1/a.mp3', '/in/1/a.wav', '/in/2/a.wav'],
      ['a (1, mp3)', 'a (1, wav)', 'a (2)'],
    ],
    [
      ['/in/day1/am/R.wav', '/in/day2/am/R.wav', '/in/day2/pm/R.wav'],
      ['R (day1-am)', 'R (day2-am)', 'R (day2-pm)'],
    ],
    [
      ['/in/R.wav', '/in/day2/R.wav'],
      ['R (in)', 'R (day2)'],
    ],
    // These differ only in case, accents' encoding, or characters that a name must not contain.
    [
      ['/in/Rec.wav', '/in/rec.wav'],
      ['Rec', 'rec (2)'],
    ],
    [
      ['/in/n\u0303.wav', '/in/\u00f1.wav'],
      ['\u00f1', '\u00f1 (2)'],
    ],
    [
      ['/in/a:b.wav', '/in/a?b.wav'],
      ['a-b', 'a-b (2)'],
    ],
    [
      [`/in/${'x'.repeat(250)}1.wav`, `/in/${'x'.repeat(250)}2.wav`],
      ['x'.repeat(243), `${'x'.repeat(239)} (2)`],
    ],
    // A label must not result in another recording's own name.
    [
      ['/in/day1/R.wav', '/in/day2/R.wav', '/in/R (day1).wav'],
      ['R (day1, 2)', 'R (day2)', 'R (day1)'],
    ],
  ])('%j are written as %j', (paths, names) => {
    expect(namesOf(...paths)).toEqual(names);
  });

  test('in folders of their own keep it', () => {
    const beside = ['/in/day1', '/in/day2'].map((folder) => ({
      name: 'R.wav',
      sourcePath: `${folder}/R.wav`,
      folder,
    }));
    expect(transcriptNames(beside)).toEqual(['R', 'R']);
  });
});

test('whatever the recordings are called, no two get one name, and their order does not matter', () => {
  const part = fc.constantFrom(
    'a',
    'A',
    '\u00e1',
    'a\u0301',
    'a (b)',
    'b',
    'a (wav)',
    'x'.repeat(300),
    '',
    '..',
    'a:',
  );
  const path = fc
    .tuple(part, part, part, fc.constantFrom('.wav', '.WAV', '.mp3', ''))
    .map(([one, two, name, ending]) => `/${one}/${two}/${name}${ending}`);
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
      const names = namesOf(...paths);
      expect(new Set(names.map(foldedName)).size).toBe(paths.length);
      for (const name of names) expect(Buffer.byteLength(`${name} (9999).docx`)).toBeLessThanOrEqual(255);
      const backwards = namesOf(...paths.toReversed());
      expect(backwards.toReversed()).toEqual(names);
    }),
    { numRuns: 500 },
  );
});
