import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { JobOptions } from '../../../contract/job.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { Database } from '../database.ts';
import type { ObjectRecord } from '../recordings/objects.db.ts';
import type { NewPart } from '../recordings/parts.db.ts';
import type { NewRecording } from '../recordings/recordings.db.ts';
import type { WindowFindings } from '../windows/window-content.ts';

/** A database in a temporary folder of its own, for tests. */
export interface TestDatabase extends AsyncDisposable {
  readonly folder: string;
  readonly file: string;
  readonly key: Buffer;
  readonly auditKey: Buffer;
  readonly db: Database;
  /** Closes and opens again. */
  reopen(): Promise<Database>;
}

/** Creates a database with an audit log; disposing of it closes it and removes its folder. */
export async function testDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-database-'));
  const file = join(folder, 'database');
  const key = randomBytes(32);
  const auditKey = randomBytes(32);
  let db = await Database.open({ file, key, auditKey });
  return {
    folder,
    file,
    key,
    auditKey,
    get db() {
      return db;
    },
    async reopen() {
      await db.close();
      db = await Database.open({ file, key, auditKey });
      return db;
    },
    async [Symbol.asyncDispose]() {
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Options of a job. */
export const OPTIONS: JobOptions = {
  model: { name: 'sample', path: '/models/sample.bin', sha256: 'a'.repeat(64) },
  language: 'en',
  prompt: '',
  speakers: 'auto',
  speakerCount: null,
  translate: false,
  keepSilence: false,
  threads: null,
  beamSize: null,
};

/** A recording that is to be imported. */
export function newRecording(name = 'hearing.wav'): NewRecording {
  return {
    id: uuidv7(),
    matterId: null,
    name,
    sourcePath: `/sources/${name}`,
    sourceSizeBytes: 1000,
    sourceModifiedMs: 1,
    facts: { container: 'wav', claimedDurationMs: 1000, tracks: [], hasVideo: false, assumed: null },
    trackIndex: 0,
    createdAtMs: Date.now(),
  };
}

/** Adds a recording that is being imported; returns its id. */
export async function addRecording(db: Database, name = 'hearing.wav'): Promise<string> {
  const recording = newRecording(name);
  await db.recordings.add(recording);
  return recording.id;
}

/** Adds a queued job; returns its id. */
export async function addJob(db: Database, recordingId: string): Promise<string> {
  const id = uuidv7();
  await db.jobs.add({ id, recordingId, options: OPTIONS, delivery: null, createdAtMs: Date.now() });
  return id;
}

/** Begins a version by a job; returns its id. */
export async function addVersion(db: Database, recordingId: string, jobId: string | null): Promise<string> {
  const id = uuidv7();
  await db.versions.create({
    id,
    recordingId,
    jobId,
    kind: 'machine',
    parentId: null,
    createdAtMs: Date.now(),
  });
  return id;
}

/** The record of a sealed object. */
export function objectOf(recordingId: string, kind: 'original' | 'part' = 'part'): ObjectRecord {
  return {
    id: uuidv7(),
    recordingId,
    kind,
    version: 1,
    epoch: 1,
    wrappedKey: randomBytes(60),
    sizeBytes: 4096,
    chunkCount: 1,
  };
}

/** A full part of a working copy. */
export function partOf(recordingId: string, channel: number, partIndex: number): NewPart {
  return {
    recordingId,
    channel,
    partIndex,
    startSample: partIndex * 960_000,
    sampleCount: 960_000,
    gainDb: 12,
    features: randomBytes(300),
    peaks: randomBytes(120),
  };
}

/** A segment of one word each 100 ms. */
export function segmentOf(text: string, startMs = 0): Segment {
  const words = text.split(' ').map((word, index) => ({
    startMs: startMs + index * 100,
    endMs: startMs + index * 100 + 90,
    text: word,
    confidence: 0.75,
  }));
  const endMs = startMs + words.length * 100;
  return { startMs, endMs, text, speaker: null, language: 'en', confidence: 0.875, flags: [], words };
}

/** Of a window without findings besides its segments. */
export const NO_FINDINGS: WindowFindings = { language: null, notUnderstood: [] };

/** Plans and completes one window with these texts, a second apart. */
export async function addWindow(
  db: Database,
  {
    jobId,
    versionId,
    windowIndex = 0,
    channel = 0,
  }: {
    jobId: string;
    versionId: string;
    windowIndex?: number;
    channel?: number;
  },
  texts: string[],
): Promise<void> {
  const place = { jobId, channel, windowIndex };
  await db.windows.plan({ ...place, plan: { pieces: [], language: null } });
  await db.windows.complete({
    ...place,
    versionId,
    inferenceMs: 12.5,
    completedAtMs: 2,
    segments: texts.map((text, index) => segmentOf(text, windowIndex * 30_000 + index * 1000)),
    findings: NO_FINDINGS,
  });
}

/** A recording with a job, a version and one window of these texts. */
export async function addTranscript(
  db: Database,
  texts: string[],
  name = 'hearing.wav',
): Promise<{ recordingId: string; jobId: string; versionId: string }> {
  const recordingId = await addRecording(db, name);
  const jobId = await addJob(db, recordingId);
  const versionId = await addVersion(db, recordingId, jobId);
  await addWindow(db, { jobId, versionId }, texts);
  return { recordingId, jobId, versionId };
}
