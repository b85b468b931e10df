import type { TranscriptDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { markOverlaps } from '../../contract/overlaps.ts';
import type { Segment, SkippedStretch } from '../../contract/transcript.ts';
import type { Database } from '../database/database.ts';
import type { Job } from '../database/repositories/jobs.ts';
import type { Recording } from '../database/repositories/recordings.ts';
import type { Version } from '../database/repositories/versions.ts';
import type { PlannedWindow } from '../database/repositories/windows.ts';
import { eachSegment } from '../database/segment-pages.ts';
import { PRODUCER } from '../producer.ts';
import { skippedStretches } from '../speech/skipped.ts';

/** Shorter pauses are part of any conversation. */
const SHORTEST_SKIPPED_MS = 5_000;

/** What is known of a version's text besides the text itself. */
export interface TranscriptFacts {
  readonly version: Version;
  readonly job: Job;
  readonly recording: Recording;
  /** Whether the machine has written it to its end. */
  readonly complete: boolean;
  readonly durationMs: number;
  readonly transcribedMs: number;
  readonly skipped: SkippedStretch[];
}

/** The facts of a version. Throws `recording.notFound`, `job.notFound`. */
export async function transcriptFacts(database: Database, version: Version): Promise<TranscriptFacts> {
  const machine = await database.versions.machineVersion(version);
  if (machine.jobId === null) throw new Error('A machine version has its job');
  const job = await database.jobs.get(machine.jobId);
  const recording = await database.recordings.get(machine.recordingId);
  const windows = await database.windows.list(job.id);
  const complete = machine.completedAtMs !== null;
  const durationMs = recording.durationMs ?? recording.facts.claimedDurationMs ?? 0;
  const transcribedMs = complete ? durationMs : finishedUntilMs(windows);
  const skipped = skippedStretches(windows.flatMap(stretches), transcribedMs, SHORTEST_SKIPPED_MS);
  return { version, job, recording, complete, durationMs, transcribedMs, skipped };
}

/**
 * A version of a transcript with everything that tells where it came from; of an unfinished one the windows that are
 * finished. Throws `recording.notFound`, `job.notFound`.
 */
export async function transcriptDocument(database: Database, versionId: string): Promise<TranscriptDocument> {
  const version = await database.versions.get(versionId);
  if (version === null) throw new Error('no such version');
  const { job, recording, complete, durationMs, transcribedMs, skipped } = await transcriptFacts(
    database,
    version,
  );
  const { model, ...options } = job.options;
  const sources = await database.sources.ofRecording(recording.id);
  const segments: Segment[] = [];
  for await (const { segment } of eachSegment(database, versionId)) segments.push(segment);
  return {
    recording: {
      id: recording.id,
      name: recording.name,
      sha256: recording.sourceSha256,
      sizeBytes: recording.sourceSizeBytes,
      durationMs,
      modifiedAtMs: recording.sourceModifiedMs,
      incomplete: recording.state === 'incomplete',
      sources: sources.map((source) => ({
        name: source.name,
        sha256: source.sha256,
        sizeBytes: source.sizeBytes,
        modifiedAtMs: source.modifiedMs,
        startMs: source.startMs,
        durationMs: source.durationMs,
        incomplete: source.incomplete,
      })),
    },
    options,
    model: { name: model.name, sha256: model.sha256, isSample: model.isSample },
    version: {
      number: version.number,
      kind: version.kind,
      createdAtMs: await writtenAtMs(database, version),
    },
    complete,
    transcribedMs,
    detectedLanguage:
      job.detectedLanguage === null
        ? null
        : { language: job.detectedLanguage, probability: job.languageProbability ?? 0 },
    skipped,
    segments: markOverlaps(segments),
    producer: PRODUCER,
  };
}

/** When a version became what it is: an edited one with the last edit that stands. */
async function writtenAtMs(database: Database, version: Version): Promise<number> {
  if (version.kind === 'machine') return version.completedAtMs ?? version.createdAtMs;
  const text = await database.edits.text(version.recordingId);
  return text?.editedAtMs ?? version.createdAtMs;
}

/** The current transcript of a recording. Throws `recording.notTranscribed`. */
export async function latestDocument(database: Database, recording: Recording): Promise<TranscriptDocument> {
  const version = await database.versions.latest(recording.id);
  if (version === null) throw new AppError('recording.notTranscribed', { name: recording.name });
  return await transcriptDocument(database, version.id);
}

/** Recording time up to which no channel has an unfinished window, as far as windows have been planned. */
function finishedUntilMs(windows: PlannedWindow[]): number {
  const endOf = new Map<number, { nextIndex: number; untilMs: number }>();
  for (const window of windows) {
    const end = endOf.get(window.channel) ?? { nextIndex: 0, untilMs: 0 };
    endOf.set(window.channel, end);
    // A stretch that was put first leaves a hole before it.
    if (window.completedAtMs === null || window.windowIndex !== end.nextIndex) continue;
    end.nextIndex += 1;
    end.untilMs = Math.max(end.untilMs, ...stretches(window).map((stretch) => stretch.endMs));
  }
  const ends = [...endOf.values()].map((end) => end.untilMs);
  return ends.length === 0 ? 0 : Math.min(...ends);
}

function stretches({ plan }: PlannedWindow): { startMs: number; endMs: number }[] {
  return plan.pieces.map(({ recordingStartMs, durationMs }) => ({
    startMs: recordingStartMs,
    endMs: recordingStartMs + durationMs,
  }));
}
