import { CaptureMetrics, CaptureOptions } from '../../../contract/capture.ts';
import { Failure } from '../../../contract/errors.ts';
import { BroughtText, ExistingText, TextFit } from '../../../contract/existing-text.ts';
import { JobFigures, JobOptions } from '../../../contract/job.ts';
import { Pseudonym, PseudonymKind } from '../../../contract/pseudonyms.ts';
import { MediaFacts } from '../../../contract/recording.ts';
import { RetentionDays } from '../../../contract/retention.ts';
import { z } from '../../../contract/schema.ts';
import { PlayedSpan } from '../../../contract/sign-off.ts';
import { SpeakerCount } from '../../../contract/speakers.ts';
import { TextMaking } from '../../../contract/text-making.ts';
import { Segment, SegmentFlag } from '../../../contract/transcript.ts';
import type { SqlValue } from '../connection.db.ts';
import { CheckedSegment } from '../sign-off/checked-text.ts';
import { Recount, StoredSpeaker, StoredTurn } from '../transcripts/stored-turns.ts';
import { WindowFindings, WindowPlan } from '../windows/window-content.ts';

/** A row as it comes from the database, or goes into it. */
export type Row = Record<string, SqlValue>;

const id = z.guid();
const text = z.string();
/** A hundred years in milliseconds: no recording is longer. */
const LONGEST_MS = 100 * 366 * 24 * 60 * 60 * 1000;
const ms = z.int().min(0).max(LONGEST_MS);
/** The last time that a date can have (ECMA-262, 21.4.1.1). */
const atMs = z.int().min(0).max(8_640_000_000_000_000);
const count = z.int().nonnegative();
const channel = z.int().min(0).max(63);
const share = z.number().min(0).max(1);
const bit = z.union([z.literal(0), z.literal(1)]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.instanceof(Uint8Array);
/** A known voice's: 192 numbers of 32 bits. */
const embedding = bytes.refine(({ length }) => length === 192 * 4);
const name = z.string().max(10_000);

/** A text that is JSON of a schema. */
function json(schema: z.ZodType) {
  return z.string().refine((value) => {
    try {
      return schema.safeParse(JSON.parse(value)).success;
    } catch {
      return false;
    }
  });
}

/** What acts by itself, or tells of a place on a computer, begins anew with the receiver, whatever the sender wrote. */
function always<T extends SqlValue>(value: T) {
  return z.unknown().transform(() => value);
}

/** A path of the sender's has nothing to name here. */
const bareName = name.transform((value) => value.replaceAll(/[/\\]/g, '_'));

const texts = json(z.array(text));
const packedWords = json(z.array(z.tuple([ms, ms, z.string().min(1), share])));
const LoggedSegment = z.union([
  id,
  z.strictObject({ id, channel, windowIndex: count, origins: z.array(id), segment: Segment }),
]);
const LoggedChange = z.strictObject({
  removed: z.array(LoggedSegment),
  inserted: z.array(LoggedSegment),
});

/** Options of a job with the file's name alone as the path of its model. */
const jobOptions = json(JobOptions).transform((value) => {
  const options = JobOptions.parse(JSON.parse(value));
  return JSON.stringify({ ...options, model: { ...options.model, path: options.model.name } });
});

const recordingId = { recording_id: id };
const versionId = { version_id: id };
const partPlace = { ...recordingId, channel, part_index: count };

/**
 * The rows that a hand-over may hold, by table and column. A sender who knows the passphrase can write anything: only what this vault
 * could have written itself is taken. Which rows ids may name is checked when all are there. A column that a row lacks was not there
 * yet in the sender's release; the database knows which must not be missing.
 */
export const CARRIED_ROWS: Readonly<Record<string, z.ZodObject>> = {
  matters: z.strictObject({
    ...{ id, name: z.string().min(1).max(10_000), vocabulary: texts, speakers: texts },
    ...{ default_options: json(z.record(text, z.unknown())), created_at_ms: atMs },
    ...{ last_export: always(null), case_number: name },
  }),
  retentions: z.strictObject({
    ...{ matter_id: id, days: RetentionDays.nullable(), automatic: always(0), confirmed: always(0) },
    held_since_ms: atMs.nullable(),
  }),
  correction_rules: z.strictObject({
    // Without a matter it would be the whole vault's.
    ...{ id, matter_id: id, find: z.string().min(1), replacement: text, match_case: bit },
  }),
  recordings: z.strictObject({
    ...{
      id,
      matter_id: id,
      name,
      source_path: bareName,
      source_size_bytes: count,
      source_modified_ms: z.int(),
    },
    ...{ source_sha256: sha256.nullable(), state: z.enum(['ready', 'incomplete']), facts: json(MediaFacts) },
    ...{ track_index: z.int().nullable(), layout: z.enum(['single', 'mixed', 'speakers']).nullable() },
    ...{ channels: z.int().min(1).max(64).nullable(), duration_ms: ms.nullable() },
    ...{ original_object_id: id.nullable(), created_at_ms: atMs },
    ...{ binned_at_ms: always(null), waiting_choice: always(null) },
  }),
  recording_sources: z.strictObject({
    ...{ ...recordingId, source_index: count, name, source_path: bareName, size_bytes: count },
    ...{ modified_ms: z.int(), sha256: sha256.nullable(), start_ms: ms, duration_ms: ms, incomplete: bit },
    original_object_id: id.nullable(),
  }),
  parts: z.strictObject({
    ...{ ...partPlace, start_sample: count, sample_count: z.int().min(0).max(960_000), object_id: id },
    ...{ features: bytes, peaks: bytes, gain_db: z.int().min(-200).max(200) },
  }),
  voice_activity: z.strictObject({ ...partPlace, probabilities: bytes, state: bytes }),
  speaker_parts: z.strictObject({ ...recordingId, part_index: count, voices: bytes }),
  jobs: z.strictObject({
    ...{ id, ...recordingId, options: jobOptions, delivery: always(null) },
    ...{ state: z.enum(['done', 'failed', 'cancelled']), position: z.number() },
    ...{ priority_start_ms: ms.nullable(), priority_end_ms: ms.nullable(), attempts: count },
    ...{ retry_at_ms: z.null(), failure: json(Failure).nullable(), detected_language: text.nullable() },
    ...{ language_probability: share.nullable(), created_at_ms: atMs, queued_at_ms: atMs },
    ...{
      started_at_ms: atMs.nullable(),
      finished_at_ms: atMs.nullable(),
      figures: json(JobFigures).nullable(),
    },
    ...{ range_start_ms: ms.nullable(), range_end_ms: ms.nullable() },
  }),
  attempts: z.strictObject({
    ...{ id, job_id: id, number: count, started_at_ms: atMs, ended_at_ms: atMs.nullable() },
    outcome: z.enum(['done', 'failed', 'interrupted', 'paused', 'cancelled']).nullable(),
    ...{ failure: json(Failure).nullable(), figures: json(JobFigures).nullable() },
  }),
  windows: z.strictObject({
    ...{ job_id: id, channel, window_index: count, plan: json(WindowPlan), failures: count },
    ...{ completed_at_ms: atMs.nullable(), inference_ms: z.number().nonnegative().nullable() },
    findings: json(WindowFindings).nullable(),
  }),
  versions: z.strictObject({
    ...{ id, ...recordingId, job_id: id.nullable(), kind: z.enum(['machine', 'edited']), number: count },
    ...{ parent_id: id.nullable(), created_at_ms: atMs, completed_at_ms: atMs.nullable() },
    content_hash: sha256.nullable(),
  }),
  segments: z.strictObject({
    ...{ id, ...versionId, origins: json(z.array(id)).nullable(), channel, window_index: count },
    ...{ start_ms: ms, end_ms: ms, text: z.string().min(1), speaker: name.nullable(), language: text },
    ...{ confidence: share, flags: json(z.array(SegmentFlag)), words: packedWords },
  }),
  replaced_segments: z.strictObject({ ...versionId, segment_id: id }),
  applied_corrections: z.strictObject({
    ...{ ...versionId, number: count, segment_id: id, start_ms: ms, text_index: count },
    ...{ found: text, replacement: text },
  }),
  aligned_texts: z.strictObject({
    ...{ ...versionId, base_version_id: id, brought: json(BroughtText.omit({ baseVersionId: true })) },
  }),
  waiting_texts: z.strictObject({
    ...{ ...recordingId, name, text: json(ExistingText), fit: json(TextFit).nullable(), added_at_ms: atMs },
  }),
  edits: z.strictObject({
    ...{ ...versionId, number: count, at_ms: atMs, changes: json(z.array(LoggedChange)), undone: bit },
    ...{
      undo_group: text.nullable(),
      kind: z.literal('rules').nullable(),
      recount: json(Recount).nullable(),
    },
  }),
  captures: z.strictObject({
    ...{ ...recordingId, state: z.enum(['done', 'broken']), started_at_ms: atMs },
    ...{ sample_rate: z.int().min(1).max(1_000_000), channels: z.int().min(1).max(64) },
    ...{ options: json(CaptureOptions), live_version_id: id.nullable() },
    ...{
      live_making: json(TextMaking).nullable(),
      final_job_id: id.nullable(),
      ended_at_ms: atMs.nullable(),
    },
    metrics: json(CaptureMetrics).nullable(),
  }),
  capture_parts: z.strictObject({
    ...{ ...recordingId, part_index: count, start_frame: count, frame_count: count, object_id: id },
  }),
  capture_gaps: z.strictObject({
    ...{ ...recordingId, start_ms: ms, end_ms: ms },
    reason: z.enum(['deviceLost', 'deviceChanged', 'suspended', 'framesLost', 'pageFailed']),
  }),
  markers: z.strictObject({ id, ...recordingId, at_ms: ms, label: name }),
  diarizations: z.strictObject({
    ...{ ...recordingId, count: json(SpeakerCount).nullable(), turns: json(z.array(StoredTurn)) },
    ...{ speakers: json(z.array(StoredSpeaker)), made_at_ms: atMs },
  }),
  recording_sounds: z.strictObject({
    ...{ ...recordingId, gain_db: z.int().min(-200).max(200), solo: channel.nullable() },
  }),
  listened: z.strictObject({ ...recordingId, spans: json(z.array(PlayedSpan)) }),
  sign_offs: z.strictObject({
    ...{ ...recordingId, ...versionId, checked_by: name, checked_at_ms: atMs, listened_ms: ms },
    ...{ duration_ms: ms, text_sha256: sha256, segments: json(z.array(CheckedSegment)) },
  }),
  pseudonym_scopes: z.strictObject({
    ...{ id, matter_id: id.nullable(), recording_id: id.nullable(), counts: json(z.record(text, count)) },
    plain: texts,
  }),
  pseudonyms: z.strictObject({
    ...{ id, scope_id: id, kind: PseudonymKind, label: Pseudonym.shape.label },
    ...{ forms: json(Pseudonym.shape.forms), created_at_ms: atMs },
  }),
  pseudonym_uses: z.strictObject({ ...recordingId, pseudonym_id: id }),
  known_voices: z.strictObject({
    ...{ id, matter_id: id, name, embedding, speech_ms: ms, recording_id: id.nullable() },
    ...{ remembered_at_ms: atMs, expires_at_ms: atMs.nullable() },
  }),
};

const schemas = new Map(
  Object.entries(CARRIED_ROWS).map(([table, schema]) => [table, z.array(schema.partial())]),
);

/**
 * The rows of a table in a hand-over, as they may be taken. Throws a ZodError, a SyntaxError, or an Error for a table that is not
 * carried, if they are none.
 */
export function carriedRows(table: string, rows: string): Row[] {
  const schema = schemas.get(table);
  if (schema === undefined) throw new Error('no table of a hand-over');
  return schema.parse(JSON.parse(rows, textAsBytes)) as Row[];
}

/** Rows as the JSON of a hand-over: bytes are `{"base64": …}`. */
export function rowsAsText(rows: readonly Row[]): string {
  return JSON.stringify(rows.map(bytesAsText));
}

function bytesAsText(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
    ]),
  );
}

function textAsBytes(_key: string, value: unknown): unknown {
  const isBytes = typeof value === 'object' && value !== null && 'base64' in value;
  return isBytes ? Buffer.from(String(value.base64), 'base64') : value;
}
