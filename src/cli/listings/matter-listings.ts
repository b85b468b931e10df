import type { HandedOver } from '../../app/hand-over/hand-overs.ts';
import type { CorrectionRule } from '../../contract/correction-rules.ts';
import type { DueRecording, RetentionView } from '../../contract/retention.ts';
import { z } from '../../contract/schema.ts';
import type { KnownVoiceView } from '../../contract/speakers.ts';
import type { MatterView } from '../../contract/views.ts';
import { atMs, id } from './listing-fields.ts';

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
