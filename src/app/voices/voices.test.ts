import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '../../core/database/database.ts';
import { type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { similarity } from '../../core/speakers/embeddings.ts';
import { addTalk, type TalkOptions, testVoice } from '../testing/talk-of-two.ts';
import { Voices } from './voices.ts';

let folder: TestDatabase;
let db: Database;
let matterId: string;

beforeEach(async () => {
  folder = await testDatabase();
  db = folder.db;
  matterId = newId();
  await db.matters.add({
    id: matterId,
    name: 'M',
    vocabulary: [],
    speakers: [],
    defaultOptions: {},
    createdAtMs: 1,
  });
});

afterEach(async () => {
  vi.useRealTimers();
  await folder[Symbol.asyncDispose]();
});

const talk = (options?: TalkOptions) => addTalk(db, matterId, options);

test('a speaker is remembered by what they say alone, and listed with where it comes from', async () => {
  const changed = vi.fn();
  const voices = new Voices({ database: db }, { onChange: changed });
  const recordingId = await talk();
  const asked = { recordingId, speaker: 'Speaker 2', name: 'Ana Pérez', expiresAtMs: Date.now() + 100_000 };
  const view = await voices.remember(asked);
  expect(view).toMatchObject({ matterId, name: 'Ana Pérez', recordingName: 'hearing.wav', speechMs: 20_000 });
  expect(await voices.list(matterId)).toEqual([view]);
  expect(JSON.stringify(view), 'the voice itself never leaves').not.toContain('embedding');
  const [stored] = await db.knownVoices.list({ matterId, nowMs: Date.now() });
  expect(similarity(stored?.embedding ?? testVoice(3), testVoice(1))).toBeGreaterThan(0.99);
  await voices.forget([view.id]);
  expect(await voices.list(null)).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(2);
});

test.each([
  ['voice.noMatter', { inMatter: false }, 'Speaker 1'],
  ['speakers.notHeard', { heard: false }, 'Speaker 1'],
  ['voice.tooShort', { seconds: 9 }, 'Speaker 1'],
  ['voice.tooShort', {}, 'Nobody of that name'],
] as const)('%s', async (code, how, speaker) => {
  const voices = new Voices({ database: db });
  const recordingId = await talk(how);
  const asked = { recordingId, speaker, name: 'Ana', expiresAtMs: null };
  await expect(voices.remember(asked)).rejects.toMatchObject({ code });
  expect(await voices.list(null)).toEqual([]);
});

test('what has expired is deleted at opening, and while the vault stays open', async () => {
  const voices = new Voices({ database: db });
  const recordingId = await talk();
  const nowMs = Date.now();
  const speakers = ['Speaker 1', 'Speaker 2'];
  const [soon, later] = await Promise.all(
    speakers.map((speaker, at) =>
      voices.remember({ recordingId, speaker, name: speaker, expiresAtMs: nowMs + 60_000 * (at + 1) }),
    ),
  );
  const ids = async () => (await db.knownVoices.list({ matterId, nowMs: 0 })).map(({ id }) => id);
  await voices.expire(nowMs + 60_000);
  expect(await ids()).toEqual([later?.id]);
  expect(await ids()).not.toContain(soon?.id);
  vi.useFakeTimers({ now: nowMs, toFake: ['setInterval', 'clearInterval', 'Date'] });
  await voices.begin();
  vi.advanceTimersByTime(24 * 60 * 60 * 1000);
  await vi.waitFor(async () => expect(await ids()).toEqual([]));
  voices.close();
});

test('an expiry in the past is one: the voice goes at once', async () => {
  const voices = new Voices({ database: db });
  const recordingId = await talk();
  const { id } = await voices.remember({ recordingId, speaker: 'Speaker 1', name: 'A', expiresAtMs: null });
  await voices.setExpiry(id, Date.now() - 1);
  expect(await db.knownVoices.list({ matterId, nowMs: 0 })).toEqual([]);
});

test('a recognised speaker is one until the user has said whether it is right', async () => {
  const voices = new Voices({ database: db });
  const recordingId = await talk();
  const stored = await db.diarizations.get(recordingId);
  if (stored === null) throw new Error('It was heard');
  const known = (voiceId: string) => ({ voiceId, certainty: 0.9 });
  await db.diarizations.keep({
    ...stored,
    speakers: stored.speakers.map((speaker, at) => ({ ...speaker, known: known(`voice ${at}`) })),
  });
  await voices.settle(recordingId, 'voice 0');
  expect((await db.diarizations.get(recordingId))?.speakers.map((speaker) => speaker.known)).toEqual([
    null,
    known('voice 1'),
  ]);
});
