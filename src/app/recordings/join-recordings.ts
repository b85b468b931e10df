import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { PART_MS, SAMPLES_PER_MS } from '../../contract/audio.ts';
import { AppError } from '../../contract/errors.ts';
import type { EventSink } from '../../contract/events.ts';
import type { JobOptions } from '../../contract/job.ts';
import { isPending } from '../../contract/job-states.ts';
import type { ChannelLayout } from '../../contract/recording.ts';
import { CaptureSource } from '../../core/capture/capture-source.ts';
import { capturedWav, capturedWavBytes } from '../../core/capture/captured-wav.ts';
import type { Database } from '../../core/database/database.ts';
import type { NewJoin } from '../../core/database/joins/joins.db.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import type { RecordingSource } from '../../core/database/recordings/sources.db.ts';
import { requireSpace } from '../../core/free-space.ts';
import { type PartGain, withoutGain } from '../../core/media/sound/gain.ts';
import type { Imports } from '../../core/pipeline/import/imports.ts';
import { vaultBytes } from '../../core/pipeline/import/vault-bytes.ts';
import { WorkingCopyReader } from '../../core/pipeline/working-copy-reader.ts';
import type { SealedObject } from '../../core/vault/object-store.ts';
import type { Vault } from '../../core/vault/vault.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { JoinedCopyWriter, type JoinedLayout, joinedLayout, mixedDown } from './joined-copy.ts';
import { refuseRecorded } from './refusals.ts';

/** Dependencies of joining. */
export interface JoinServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly imports: Imports;
  readonly queue: JobQueue;
  readonly emit: EventSink;
}

/** Result of a join. */
export interface JoinOutcome {
  readonly recordingId: string;
  /** Whether the finished texts were joined too; otherwise the whole is transcribed, if any of them is to be. */
  readonly textCarried: boolean;
  /** Whether speakers that had channels of their own share one, because the channel layouts differed. */
  readonly mixedDown: boolean;
}

/** A recording that is to be joined, read to its end. */
interface Piece {
  readonly recording: Recording;
  readonly layout: ChannelLayout;
  readonly channels: number;
  readonly sources: readonly RecordingSource[];
  /** Its start in the joined recording. */
  readonly startMs: number;
  /** Rounded up to the next millisecond: no sample is lost. */
  readonly durationMs: number;
}

/** Length of one read of the working copy; a read never spans two parts. */
const STEP_MS = 1000;

/**
 * Makes one recording out of several, which follow one another in the order given. The joined one has its own copy of
 * everything: each original sealed again under its own SHA-256, one working copy, and the texts if all are finished
 * alike; otherwise it is transcribed with the first one's options. The others go to the bin as is. Recordings that are
 * still being read are awaited. Atomic: when it throws, nothing has changed.
 * Throws `recording.notFound`, `recording.busy`, `recording.corrected`, `disk.full`, `object.damaged`, `object.missing`
 * and the errors of an awaited import.
 */
export async function joinRecordings(
  services: JoinServices,
  recordingIds: readonly string[],
  name: string,
): Promise<JoinOutcome> {
  const { vault, database, queue, emit } = services;
  const pieces = await piecesOf(services, recordingIds);
  const layout = joinedLayout(pieces);
  const recordingId = newId();
  await requireSpace(vault.folder, bytesOf(pieces, layout));
  const sealed: SealedObject[] = [];
  const paused: string[] = [];
  try {
    const { sources, originals } = await sealOriginals(vault, database, recordingId, pieces, sealed);
    const parts = await copySound(services, recordingId, pieces, layout, sealed);
    for (const jobId of await unfinishedJobs(database, recordingIds)) {
      await queue.pause(jobId);
      paused.push(jobId);
    }
    const joined = pieces.map(({ recording: { id }, startMs }) => {
      return { recordingId: id, startMs, keepsChannels: layout.keepsChannels };
    });
    const options = await wishOf(database, recordingIds);
    const recording = joinedRecording(recordingId, name, pieces, layout);
    const join: NewJoin = { recording, sources, originals, parts, joined, atMs: recording.createdAtMs };
    const { textCarried } = await database.joins.commit(join);
    if (!textCarried && options !== null) await queue.addJob(recordingId, options, null);
    else emit({ type: 'recordingAdded', recordingId, jobId: null, name });
    return { recordingId, textCarried, mixedDown: !layout.keepsChannels };
  } catch (error) {
    // If the vault was sealed meanwhile, its next opening sweeps the orphaned objects.
    await takeBack(services, recordingId, sealed, paused).catch(() => undefined);
    throw error;
  }
}

