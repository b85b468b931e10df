import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import type { Failure } from '../src/contract/errors.ts';
import type { JobOptions } from '../src/contract/job.ts';
import type { Segment } from '../src/contract/transcript.ts';
import { Database } from '../src/core/database/database.ts';
import { Vault } from '../src/core/vault/vault.ts';

/** A name of 120 characters with spaces and one without: about as long as file names get. */
export const LONG_NAMES = {
  withBlanks:
    'Hearing of the witness Maximiliane Freifrau von und zu Hohenlohe-Schillingsfuerst, second day, after the noon breaks.m4a',
  inOnePiece:
    'DVR_2026-11-19_18-42-07_Office_of_the_Public_Prosecutor_Interrogation_Room_3_Channel_1_and_2_Final_Version_v2_copy-2.wav',
} as const;

/** The states of a recording. Most are done, as in a library in use. */
const CONDITIONS = [
  'done',
  'done',
  'done',
  'doubtful',
  'done',
  'failed',
  'done',
  'done',
  'done',
  'paused',
  'done',
  'waiting',
  'done',
  'incomplete',
  'done',
  'cancelled',
  'done',
  'done',
  'binned',
  'done',
] as const;

const FAILURES: readonly Failure[] = [
  { code: 'media.unreadable', details: { file: 'dictation-0412.dss' } },
  { code: 'engine.outOfMemory', details: { model: 'large-v3-turbo' } },
  { code: 'media.damaged', details: { file: LONG_NAMES.inOnePiece, readableMs: 62_000 } },
  { code: 'model.englishOnly', details: { model: 'small.en', language: 'es' } },
  { code: 'language.unknown', details: { language: 'xx' } },
];

const TITLES = ['Consultation', 'Hearing', 'Dictation', 'Interview', 'Call', 'Ward round', 'Deposition'];
const SENTENCES = [
  'The driver carried the green car on Thursday evening.',
  'I checked the camera at five in the evening and wrote down what I saw.',
  'Did you return the keys? Yes, I did, on the same day.',
  'The patient reports a cough for thirty minutes after every meal.',
  'Thank you, that is all for today; the recording ends here.',
];
const DAY_MS = 86_400_000;

/** Fills a closed vault with so many recordings in every state, and matters for them, through its own repositories. */
export async function fillVault(
  vaultFolder: string,
  passphrase: string,
  count: number,
  nowMs: number,
): Promise<void> {
  const vault = await Vault.open(vaultFolder, { kind: 'passphrase', passphrase });
  try {
    const { database: key, audit: auditKey } = vault.keys;
    const database = await Database.open({ file: vault.databaseFile, key, auditKey });
    try {
      const matters = await addMatters(database, nowMs);
      for (let index = 0; index < count; index += 1) {
        await addRecording(database, index, matters[index % (matters.length + 1)] ?? null, nowMs);
      }
    } finally {
      await database.close();
    }
  } finally {
    await vault.seal();
  }
}

async function addMatters(database: Database, nowMs: number): Promise<string[]> {
  const names = ['State v. Carver', 'Patient 0417', LONG_NAMES.withBlanks, 'Estudio de migración'];
  const ids: string[] = [];
  for (const name of names) {
    const id = newId();
    ids.push(id);
    await database.matters.add({
      id,
      name,
      vocabulary: ['Hohenlohe-Schillingsfuerst', 'amoxicillin'],
      speakers: ['Dr. Weber', 'Ms. Carver'],
      defaultOptions: { language: 'en' },
      createdAtMs: nowMs,
    });
  }
  return ids;
}

