import type { AuditHead } from '../audit/audit-head.ts';
import { AuditLog, type AuditReader } from './audit/audit.db.ts';
import { AutomaticCorrections } from './automatic-corrections/automatic-corrections.db.ts';
import { type CorrectedWordReader, CorrectedWords } from './automatic-corrections/corrected-words.db.ts';
import { type CorrectionRuleReader, CorrectionRules } from './automatic-corrections/correction-rules.db.ts';
import { type CaptureReader, Captures } from './captures/captures.db.ts';
import { FinalTranscripts } from './captures/final-transcripts.db.ts';
import { type LiveTextReader, LiveTexts } from './captures/live-texts.db.ts';
import { type MarkerReader, Markers } from './captures/markers.db.ts';
import type { Connection } from './connection.db.ts';
import { HandOvers } from './hand-over/hand-overs.db.ts';
import { ImportedTexts } from './imported-texts.db.ts';
import { type JobExportReader, JobExports } from './jobs/job-exports.db.ts';
import { JobWriter } from './jobs/job-writer.db.ts';
import type { JobReader } from './jobs/jobs.db.ts';
import { Joins } from './joins/joins.db.ts';
import { LibraryRowReader } from './library/library-rows.db.ts';
import { type MatterReader, MatterRepository } from './matters/matters.db.ts';
import { type PseudonymReader, Pseudonyms } from './pseudonyms/pseudonyms.db.ts';
import { type ObjectRowReader, Objects } from './recordings/objects.db.ts';
import { type PartReader, Parts } from './recordings/parts.db.ts';
import { type RecordingSoundReader, RecordingSounds } from './recordings/recording-sounds.db.ts';
import { type RecordingReader, RecordingRepository } from './recordings/recordings.db.ts';
import { type SourceReader, Sources } from './recordings/sources.db.ts';
import { type ErasureCertificateReader, ErasureCertificates } from './retention/erasure-certificates.db.ts';
import { type RetentionReader, Retentions } from './retention/retentions.db.ts';
import { FtsTombstones } from './search/fts-tombstones.db.ts';
import { SearchIndex } from './search/search-index.db.ts';
import { type SettingReader, Settings } from './settings/settings.db.ts';
import { type SignOffReader, SignOffs } from './sign-off/sign-offs.db.ts';
import { type KnownVoiceReader, KnownVoices } from './speakers/known-voices.db.ts';
import { type SpeakerPartReader, SpeakerParts } from './speakers/speaker-parts.db.ts';
import { type SpeakerTextReader, SpeakerTexts } from './speakers/speaker-texts.db.ts';
import { type WordTemplateReader, WordTemplates } from './templates/word-templates.db.ts';
import { type AlignedTextReader, AlignedTexts } from './transcripts/aligned-texts.db.ts';
import { Corrections } from './transcripts/corrections.db.ts';
import { type DiarizationReader, Diarizations } from './transcripts/diarizations.db.ts';
import { EditHistoryReader } from './transcripts/edit-history.db.ts';
import { EditSessions } from './transcripts/edit-sessions.db.ts';
import { type EditReader, Edits } from './transcripts/edits.db.ts';
import { RecentSplits } from './transcripts/recent-splits.ts';
import { Retranscriptions } from './transcripts/retranscriptions.db.ts';
import { type SegmentReader, Segments } from './transcripts/segments.db.ts';
import { type VersionReader, Versions } from './transcripts/versions.db.ts';
import { type ViewStateReader, ViewStates } from './transcripts/view-states.db.ts';
import { VoiceActivities, type VoiceActivityReader } from './windows/voice-activity.db.ts';
import { type WindowReader, Windows } from './windows/windows.db.ts';