/** Removes the objects of a failed join, and resumes the jobs that it had paused. */
async function takeBack(
  { vault, database, queue }: JoinServices,
  recordingId: string,
  sealed: readonly SealedObject[],
  paused: readonly string[],
): Promise<void> {
  const ids = sealed.map(({ id }) => id);
  // If the records were committed, because only a later step failed, the objects stay.
  const isRecorded = (await database.objects.idsOfRecording(recordingId)).length > 0;
  if (isRecorded) return;
  await vault.objects.remove(ids);
  for (const jobId of paused) {
    if ((await database.jobs.get(jobId)).state === 'paused') await queue.resume(jobId);
  }
}

async function piecesOf(
  { database, imports }: JoinServices,
  recordingIds: readonly string[],
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let startMs = 0;
  for (const id of recordingIds) {
    if ((await database.recordings.get(id)).binnedAtMs !== null)
      throw new AppError('recording.notFound', { id });
    await refuseRecorded(database, [id]);
    await imports.settled(id, 'auto');
    const recording = await database.recordings.get(id);
    const { layout, channels } = recording;
    if (layout === null || channels === null) throw new Error('what has been read has a layout');
    const durationMs = await lengthMs(database, id, channels);
    const sources = await database.sources.ofRecording(id);
    pieces.push({ recording, layout, channels, sources, startMs, durationMs });
    startMs += durationMs;
  }
  return pieces;
}

/** A kill may have come between two channels of a part: only what all channels have counts. */
async function lengthMs(database: Database, recordingId: string, channels: number): Promise<number> {
  let samples = Number.POSITIVE_INFINITY;
  for (let channel = 0; channel < channels; channel += 1) {
    const parts = await database.parts.list({ recordingId, channel });
    samples = Math.min(
      samples,
      parts.reduce((sum, { sampleCount }) => sum + sampleCount, 0),
    );
  }
  return Math.ceil(samples / SAMPLES_PER_MS);
}

function bytesOf(pieces: readonly Piece[], { channels }: JoinedLayout): number {
  const sizeBytes = pieces
    .flatMap(({ sources }) => sources)
    .reduce((sum, source) => sum + source.sizeBytes, 0);
  return vaultBytes({ sizeBytes, durationMs: totalMs(pieces), channels });
}