async function addRecording(
  database: Database,
  index: number,
  matterId: string | null,
  nowMs: number,
): Promise<void> {
  const condition = CONDITIONS[index % CONDITIONS.length];
  const id = newId();
  const createdAtMs = nowMs - index * Math.floor(DAY_MS / 7);
  const durationMs = 40_000 + ((index * 613) % 5400) * 1000;
  const name = nameOf(index);
  await database.recordings.add({
    id,
    matterId,
    name,
    sourcePath: join('/media/recorder/DICT', name),
    sourceSizeBytes: 1_000_000 + index,
    sourceModifiedMs: createdAtMs,
    facts: { container: 'wav', claimedDurationMs: durationMs, tracks: [], hasVideo: false, assumed: null },
    trackIndex: 0,
    createdAtMs,
  });
  await database.recordings.finishImport({
    recordingId: id,
    state: condition === 'incomplete' ? 'incomplete' : 'ready',
    sourceSha256: 'a'.repeat(64),
    layout: 'single',
    channels: 1,
    durationMs,
    original: null,
    atMs: createdAtMs,
  });
  const jobId = newId();
  await database.jobs.add({
    id: jobId,
    recordingId: id,
    options: optionsOf('auto'),
    delivery: null,
    createdAtMs,
  });
  if (condition === 'paused' || condition === 'cancelled') {
    await database.jobs.setState({ jobId, state: condition });
    return;
  }
  const attemptId = newId();
  const spanish = index % 4 === 1;
  await database.jobs.begin({ jobId, attemptId, atMs: createdAtMs });
  const end = { attemptId, atMs: createdAtMs, figures: null };
  if (condition === 'failed' || condition === 'waiting') {
    const failure =
      condition === 'waiting'
        ? ({ code: 'engine.crashed', details: {} } as const)
        : (FAILURES[Math.floor(index / CONDITIONS.length) % FAILURES.length] as Failure);
    const retryAtMs = condition === 'waiting' ? nowMs + 4 * 3_600_000 : null;
    await database.jobs.end({ ...end, outcome: 'failed', failure, retryAtMs });
    return;
  }
  const probability = condition === 'doubtful' ? 0.62 : 0.97;
  await database.jobs.setLanguage({ jobId, language: spanish ? 'es' : 'en', probability });
  await addTranscript(database, { id, jobId, index, createdAtMs });
  await database.jobs.end({ ...end, outcome: 'done', failure: null, retryAtMs: null });
  if (condition === 'binned') {
    await database.recordings.setBinned({ recordingId: id, binnedAtMs: nowMs - DAY_MS });
  }
}

function nameOf(index: number): string {
  if (index % 16 === 2) return LONG_NAMES.withBlanks;
  if (index % 16 === 10) return LONG_NAMES.inOnePiece;
  const number = String(index + 1).padStart(3, '0');
  return `${TITLES[index % TITLES.length]} ${number}.${index % 3 === 0 ? 'wav' : 'm4a'}`;
}

function optionsOf(language: string): JobOptions {
  return {
    // The path does not matter: none of these jobs runs.
    model: { name: 'large-v3-turbo', path: '/models/large.bin', sha256: 'b'.repeat(64) },
    language,
    prompt: '',
    speakers: 'auto',
    speakerCount: null,
    translate: false,
    keepSilence: false,
    threads: null,
    beamSize: null,
  };
}

async function addTranscript(
  database: Database,
  { id, jobId, index, createdAtMs }: { id: string; jobId: string; index: number; createdAtMs: number },
): Promise<void> {
  const versionId = newId();
  await database.versions.create({
    id: versionId,
    recordingId: id,
    jobId,
    kind: 'machine',
    parentId: null,
    createdAtMs,
  });
  const place = { jobId, channel: 0, windowIndex: 0 };
  await database.windows.plan({ ...place, plan: { pieces: [], language: null } });
  const segments = SENTENCES.map((text, order) => segmentOf(text, order * 5000, (index + order) % 2));
  await database.windows.complete({
    ...place,
    versionId,
    inferenceMs: 400,
    completedAtMs: createdAtMs,
    segments,
    findings: { language: null, notUnderstood: [] },
  });
  await database.versions.finish({ versionId, completedAtMs: createdAtMs });
}

function segmentOf(text: string, startMs: number, speaker: number): Segment {
  const words = text.split(' ').map((word, order) => ({
    text: word,
    startMs: startMs + order * 300,
    endMs: startMs + order * 300 + 280,
    confidence: 0.9,
  }));
  return {
    startMs,
    endMs: startMs + 4500,
    text,
    speaker: speaker === 0 ? 'Dr. Weber' : 'Ms. Carver',
    language: 'en',
    confidence: 0.9,
    flags: [],
    words,
  };
}
