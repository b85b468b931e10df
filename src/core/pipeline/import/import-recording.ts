import { createHash } from 'node:crypto';
import { AppError, isAppError } from '../../../contract/errors.ts';
import type { CoreEvent } from '../../../contract/events.ts';
import type { SpeakerChoice } from '../../../contract/job.ts';
import { reached } from '../../fault-points.ts';
import { decode } from '../../media/decode.ts';
import { ChannelLayoutAnalyser, type LayoutDecision } from '../../media/sound/channel-layout.ts';
import { HighPass } from '../../media/sound/high-pass.ts';
import { OpeningSilence } from '../../media/sound/opening-silence.ts';
import type { SealedObject } from '../../vault/object-store.ts';
import { channelsOf } from './audio-tracks.ts';
import { discardUnrecorded } from './discard-unrecorded.ts';
import type { ImportedLayout, ImportFeed } from './import-feed.ts';
import type { ImportServices, ImportTask } from './import-task.ts';
import { WorkingCopyWriter } from './working-copy-writer.ts';

const READ_BLOCK_BYTES = 1024 * 1024;

/** Most PCM buffered while it is not yet decided what the channels are. */
const UNDECIDED_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Reads a source once: seals the original, and decodes it into the sealed parts of the working copy, reporting
 * each to `feed`. The original of a capture is sealed already, and only hashed; while it goes on, so does the import. Ends with the recording `ready`, or `incomplete` if the source was damaged or changed meanwhile.
 * Throws media, disk and file errors.
 */
export async function importRecording(
  services: ImportServices,
  task: ImportTask,
  feed: ImportFeed,
): Promise<void> {
  const { database, emit } = services;
  const { recordingId, source } = task;
  let told: Extract<CoreEvent, { type: 'recordingReady' }>;
  const stop = new AbortController();
  const halves = { ...task, signal: AbortSignal.any([task.signal, stop.signal]) };
  const sealing = sealOriginal(services, halves, feed);
  const decoding = decodeIntoParts(services, halves, feed);
  // When one half fails the other must have stopped before the error is thrown, or it would go on writing after it.
  const stopOther = (error: unknown) => stop.abort(error);
  sealing.catch(stopOther);
  decoding.catch(stopOther);
  const [sealed] = await Promise.allSettled([sealing, decoding]);
  try {
    halves.signal.throwIfAborted();
    const { original, sha256 } = await sealing;
    const { layout, durationMs, damaged } = await decoding;
    const incomplete = damaged || !(await source.unchanged());
    const end = { recordingId, ...layout, durationMs };
    await database.recordings.finishImport({
      ...end,
      state: incomplete ? 'incomplete' : 'ready',
      sourceSha256: sha256,
      sourceSizeBytes: source.sizeBytes,
      original,
      atMs: Date.now(),
    });
    told = { type: 'recordingReady', ...end, sha256, incomplete };
  } catch (error) {
    const original = sealed.status === 'fulfilled' ? sealed.value.original : null;
    if (original !== null) await discardUnrecorded(services, original.id);
    throw error;
  }
  reached('import.finished');
  // Only now may the source be removed: nothing of it has to be read again.
  emit(told);
  feed.ended(told.durationMs);
}

async function sealOriginal(
  { vault }: ImportServices,
  task: ImportTask,
  feed: ImportFeed,
): Promise<{ original: SealedObject | null; sha256: string }> {
  const { recordingId } = task;
  const hash = createHash('sha256');
  if (task.facts.isCaptured === true) {
    for await (const block of blocksOf(task)) hash.update(block);
    return { original: null, sha256: hash.digest('hex') };
  }
  const writer = await vault.objects.createWriter({ recordingId, kind: 'original', version: 1 });
  try {
    for await (const block of blocksOf(task)) {
      hash.update(block);
      await writer.write(block);
      feed.sealedBytes += block.length;
    }
    const original = await writer.commit();
    reached('import.originalSealed');
    return { original, sha256: hash.digest('hex') };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function* blocksOf({ source, signal }: ImportTask): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    const block = Buffer.allocUnsafe(READ_BLOCK_BYTES);
    const count = await source.read(block, position, signal);
    if (count === 0) return;
    position += count;
    yield block.subarray(0, count);
  }
}

async function decodeIntoParts(
  services: ImportServices,
  task: ImportTask,
  feed: ImportFeed,
): Promise<{ layout: ImportedLayout; durationMs: number; damaged: boolean }> {
  const sourceChannels = channelsOf(task.facts, task.track);
  const highPass = new HighPass(sourceChannels);
  const analyser = new ChannelLayoutAnalyser(sourceChannels);
  let held: Float32Array[] = [];
  let heldBytes = 0;
  // A late start may last hours: it is no evidence of what the channels are, and too much to buffer.
  const opening = new OpeningSilence();
  let copy: WorkingCopyWriter | null = null;
  let damaged = false;

  const startCopy = async (decision: LayoutDecision): Promise<WorkingCopyWriter> => {
    const started = new WorkingCopyWriter(services, task, decision, sourceChannels, feed);
    await services.database.recordings.setLayout({ recordingId: task.recordingId, ...started.layout });
    for (const block of opening.blocks()) {
      task.signal.throwIfAborted();
      await started.write(block);
    }
    for (const block of held) await started.write(block);
    held = [];
    return started;
  };

  const { source, facts, track, signal } = task;
  const isFollowed = source.isGrowing === true;
  const startedAt = performance.now();
  try {
    if (facts.isCaptured === true) copy = await startCopy(capturedLayout(sourceChannels, task.speakers));
    for await (const block of decode(source, services.ffmpeg, facts, {
      track,
      channels: sourceChannels,
      signal,
    })) {
      highPass.filter(block);
      if (copy !== null) {
        await copy.write(block);
        continue;
      }
      if (held.length === 0 && opening.takes(block)) continue;
      analyser.push(block);
      held.push(block);
      heldBytes += block.byteLength;
      const decision = analyser.decide(heldBytes > UNDECIDED_LIMIT_BYTES ? 'enough' : 'soFar', task.speakers);
      if (decision !== null) copy = await startCopy(decision);
    }
  } catch (error) {
    // What could be read of a damaged file is kept and transcribed; with nothing read there is nothing to keep.
    if (!isAppError(error, 'media.damaged')) throw error;
    damaged = true;
  }
  if (copy === null) {
    if (held.length === 0) for (const block of opening.blocks()) analyser.push(block);
    const decision = analyser.decide('whole', task.speakers);
    if (decision === null) throw new Error('At the end there is always a decision');
    copy = await startCopy(decision);
  }
  const durationMs = await copy.finish();
  // A decoder that follows a capture mostly waits.
  if (!isFollowed) feed.decodeMs = performance.now() - startedAt;
  if (durationMs === 0) throw new AppError('media.unreadable', { file: source.name });
  return { layout: copy.layout, durationMs, damaged };
}

/** Each input of a capture is a speaker from its first part on: nothing of it is held back for an analysis. */
function capturedLayout(channels: number, speakers: SpeakerChoice): LayoutDecision {
  const keep = Array.from({ length: channels }, (_, channel) => channel);
  if (channels === 1) return { layout: 'single', keep };
  return { layout: speakers === 'none' ? 'mixed' : 'speakers', keep };
}
