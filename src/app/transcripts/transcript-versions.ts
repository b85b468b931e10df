import { AppError } from '../../contract/errors.ts';
import type { VersionReading, VersionView } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import { languageOf } from '../../core/database/jobs/job-language.ts';
import type { Version } from '../../core/database/transcripts/versions.db.ts';
import { transcriptFacts, writtenAtMs } from '../../core/transcripts/transcript-document.ts';
import { versionText } from './transcript-view.ts';
import { versionDifferences } from './version-differences.ts';

/**
 * The versions of a recording's transcript that have a text of their own, newest first: an edited one whose edits are
 * all undone equals its machine version, and a range being retranscribed has no text yet. Throws `recording.notFound`.
 */
export async function transcriptVersions(database: Database, recordingId: string): Promise<VersionView[]> {
  await database.recordings.get(recordingId);
  const versions = await database.versions.list(recordingId);
  const current = await database.versions.latest(recordingId);
  const views: VersionView[] = [];
  for (const version of versions.reverse()) {
    if (isUnfinishedRange(version)) continue;
    const { edits } = await database.edits.extent(version.id);
    if (version.kind === 'machine' || edits > 0) views.push(await versionView(database, version, current));
  }
  return views;
}

/**
 * A version to be read, with its differences from the current text. Throws `version.notFound` if the recording has no
 * such version.
 */
export async function readVersion(
  database: Database,
  recordingId: string,
  versionId: string,
): Promise<VersionReading> {
  const version = await versionOf(database, recordingId, versionId);
  const current = await database.versions.latest(recordingId);
  const transcript = await versionText(database, version);
  const isCurrent = current === null || current.id === version.id;
  return {
    version: await versionView(database, version, current),
    transcript,
    differences: isCurrent
      ? []
      : await versionDifferences(transcript.segments, (await versionText(database, current)).segments),
  };
}

/** A version of this recording. Throws `version.notFound`. */
export async function versionOf(
  database: Database,
  recordingId: string,
  versionId: string,
): Promise<Version> {
  const version = await database.versions.get(versionId);
  if (version === null || version.recordingId !== recordingId) throw new AppError('version.notFound', {});
  return version;
}

function isUnfinishedRange({ kind, parentId, completedAtMs }: Version): boolean {
  return kind === 'machine' && parentId !== null && completedAtMs === null;
}

async function versionView(
  database: Database,
  version: Version,
  current: Version | null,
): Promise<VersionView> {
  const { making, live, complete, brought } = await transcriptFacts(database, version);
  const { changedSegments } = await database.edits.extent(version.id);
  const { id, number, kind } = version;
  return {
    id,
    number,
    kind,
    writtenAtMs: await writtenAtMs(database, version),
    model: making.options.model.name,
    language: languageOf(making),
    complete,
    isLive: live?.making === making,
    brought: brought && { name: brought.name, fit: brought.fit },
    changedSegments,
    isCurrent: id === current?.id,
  };
}
