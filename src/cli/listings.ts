import type { HandedOver } from '../app/hand-over/hand-overs.ts';
import type { Job } from '../app/jobs/jobs.ts';
import type { InstalledModel, ModelList, ModelSpeed } from '../app/models/models.ts';
import { ModelsHere } from '../app/models/this-machine.ts';
import type { SearchHit } from '../app/recordings/recordings.ts';
import type { VaultFindings } from '../app/vault/verify-vault.ts';
import type { CorrectionRule } from '../contract/correction-rules.ts';
import { ExportFormat } from '../contract/document.ts';
import { ERROR_CODES, errorOf, type Failure, failureOf } from '../contract/errors.ts';
import { JobFigures, JobRange, JobState } from '../contract/job.ts';
import type { Locale } from '../contract/locale.ts';
import { ChannelLayout, RecordingState } from '../contract/recording.ts';
import type { DueRecording, RetentionView } from '../contract/retention.ts';
import { z } from '../contract/schema.ts';
import { type KnownVoiceView, SpeakersView } from '../contract/speakers.ts';
import type { MatterView } from '../contract/views.ts';
import { describeError } from '../messages/describe-error.ts';
import type { ListedRecording } from './recording-table.ts';

// What `--json` prints for commands that list: other programs rely on it. Fields are added, never renamed or removed.
// Ids and codes do not change; `what` and `todo` are messages in the user's language. Times are milliseconds since 1970
// if they end in `AtMs`, else in the recording.

const id = z.string();
const atMs = z.int();
const sizeBytes = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A failure, as JSON shows it. */
export const ToldFailure = z.strictObject({
  code: z.enum(ERROR_CODES),
  details: z.record(z.string(), z.unknown()),
  what: z.string(),
  todo: z.string(),
});
export type ToldFailure = z.infer<typeof ToldFailure>;

/** A failure with its messages: codes are for programs, messages for their users. */
export function toldFailure(failure: Failure, language: Locale): ToldFailure {
  return { ...failure, ...describeError(errorOf(failure), language) };
}

/** What `recordings list --json` prints. */
export const RecordingListing = z.strictObject({
  recordings: z.array(
    z.strictObject({
      recordingId: id,
      matterId: id.nullable(),
      name: z.string(),
      sourcePath: z.string(),
      sizeBytes,
      modifiedAtMs: atMs,
      sha256: sha256.nullable(),
      state: RecordingState,
      durationMs: z.int().nonnegative().nullable(),
      layout: ChannelLayout.nullable(),
      channels: z.int().positive().nullable(),
      importedAtMs: atMs,
      binnedAtMs: atMs.nullable(),
      transcript: z
        .strictObject({
          versionId: id,
          number: z.int().positive(),
          kind: z.enum(['machine', 'edited']),
          createdAtMs: atMs,
          completedAtMs: atMs.nullable(),
        })
        .nullable(),
    }),
  ),
});

/** The recordings of a vault. */
export function recordingListing(rows: readonly ListedRecording[]): z.infer<typeof RecordingListing> {
  return {
    recordings: rows.map(({ recording, version }) => ({
      recordingId: recording.id,
      matterId: recording.matterId,
      name: recording.name,
      sourcePath: recording.sourcePath,
      sizeBytes: recording.sourceSizeBytes,
      modifiedAtMs: recording.sourceModifiedMs,
      sha256: recording.sourceSha256,
      state: recording.state,
      durationMs: recording.durationMs,
      layout: recording.layout,
      channels: recording.channels,
      importedAtMs: recording.createdAtMs,
      binnedAtMs: recording.binnedAtMs,
      transcript:
        version === null
          ? null
          : {
              versionId: version.id,
              number: version.number,
              kind: version.kind,
              createdAtMs: version.createdAtMs,
              completedAtMs: version.completedAtMs,
            },
    })),
  };
}

/** What `recordings search --json` prints. */
export const SearchListing = z.strictObject({
  places: z.array(
    z.strictObject({
      recordingId: id,
      name: z.string(),
      startMs: z.int().nonnegative(),
      text: z.string(),
    }),
  ),
});

/** The search hits. */
export function searchListing(hits: readonly SearchHit[]): z.infer<typeof SearchListing> {
  return {
    places: hits.map(({ recordingId, recordingName: name, startMs, text }) => ({
      recordingId,
      name,
      startMs,
      text,
    })),
  };
}

/** What `recordings speakers --json` prints. */
export const SpeakersListing = z.strictObject({
  recordingId: id,
  by: SpeakersView.shape.by,
  count: z.strictObject({ number: z.int().positive(), isLimit: z.boolean() }).nullable(),
  speakers: z.array(
    z.strictObject({
      name: z.string().nullable(),
      talkMs: z.int().nonnegative(),
      turns: z.array(z.strictObject({ startMs: z.int().nonnegative(), endMs: z.int().nonnegative() })),
      recognised: z.strictObject({ voiceId: id, certainty: z.number() }).nullable(),
    }),
  ),
});