/** Every repository over one connection. `head` is null if no audit log is kept. */
export function openRepositories(connection: Connection, head: AuditHead | null) {
  const audit = new AuditLog(connection, head);
  const objects = new Objects(connection);
  const segments = new Segments(connection);
  const versions = new Versions(connection, segments, audit);
  const viewStates = new ViewStates(connection);
  const editSessions = new EditSessions(connection, audit);
  const tombstones = new FtsTombstones(connection);
  const recordings = new RecordingRepository(connection, objects, audit, tombstones);
  const parts = new Parts(connection, objects);
  const voiceActivity = new VoiceActivities(connection);
  const jobs = new JobWriter(connection, audit);
  const windows = new Windows(connection, segments);
  const diarizations = new Diarizations(connection);
  const editSurroundings = { versions, viewStates, sessions: editSessions, tombstones, diarizations };
  const edits = new Edits(connection, editSurroundings);
  const sources = new Sources(connection);
  const knownVoices = new KnownVoices(connection, audit);
  const correctionRules = new CorrectionRules(connection);
  const recentSplits = new RecentSplits();
  const liveTexts = new LiveTexts(connection, { versions, segments, jobs });
  const alignedTexts = new AlignedTexts(connection, { versions, segments, recordings });
  const texts = { alignedTexts, recordings, jobs, windows, versions, segments, edits, diarizations };
  const joined = { ...texts, objects, parts, sources, audit };
  return {
    matters: new MatterRepository(connection, audit),
    recordings,
    objects,
    parts,
    voiceActivity,
    recordingSounds: new RecordingSounds(connection),
    sources,
    joins: new Joins(connection, joined),
    libraryRows: new LibraryRowReader(connection),
    jobs,
    jobExports: new JobExports(connection),
    windows,
    versions,
    segments,
    edits,
    corrections: new Corrections(connection, {
      ...{ edits, segments, viewStates, recordings, versions, jobs, recentSplits },
    }),
    correctionRules,
    correctedWords: new CorrectedWords(connection, {
      ...{ rules: correctionRules, edits, segments, recordings },
    }),
    automaticCorrections: new AutomaticCorrections(connection, {
      ...{ rules: correctionRules, edits, segments, versions, recordings },
    }),
    editSessions,
    retranscriptions: new Retranscriptions(connection, versions, segments, edits),
    finalTranscripts: new FinalTranscripts(connection, {
      ...{ versions, edits, jobs, windows, recordings, liveTexts },
    }),
    alignedTexts,
    importedTexts: new ImportedTexts(connection, versions, segments),
    viewStates,
    search: new SearchIndex(connection),
    tombstones,
    captures: new Captures(connection, objects),
    liveTexts,
    markers: new Markers(connection),
    speakerParts: new SpeakerParts(connection),
    diarizations,
    knownVoices,
    signOffs: new SignOffs(connection, audit),
    retentions: new Retentions(connection, audit),
    erasureCertificates: new ErasureCertificates(connection, audit),
    pseudonyms: new Pseudonyms(connection, audit),
    speakerTexts: new SpeakerTexts(connection, {
      ...{ edits, segments, versions, recordings, diarizations, knownVoices, recentSplits },
    }),
    audit,
    settings: new Settings(connection),
    editHistory: new EditHistoryReader(connection),
    wordTemplates: new WordTemplates(connection, audit),
    handOvers: new HandOvers(connection, { audit, versions, editSessions }),
  };
}

/** The repositories as they are inside the database's thread: synchronous. */
export type Repositories = ReturnType<typeof openRepositories>;

/** The reading half of each repository. */
export interface Readers {
  readonly matters: MatterReader;
  readonly correctedWords: CorrectedWordReader;
  readonly recordings: RecordingReader;
  readonly objects: ObjectRowReader;
  readonly parts: PartReader;
  readonly voiceActivity: VoiceActivityReader;
  readonly recordingSounds: RecordingSoundReader;
  readonly sources: SourceReader;
  readonly captures: CaptureReader;
  readonly liveTexts: LiveTextReader;
  readonly markers: MarkerReader;
  readonly speakerParts: SpeakerPartReader;
  readonly diarizations: DiarizationReader;
  readonly knownVoices: KnownVoiceReader;
  readonly signOffs: SignOffReader;
  readonly retentions: RetentionReader;
  readonly erasureCertificates: ErasureCertificateReader;
  readonly pseudonyms: PseudonymReader;
  readonly speakerTexts: SpeakerTextReader;
  readonly libraryRows: LibraryRowReader;
  readonly jobs: JobReader;
  readonly jobExports: JobExportReader;
  readonly windows: WindowReader;
  readonly versions: VersionReader;
  readonly segments: SegmentReader;
  readonly edits: EditReader;
  readonly alignedTexts: AlignedTextReader;
  readonly correctionRules: CorrectionRuleReader;
  readonly viewStates: ViewStateReader;
  readonly search: SearchIndex;
  readonly audit: AuditReader;
  readonly settings: SettingReader;
  readonly editHistory: EditHistoryReader;
  readonly wordTemplates: WordTemplateReader;
}

/** A repository as the other threads see it: the same methods, each returning a promise. */
export type Remote<Repository> = {
  readonly [Name in keyof Repository]: Repository[Name] extends (...parameters: infer P) => infer R
    ? (...parameters: P) => Promise<Awaited<R>>
    : never;
};

/** Every repository as the other threads see it. */
export type RemoteRepositories<All> = { readonly [Name in keyof All]: Remote<All[Name]> };