function totalMs(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** Copies every original; `sealed` gets each as soon as it is durable. */
async function sealOriginals(
  vault: Vault,
  database: Database,
  recordingId: string,
  pieces: readonly Piece[],
  sealed: SealedObject[],
): Promise<Pick<NewJoin, 'sources' | 'originals'>> {
  const sources: RecordingSource[] = [];
  const originals: SealedObject[] = [];
  for (const piece of pieces) {
    for (const source of piece.sources) {
      const place = { recordingId, version: sources.length + 1 };
      const captured = await CaptureSource.ofEnded({ vault, database }, piece.recording.id);
      const { original, as } =
        captured === null
          ? { original: await sealOriginal(vault, database, source, place), as: source }
          : await sealCaptured(vault, captured, source, place);
      if (original !== null) originals.push(original);
      if (original !== null) sealed.push(original);
      const isOnly = piece.sources.length === 1;
      sources.push({
        ...as,
        startMs: piece.startMs + source.startMs,
        durationMs: isOnly ? piece.durationMs : source.durationMs,
        originalObjectId: original?.id ?? null,
      });
    }
  }
  return { sources, originals };
}

/** The place of an original in a joined recording. */
interface OriginalPlace {
  readonly recordingId: string;
  readonly version: number;
}

/**
 * Seals a capture, whose parts hold its samples, as a WAV file, and checks them against the hash that was taken when they
 * were read. Returns the source as which the joined recording has it.
 */
async function sealCaptured(
  vault: Vault,
  captured: CaptureSource,
  source: RecordingSource,
  { recordingId, version }: OriginalPlace,
): Promise<{ original: SealedObject; as: RecordingSource }> {
  const [ofSamples, ofFile] = [createHash('sha256'), createHash('sha256')];
  const writer = await vault.objects.createWriter({ recordingId, kind: 'original', version });
  try {
    let isHeader = true;
    for await (const bytes of capturedWav(captured)) {
      ofFile.update(bytes);
      if (!isHeader) ofSamples.update(bytes);
      isHeader = false;
      await writer.write(bytes);
    }
    if (source.sha256 !== null && ofSamples.digest('hex') !== source.sha256) {
      throw new AppError('object.damaged', {});
    }
    const original = await writer.commit();
    const sizeBytes = capturedWavBytes(captured);
    return { original, as: { ...source, sizeBytes, sha256: ofFile.digest('hex') } };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Copies an original, and checks it against the hash that was taken when it was read. */
async function sealOriginal(
  vault: Vault,
  database: Database,
  { originalObjectId, sha256 }: RecordingSource,
  { recordingId, version }: OriginalPlace,
): Promise<SealedObject | null> {
  if (originalObjectId === null) return null;
  const object = await database.objects.get(originalObjectId);
  if (object === null) throw new AppError('object.missing', {});
  const reader = await vault.objects.openReader(object);
  try {
    const writer = await vault.objects.createWriter({ recordingId, kind: 'original', version });
    try {
      const hash = createHash('sha256');
      for await (const bytes of reader.stream()) {
        hash.update(bytes);
        await writer.write(bytes);
      }
      if (sha256 !== null && hash.digest('hex') !== sha256) throw new AppError('object.damaged', {});
      return await writer.commit();
    } catch (error) {
      await writer.discard();
      throw error;
    }
  } finally {
    await reader.close();
  }
}

/** Copies the audio of all pieces into one working copy; `sealed` gets its objects, on failure too. */
async function copySound(
  { vault, database }: JoinServices,
  recordingId: string,
  pieces: readonly Piece[],
  { channels, keepsChannels }: JoinedLayout,
  sealed: SealedObject[],
): Promise<JoinedCopyWriter['parts']> {
  const writer = new JoinedCopyWriter(vault, recordingId, channels);
  try {
    for (const piece of pieces) {
      for await (const samples of soundOf(vault, database, piece)) {
        await writer.write(keepsChannels ? samples : [mixedDown(samples)]);
      }
    }
    await writer.finish();
    return writer.parts;
  } finally {
    sealed.push(...writer.parts.map(({ object }) => object));
  }
}

/** The audio of a piece without its gain, step by step. */
async function* soundOf(
  vault: Vault,
  database: Database,
  { recording, channels, durationMs }: Piece,
): AsyncGenerator<Float32Array[]> {
  const reader = new WorkingCopyReader(vault, database, recording.id);
  const gains = await gainsOf(database, recording.id, channels);
  try {
    for (let atMs = 0; atMs < durationMs; atMs += STEP_MS) {
      const lengthOfStepMs = Math.min(STEP_MS, durationMs - atMs);
      const samples: Float32Array[] = [];
      for (const [channel, ofParts] of gains.entries()) {
        const gain = ofParts[Math.floor(atMs / PART_MS)];
        if (gain === undefined) throw new Error('a part is missing');
        const stored = await reader.read(channel, atMs, lengthOfStepMs);
        samples.push(withoutGain(stored, (atMs % PART_MS) * SAMPLES_PER_MS, gain));
      }
      yield samples;
    }
  } finally {
    await reader.close();
  }
}

/** The gain of each part of each channel. */
async function gainsOf(database: Database, recordingId: string, channels: number): Promise<PartGain[][]> {
  const gains: PartGain[][] = [];
  for (let channel = 0; channel < channels; channel += 1) {
    const parts = await database.parts.list({ recordingId, channel });
    gains.push(parts.map(({ gainDb }, index) => ({ gainDb, beforeDb: parts[index - 1]?.gainDb ?? gainDb })));
  }
  return gains;
}

function joinedRecording(
  id: string,
  name: string,
  pieces: readonly Piece[],
  { layout, channels }: JoinedLayout,
): NewJoin['recording'] {
  const [first] = pieces;
  if (first === undefined) throw new Error('a recording is joined of others');
  const sources = pieces.flatMap((piece) => piece.sources);
  const { matterId, sourcePath, facts, trackIndex } = first.recording;
  const isOneMatter = pieces.every(({ recording }) => recording.matterId === matterId);
  const durationMs = totalMs(pieces);
  return {
    id,
    name,
    matterId: isOneMatter ? matterId : null,
    sourcePath,
    sourceSizeBytes: sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    sourceModifiedMs: Math.max(...sources.map(({ modifiedMs }) => modifiedMs)),
    facts: {
      ...facts,
      isCaptured: false,
      claimedDurationMs: durationMs,
      assumed:
        pieces.find(({ recording }) => recording.facts.assumed !== null)?.recording.facts.assumed ?? null,
    },
    trackIndex,
    createdAtMs: Date.now(),
    state: pieces.every(({ recording }) => recording.state === 'ready') ? 'ready' : 'incomplete',
    layout,
    channels,
    durationMs,
  };
}

async function unfinishedJobs(database: Database, recordingIds: readonly string[]): Promise<string[]> {
  const ids = new Set(recordingIds);
  const jobs = await database.jobs.list();
  return jobs.filter((job) => ids.has(job.recordingId) && isPending(job.state)).map(({ id }) => id);
}

/** How to transcribe the joined recording: like the first one that is to be transcribed. */
async function wishOf(database: Database, recordingIds: readonly string[]): Promise<JobOptions | null> {
  for (const id of recordingIds) {
    const jobs = (await database.jobs.list({ recordingId: id })).filter(({ range }) => range === null);
    // Ids begin with their creation time (UUID v7).
    const newest = jobs.sort((a, b) => (a.id < b.id ? 1 : -1))[0];
    if (newest !== undefined && newest.state !== 'cancelled') return newest.options;
  }
  return null;
}