/** Who speaks in a recording. */
export function speakersListing({
  recordingId,
  by,
  count,
  lanes,
  recognised,
}: SpeakersView): z.infer<typeof SpeakersListing> {
  return {
    recordingId,
    by,
    count: count === null ? null : { number: count.speakers, isLimit: count.isLimit },
    speakers: lanes.map(({ speaker, talkMs, turns }) => {
      const known = recognised.find((one) => one.speaker === speaker);
      return {
        name: speaker,
        talkMs,
        turns: turns.map(({ startMs, endMs }) => ({ startMs, endMs })),
        recognised: known === undefined ? null : { voiceId: known.voiceId, certainty: known.certainty },
      };
    }),
  };
}

/** What `voices list --json` prints. */
export const VoiceListing = z.strictObject({
  voices: z.array(
    z.strictObject({
      voiceId: id,
      matterId: id,
      name: z.string(),
      recordingName: z.string().nullable(),
      speechMs: z.int().nonnegative(),
      rememberedAtMs: atMs,
      expiresAtMs: atMs.nullable(),
    }),
  ),
});

/** The voices that are remembered. */
export function voiceListing(voices: readonly KnownVoiceView[]): z.infer<typeof VoiceListing> {
  return { voices: voices.map(({ id: voiceId, ...voice }) => ({ voiceId, ...voice })) };
}

/** What `corrections list --json` prints. */
export const CorrectionListing = z.strictObject({
  corrections: z.array(
    z.strictObject({
      correctionId: id,
      matterId: id.nullable(),
      find: z.string(),
      replacement: z.string(),
      matchCase: z.boolean(),
    }),
  ),
});

/** The rules by which new transcripts are corrected. */
export function correctionListing(rules: readonly CorrectionRule[]): z.infer<typeof CorrectionListing> {
  return { corrections: rules.map(({ id: correctionId, ...rule }) => ({ correctionId, ...rule })) };
}

/** What `matters list --json` prints. */
export const MatterListing = z.strictObject({
  matters: z.array(z.strictObject({ matterId: id, name: z.string(), caseNumber: z.string() })),
});

/** The matters of a vault. */
export function matterListing(matters: readonly MatterView[]): z.infer<typeof MatterListing> {
  return { matters: matters.map(({ id: matterId, name, caseNumber }) => ({ matterId, name, caseNumber })) };
}

/** What `matters hand-over --json` and `matters receive --json` print. */
export const HandOverReport = z.strictObject({
  matterId: id,
  name: z.string(),
  recordings: z.int().nonnegative(),
});

/** A matter that was handed over or received. */
export function handOverReport(done: HandedOver): z.infer<typeof HandOverReport> {
  const { matterId, name, recordings } = done;
  return { matterId, name, recordings };
}

/** What `matters retention --json` prints. */
export const RetentionReport = z.strictObject({
  matterId: id,
  days: z.int().nullable(),
  automatic: z.boolean(),
  heldSinceMs: atMs.nullable(),
  dueCount: z.int().nonnegative(),
});

/** How long a matter keeps its recordings. */
export function retentionReport(view: RetentionView): z.infer<typeof RetentionReport> {
  const { matterId, days, automatic, heldSinceMs, dueCount } = view;
  return { matterId, days, automatic, heldSinceMs, dueCount };
}

/** What `matters due --json` prints. */
export const DueListing = z.strictObject({
  due: z.array(
    z.strictObject({
      recordingId: id,
      name: z.string(),
      matterId: id,
      matterName: z.string(),
      importedAtMs: atMs,
      dueAtMs: atMs,
      automatic: z.boolean(),
    }),
  ),
});

/** The recordings whose time is over or soon will be. */
export function dueListing(due: readonly DueRecording[]): z.infer<typeof DueListing> {
  return {
    due: due.map(({ recordingId, name, matterId, matterName, importedAtMs, dueAtMs, automatic }) => ({
      recordingId,
      name,
      matterId,
      matterName,
      importedAtMs,
      dueAtMs,
      automatic,
    })),
  };
}

/** What `queue list --json` prints. */
export const JobListing = z.strictObject({
  jobs: z.array(
    z.strictObject({
      jobId: id,
      recordingId: id,
      name: z.string(),
      state: JobState,
      span: JobRange.nullable(),
      attempts: z.int().nonnegative(),
      retryAtMs: atMs.nullable(),
      failure: ToldFailure.nullable(),
      model: z.strictObject({ name: z.string(), sha256 }),
      language: z.string(),
      detectedLanguage: z.string().nullable(),
      languageProbability: z.number().nullable(),
      delivery: z.strictObject({ folder: z.string(), formats: z.array(ExportFormat) }).nullable(),
      createdAtMs: atMs,
      startedAtMs: atMs.nullable(),
      finishedAtMs: atMs.nullable(),
      figures: JobFigures.nullable(),
    }),
  ),
});

