import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { PATIENT } from '../../src/app/jobs/retry-policy.ts';
import { Models } from '../../src/app/models/models.ts';
import { type AppServices, openVaultApp } from '../../src/app/open-app.ts';
import { PART_MS, SAMPLE_RATE } from '../../src/contract/audio.ts';
import type { Segment, Word } from '../../src/contract/transcript.ts';
import { forkEngine } from '../../src/core/engine/engine-process.ts';
import { findFfmpeg } from '../../src/core/media/find-ffmpeg.ts';
import { openSource } from '../../src/core/media/source.ts';
import { DICTATION_MODEL } from '../../src/core/models/testing/dictation-model.ts';
import { ImportFeed } from '../../src/core/pipeline/import/import-feed.ts';
import { WorkingCopyWriter } from '../../src/core/pipeline/import/working-copy-writer.ts';
import { Vault } from '../../src/core/vault/vault.ts';
import { HEARING, recordingPath, referenceRecordings } from '../reference-recordings.ts';
import { seededRandom } from '../statistics.ts';

/** The long recording's name in the library. */
export const LONG_NAME = 'hearing-10h.wav';
/** How long it is. */
export const LONG_HOURS = 10;
/** How many segments its transcript has. */
export const LONG_SEGMENTS = 12_000;

const WINDOW_MS = 30_000;
const SEGMENTS_PER_WINDOW = (LONG_SEGMENTS * WINDOW_MS) / (LONG_HOURS * 3_600_000);
/** As fast as people speak in court: 9,600 words an hour. */
const WORDS_PER_SEGMENT = 8;
/** Of a window. The rest is silence, which separates paragraphs. */
const SPEECH_MS = 27_200;
/** Every so many windows, half of one is silence that is shown as skipped. */
const SKIPPING = 25;
/** Mean length of a speaker's turn in segments. */
const TURN = 7;

/**
 * Makes a vault in a new folder with a recording of ten hours, whose audio is the long fixture repeated, and its
 * transcript, of that fixture's words too: all stored by the product's own code.
 */
export async function makeLongVault(folder: string, passphrase: string, seed: number): Promise<void> {
  const { vault } = await Vault.create(folder, { passphrase });
  const app = await openVaultApp({
    vault,
    models: new Models(),
    launchEngine: forkEngine,
    emit: () => undefined,
    retryPolicy: PATIENT,
    language: () => 'en',
    numbersLocale: () => 'en',
    documentsFolder: folder,
  });
  try {
    const recordingId = await addRecording(app.services);
    await addTranscript(app.services, recordingId, seed);
  } finally {
    await app.close();
  }
}

async function addRecording({ vault, database }: AppServices): Promise<string> {
  const recordingId = newId();
  const durationMs = LONG_HOURS * 3_600_000;
  const facts = {
    container: 'wav',
    claimedDurationMs: durationMs,
    tracks: [
      { index: 0, codec: 'pcm_s16le', channels: 1, sampleRate: SAMPLE_RATE, language: null, title: null },
    ],
    hasVideo: false,
    assumed: null,
  };
  const ffmpeg = await findFfmpeg();
  const source = await openSource(recordingPath(HEARING));
  await database.recordings.add({
    id: recordingId,
    matterId: null,
    name: LONG_NAME,
    sourcePath: join('/media', 'recorder', LONG_NAME),
    sourceSizeBytes: source.sizeBytes,
    sourceModifiedMs: source.modifiedMs,
    facts,
    trackIndex: 0,
    createdAtMs: Date.now(),
  });
  const writer = new WorkingCopyWriter(
    { vault, database, ffmpeg, emit: () => undefined },
    { recordingId, source, facts, track: 0, speakers: 'auto', signal: new AbortController().signal },
    { layout: 'single', keep: [0] },
    1,
    new ImportFeed(),
  );
  const samples = decoded(ffmpeg.path);
  let missing = LONG_HOURS * 3600 * SAMPLE_RATE;
  while (missing > 0) {
    const part = samples.subarray(0, Math.min(missing, samples.length));
    await writer.write(part);
    missing -= part.length;
  }
  await source.close();
  await database.recordings.finishImport({
    recordingId,
    state: 'ready',
    sourceSha256: '0'.repeat(64),
    ...writer.layout,
    durationMs: await writer.finish(),
    original: null,
    atMs: Date.now(),
  });
  return recordingId;
}

