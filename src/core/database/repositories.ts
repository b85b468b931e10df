import type { AuditHead } from '../audit/audit-head.ts';
import type { Connection } from './connection.ts';
import { AuditLog, type AuditReader } from './repositories/audit.ts';
import { Corrections } from './repositories/corrections.ts';
import { EditSessions } from './repositories/edit-sessions.ts';
import { type EditReader, Edits } from './repositories/edits.ts';
import { IndexLeavings } from './repositories/index-leavings.ts';
import { type JobExportReader, JobExports } from './repositories/job-exports.ts';
import { JobWriter } from './repositories/job-writer.ts';
import type { JobReader } from './repositories/jobs.ts';
import { Joins } from './repositories/joins.ts';
import { type MatterReader, Matters } from './repositories/matters.ts';
import { type ObjectReader, Objects } from './repositories/objects.ts';
import { type PartReader, Parts } from './repositories/parts.ts';
import { type PlaceReader, Places } from './repositories/places.ts';
import { type RecordingReader, Recordings } from './repositories/recordings.ts';
import { Reruns } from './repositories/reruns.ts';
import { SearchIndex } from './repositories/search-index.ts';
import { type SegmentReader, Segments } from './repositories/segments.ts';
import { type SettingReader, Settings } from './repositories/settings.ts';
import { type SourceReader, Sources } from './repositories/sources.ts';
import { type VersionReader, Versions } from './repositories/versions.ts';
import { VoiceActivity, type VoiceActivityReader } from './repositories/voice-activity.ts';
import { type WindowReader, Windows } from './repositories/windows.ts';

/** Every repository over one connection. `head` is null where no audit log is kept. */
export function openRepositories(connection: Connection, head: AuditHead | null) {
  const audit = new AuditLog(connection, head);
  const objects = new Objects(connection);
  const segments = new Segments(connection);
  const versions = new Versions(connection, segments, audit);
  const places = new Places(connection);
  const editSessions = new EditSessions(connection, audit);
  const leavings = new IndexLeavings(connection);
  const recordings = new Recordings(connection, objects, audit, leavings);
  const parts = new Parts(connection, objects);
  const voiceActivity = new VoiceActivity(connection);
  const jobs = new JobWriter(connection, audit);
  const windows = new Windows(connection, segments);
  const edits = new Edits(connection, { versions, places, sessions: editSessions, leavings });
  const sources = new Sources(connection);
  const joined = { recordings, objects, parts, sources, jobs, windows, versions, segments, edits, audit };
  return {
    matters: new Matters(connection, audit),
    recordings,
    objects,
    parts,
    voiceActivity,
    sources,
    joins: new Joins(connection, joined),
    jobs,
    jobExports: new JobExports(connection),
    windows,
    versions,
    segments,
    edits,
    corrections: new Corrections(connection, { edits, segments, places, recordings, versions, jobs }),
    editSessions,
    reruns: new Reruns(connection, versions, segments, edits),
    places,
    search: new SearchIndex(connection),
    leavings,
    audit,
    settings: new Settings(connection),
  };
}

/** The repositories as they are inside the database's thread: synchronous. */
export type Repositories = ReturnType<typeof openRepositories>;

/** The reading half of each repository. */
export interface Readers {
  readonly matters: MatterReader;
  readonly recordings: RecordingReader;
  readonly objects: ObjectReader;
  readonly parts: PartReader;
  readonly voiceActivity: VoiceActivityReader;
  readonly sources: SourceReader;
  readonly jobs: JobReader;
  readonly jobExports: JobExportReader;
  readonly windows: WindowReader;
  readonly versions: VersionReader;
  readonly segments: SegmentReader;
  readonly edits: EditReader;
  readonly places: PlaceReader;
  readonly search: SearchIndex;
  readonly audit: AuditReader;
  readonly settings: SettingReader;
}

/** A repository as the other threads see it: the same methods, each answering with a promise. */
export type Remote<Repository> = {
  readonly [Name in keyof Repository]: Repository[Name] extends (...parameters: infer P) => infer R
    ? (...parameters: P) => Promise<Awaited<R>>
    : never;
};

/** Every repository as the other threads see it. */
export type RemoteRepositories<All> = { readonly [Name in keyof All]: Remote<All[Name]> };