/** The jobs of a queue, in its order. */
export function jobListing(jobs: readonly Job[], language: Locale): z.infer<typeof JobListing> {
  return {
    jobs: jobs.map((job) => ({
      jobId: job.id,
      recordingId: job.recordingId,
      name: job.recordingName,
      state: job.state,
      span: job.range,
      attempts: job.attempts,
      retryAtMs: job.retryAtMs,
      failure: job.failure === null ? null : toldFailure(job.failure, language),
      model: { name: job.options.model.name, sha256: job.options.model.sha256 },
      language: job.options.language,
      detectedLanguage: job.detectedLanguage,
      languageProbability: job.languageProbability,
      delivery: job.delivery === null ? null : { folder: job.delivery.folder, formats: job.delivery.formats },
      createdAtMs: job.createdAtMs,
      startedAtMs: job.startedAtMs,
      finishedAtMs: job.finishedAtMs,
      figures: job.figures,
    })),
  };
}

/** What `models list --json` prints. */
export const ModelListing = z.strictObject({
  models: z.array(
    z.strictObject({
      name: z.string(),
      path: z.string(),
      sizeBytes,
      sha256,
      verification: z.enum(['verified', 'notInCatalogue', 'altered']),
      isDefault: z.boolean(),
      isBundled: z.boolean(),
      multilingual: z.boolean(),
      canTranslate: z.boolean(),
      memoryBytes: z.int().positive(),
      memoryIsMeasured: z.boolean(),
      hourMs: z.int().positive().nullable(),
      measuredAt: z.iso.datetime().nullable(),
    }),
  ),
  unusable: z.array(z.strictObject({ path: z.string(), failure: ToldFailure })),
  available: z.array(z.strictObject({ name: z.string(), sizeBytes, sha256 })),
  recommended: z.strictObject({ name: z.string(), sizeBytes, isHere: z.boolean() }),
  machine: z.strictObject({ cores: z.int().positive(), memoryBytes: z.int().positive() }),
});

/** The models of this machine, and the official ones that are not here. */
export function modelListing(
  { installed, available, unusable }: ModelList,
  speeds: readonly ModelSpeed[],
  language: Locale,
): z.infer<typeof ModelListing> {
  const here = new ModelsHere(speeds, installed);
  const best = here.recommended;
  return {
    models: installed.map((model) => ({
      ...memoryAndSpeed(here, model),
      name: model.name,
      path: model.path,
      sizeBytes: model.sizeBytes,
      sha256: model.sha256,
      verification: model.verification,
      isDefault: model.isDefault,
      isBundled: model.isBundled,
      multilingual: model.facts.multilingual,
      canTranslate: model.facts.canTranslate,
    })),
    unusable: unusable.map(({ path, error }) => ({ path, failure: toldFailure(failureOf(error), language) })),
    available: available.map(({ name, sizeBytes: size, sha256: hash }) => ({
      name,
      sizeBytes: size,
      sha256: hash,
    })),
    recommended: {
      name: best.name,
      sizeBytes: best.sizeBytes,
      isHere: installed.some(({ name }) => name === best.name),
    },
    machine: here.machine,
  };
}

/** What a model needs of this machine, and how long it takes for an hour of speech if that was measured. */
function memoryAndSpeed(here: ModelsHere, model: InstalledModel) {
  const { memory, speed } = here.ofInstalled(model);
  return {
    memoryBytes: memory.needBytes,
    memoryIsMeasured: memory.isMeasured,
    hourMs: speed?.hourMs ?? null,
    measuredAt: speed === null ? null : new Date(speed.measuredAtMs).toISOString(),
  };
}

/** What `doctor --json` prints: of each check the text for people, and facts for programs. */
export const DoctorReport = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      ok: z.boolean(),
      text: z.string(),
      facts: z.record(
        z.string(),
        z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
      ),
      failure: ToldFailure.nullable(),
    }),
  ),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

/** What `vault verify --json` prints. */
export const VaultReport = z.strictObject({
  sound: z.boolean(),
  objects: z.int().nonnegative(),
  objectFaults: z.array(z.strictObject({ objectId: id, recordingId: id, code: z.string() })),
  databaseFaults: z.array(z.string()),
  auditFaults: z.array(z.strictObject({ kind: z.string(), sequence: z.int(), toSequence: z.int() })),
  versionFaults: z.array(z.strictObject({ versionId: id, kind: z.string() })),
});

/** Faults of a vault. */
export function vaultReport(findings: VaultFindings, sound: boolean): z.infer<typeof VaultReport> {
  return {
    sound,
    objects: findings.objects,
    objectFaults: findings.objectFaults.map(({ objectId, recordingId, code }) => ({
      objectId,
      recordingId,
      code,
    })),
    databaseFaults: [...findings.databaseFaults],
    auditFaults: findings.auditFaults.map(({ kind, sequence, toSequence }) => ({
      kind,
      sequence,
      toSequence,
    })),
    versionFaults: findings.versionFaults.map(({ kind, versionId }) => ({ versionId, kind })),
  };
}
