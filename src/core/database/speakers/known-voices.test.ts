import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { SqliteConnection } from '../connection.db.ts';
import { openEncryptedFile } from '../encrypted-file.db.ts';
import { openRepositories } from '../repositories.db.ts';
import { addRecording, testDatabase } from '../testing/test-database.ts';

function voiceOf(matterId: string, values: Partial<{ recordingId: string; expiresAtMs: number }> = {}) {
  const embedding = new Float32Array(new Uint8Array(randomBytes(192 * 4)).buffer);
  const expiresAtMs: number | null = null;
  const recordingId: string | null = null;
  return {
    ...{ id: newId(), matterId, name: 'Ana Pérez', embedding, speechMs: 30_000, rememberedAtMs: 1000 },
    ...{ recordingId, expiresAtMs, ...values },
  };
}

async function addMatter(db: Awaited<ReturnType<typeof testDatabase>>['db']): Promise<string> {
  const id = newId();
  await db.matters.add({
    id,
    name: 'Pérez',
    vocabulary: [],
    speakers: [],
    defaultOptions: {},
    createdAtMs: 1,
  });
  return id;
}

test('a voice comes back as it was, of its matter alone, until it expires', async () => {
  await using folder = await testDatabase();
  const { db } = folder;
  const matterId = await addMatter(db);
  const recordingId = await addRecording(db);
  const voice = voiceOf(matterId, { recordingId, expiresAtMs: 5000 });
  await db.knownVoices.add(voice);
  expect(await db.knownVoices.list({ matterId, nowMs: 4999 })).toEqual([voice]);
  expect(await db.knownVoices.list({ matterId: null, nowMs: 4999 })).toEqual([voice]);
  expect(await db.knownVoices.list({ matterId: newId(), nowMs: 4999 })).toEqual([]);
  expect(await db.knownVoices.list({ matterId, nowMs: 5000 })).toEqual([]);
  expect(await db.knownVoices.deleteExpired({ nowMs: 4999 })).toBe(0);
  expect(await db.knownVoices.deleteExpired({ nowMs: 5000 })).toBe(1);
  expect(await db.knownVoices.list({ matterId, nowMs: 0 })).toEqual([]);
});

test('it stays without its recording, and goes with its matter', async () => {
  await using folder = await testDatabase();
  const { db } = folder;
  const matterId = await addMatter(db);
  const recordingId = await addRecording(db);
  await db.knownVoices.add(voiceOf(matterId, { recordingId }));
  await db.recordings.erase({ recordingId, atMs: 2 });
  expect(await db.knownVoices.list({ matterId, nowMs: 3 })).toMatchObject([{ recordingId: null }]);
  await db.matters.remove({ id: matterId, atMs: 4 });
  expect(await db.knownVoices.list({ matterId: null, nowMs: 5 })).toEqual([]);
  expect((await db.audit.about(['matter.deleted']))[0]?.detail).toEqual({ voices: 1 });
});

test('the audit log tells what became of each voice, without a name or a number of the voice', async () => {
  await using folder = await testDatabase();
  const { db } = folder;
  const matterId = await addMatter(db);
  const [kept, expired] = [voiceOf(matterId), voiceOf(matterId, { expiresAtMs: 50 })];
  await db.knownVoices.add(kept);
  await db.knownVoices.add(expired);
  await db.knownVoices.setExpiry({ id: kept.id, expiresAtMs: 9000, atMs: 10 });
  await db.knownVoices.setExpiry({ id: newId(), expiresAtMs: 9000, atMs: 11 });
  await db.knownVoices.deleteExpired({ nowMs: 60 });
  await db.knownVoices.forget({ ids: [kept.id, expired.id], atMs: 70 });
  const entries = await db.audit.about([
    'voice.remembered',
    'voice.expiryChanged',
    'voice.forgotten',
    'voice.expired',
  ]);
  expect(entries.map(({ action, atMs, subjectId, detail }) => [action, atMs, subjectId, detail])).toEqual([
    ['voice.remembered', 1000, kept.id, { matter: matterId, recording: null, expiresAtMs: null }],
    ['voice.remembered', 1000, expired.id, { matter: matterId, recording: null, expiresAtMs: 50 }],
    ['voice.expiryChanged', 10, kept.id, { expiresAtMs: 9000 }],
    ['voice.expired', 60, expired.id, {}],
    ['voice.forgotten', 70, kept.id, {}],
  ]);
});

test('a voice that was deleted is nowhere in the database, nor in its log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'voicesync-voices-'));
  try {
    const file = join(folder, 'database');
    const handle = openEncryptedFile(file, randomBytes(32));
    const connection = new SqliteConnection(handle);
    const { matters, knownVoices } = openRepositories(connection, null);
    const matterId = newId();
    matters.add({
      id: matterId,
      name: 'A',
      vocabulary: [],
      speakers: [],
      defaultOptions: {},
      createdAtMs: 1,
    });
    const voices = Array.from({ length: 50 }, () => voiceOf(matterId));
    for (const voice of voices) knownVoices.add(voice);
    connection.checkpoint();
    /** Every page of the database as it is without its cipher, free ones too. */
    const holds = ({ embedding }: (typeof voices)[number]) => {
      const bytes = Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
      // Its beginning and its end: a long row may be split over pages.
      return [bytes.subarray(0, 64), bytes.subarray(-64)].some((part) => handle.serialize().includes(part));
    };
    expect(voices.every(holds)).toBe(true);
    const gone = voices.slice(10, 40);
    knownVoices.forget({ ids: gone.map(({ id }) => id), atMs: 2 });
    expect(gone.some(holds)).toBe(false);
    expect(voices.slice(0, 10).every(holds)).toBe(true);
    expect(statSync(`${file}-wal`).size, 'no page of before is left in the log').toBe(0);
    connection.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
