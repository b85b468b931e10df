import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import {
  addTranscript,
  addVersion,
  addWindow,
  type TestDatabase,
  testDatabase,
} from '../testing/test-database.ts';
import type { SearchHit } from './search-index.db.ts';

let folder: TestDatabase;
let db: Database;
let spanish: Awaited<ReturnType<typeof addTranscript>>;

beforeAll(async () => {
  folder = await testDatabase();
  db = folder.db;
  spanish = await addTranscript(
    db,
    ['Vuelva usted mañana por la tarde', 'La próxima audiencia', 'Otra man\u0303ana'],
    'dictado.ogg',
  );
  await addTranscript(db, ['A well-known case of "fraud"', 'The defendant was unwell'], 'hearing.wav');
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

function find(text: string, recordingId: string | null = null): Promise<SearchHit[]> {
  return db.search.find({ text, limit: 20, recordingId });
}

describe('a search', () => {
  test.each(['mañana', 'manana', 'MAÑANA', 'man\u0303ana', 'MANANA'])(
    'for %s is blind to case and accents',
    async (text) => {
      expect((await find(text)).map((hit) => hit.text).sort()).toEqual([
        'Otra man\u0303ana',
        'Vuelva usted mañana por la tarde',
      ]);
    },
  );

  test('tells where the words stand', async () => {
    const [hit] = await find('proxima audiencia');
    expect(hit).toMatchObject({
      recordingId: spanish.recordingId,
      recordingName: 'dictado.ogg',
      startMs: 1000,
    });
    const marked = hit?.matches.map(({ start, end }) => hit.snippet.slice(start, end));
    expect(marked).toEqual(['próxima', 'audiencia']);
  });

  test('takes the last word as begun, the others as whole', async () => {
    expect(await find('the defen')).toHaveLength(1);
    expect(await find('defen the')).toEqual([]);
  });

  test('keeps to one recording where asked', async () => {
    expect(await find('la', spanish.recordingId)).toHaveLength(2);
    expect(await find('well', spanish.recordingId)).toEqual([]);
  });

  test.each([
    'well-known',
    '"fraud"',
    'fraud"',
    "case'",
    'case AND',
    '(case',
    'case*',
    '^case',
    'text:case',
    'case\0',
  ])('takes %s for words, not for a query language', async (text) => {
    await expect(find(text)).resolves.toBeInstanceOf(Array);
  });

  test('finds words whatever signs stand around them', async () => {
    for (const text of ['well-known', '"fraud"', '(case)', 'case*', 'case\0'])
      expect(await find(text)).toHaveLength(1);
  });

  test('is never an error, whatever is typed', async () => {
    const sign = fc.constantFrom(
      '"',
      "'",
      '*',
      '^',
      ':',
      '(',
      ')',
      '-',
      '+',
      ' ',
      '\0',
      'NEAR',
      'AND',
      'a',
      'ñ',
      '🙂',
      '\ud800',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(sign).map((signs) => signs.join('')),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        await find(text);
      }),
      { numRuns: 300 },
    );
  });

  test('of nothing finds nothing', async () => {
    for (const text of ['', '   ', '"', '-*-']) expect(await find(text)).toEqual([]);
  });

  test('looks into the latest version only', async () => {
    const { recordingId, jobId, versionId } = await addTranscript(db, ['misheard thunder'], 'third.wav');
    await db.versions.finish({ versionId, completedAtMs: 1 });
    const second = await addVersion(db, recordingId, jobId);
    await addWindow(db, { jobId, versionId: second, windowIndex: 1 }, ['heard plunder']);
    expect(await find('thunder', recordingId)).toHaveLength(1);
    await db.versions.finish({ versionId: second, completedAtMs: 2 });
    expect(await find('thunder', recordingId)).toEqual([]);
    expect(await find('plunder', recordingId)).toHaveLength(1);
  });
});