async function addTranscript({ database }: AppServices, recordingId: string, seed: number): Promise<void> {
  const { jobs, versions, windows } = database;
  const jobId = newId();
  const attemptId = newId();
  const versionId = newId();
  const atMs = Date.now();
  const model = DICTATION_MODEL;
  const options = {
    ...({
      model,
      language: 'en',
      prompt: '',
      speakers: 'auto',
      speakerCount: null,
      translate: false,
    } as const),
    keepSilence: false,
    threads: null,
    beamSize: null,
  };
  await jobs.add({ id: jobId, recordingId, options, delivery: null, createdAtMs: atMs });
  await jobs.begin({ jobId, attemptId, atMs });
  await versions.create({
    id: versionId,
    recordingId,
    jobId,
    kind: 'machine',
    parentId: null,
    createdAtMs: atMs,
  });
  const text = new SpokenText(seed);
  for (let windowIndex = 0; windowIndex * SEGMENTS_PER_WINDOW < LONG_SEGMENTS; windowIndex += 1) {
    const place = { jobId, channel: 0, windowIndex };
    const startMs = windowIndex * WINDOW_MS;
    const speechMs = windowIndex % SKIPPING === SKIPPING - 1 ? WINDOW_MS / 2 : SPEECH_MS;
    const speech = [{ startMs, endMs: startMs + speechMs }];
    const piece = { windowStartMs: 0, recordingStartMs: startMs, durationMs: speechMs, speech };
    await windows.plan({ ...place, plan: { pieces: [piece], language: null } });
    const segments = text.segments(startMs, speechMs);
    const findings = { language: null, notUnderstood: [] };
    await windows.complete({
      ...place,
      versionId,
      inferenceMs: 500,
      completedAtMs: atMs,
      segments,
      findings,
    });
  }
  await versions.finish({ versionId, completedAtMs: atMs });
  await jobs.end({ attemptId, atMs, outcome: 'done', failure: null, figures: null, retryAtMs: null });
}

/** Two speakers' text, in the fixture's words, window by window. */
class SpokenText {
  readonly #words = wordsOfHearing();
  readonly #random: () => number;
  #next = 0;
  #speaker = 'A';

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  segments(startMs: number, speechMs: number): Segment[] {
    const lengthMs = Math.floor(speechMs / SEGMENTS_PER_WINDOW);
    return Array.from({ length: SEGMENTS_PER_WINDOW }, (_, index) => {
      if (this.#random() < 1 / TURN) this.#speaker = this.#speaker === 'A' ? 'B' : 'A';
      const from = startMs + index * lengthMs;
      const words = this.#wordsFrom(from, lengthMs - 80);
      const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
      return {
        startMs: from,
        endMs: from + lengthMs - 80,
        text: words.map((word) => word.text).join(' '),
        speaker: this.#speaker,
        language: 'en',
        confidence: mean,
        flags: [],
        words,
      };
    });
  }

  #wordsFrom(startMs: number, lengthMs: number): Word[] {
    const eachMs = lengthMs / WORDS_PER_SEGMENT;
    return Array.from({ length: WORDS_PER_SEGMENT }, (_, index) => {
      const text = this.#words[this.#next] as string;
      this.#next = (this.#next + 1) % this.#words.length;
      return {
        startMs: Math.round(startMs + index * eachMs),
        endMs: Math.round(startMs + (index + 1) * eachMs),
        text,
        // Most words are certain, as with a good model; some are not.
        confidence: 1 - this.#random() ** 6,
      };
    });
  }
}

function wordsOfHearing(): string[] {
  const hearing = referenceRecordings().find(({ name }) => name === HEARING);
  return (hearing?.segments ?? []).flatMap(({ text }) => text.split(' '));
}

/** The fixture decoded, as whole parts of a working copy. */
function decoded(ffmpeg: string): Float32Array {
  const { stdout, status } = spawnSync(
    ffmpeg,
    ['-v', 'error', '-i', recordingPath(HEARING), '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 'f32le', '-'],
    { maxBuffer: 2 ** 30 },
  );
  if (status !== 0) throw new Error('The long fixture could not be decoded.');
  const partSamples = (PART_MS / 1000) * SAMPLE_RATE;
  const samples = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  return samples.subarray(0, samples.length - (samples.length % partSamples));
}
