import type { SearchHit } from '../../app/recordings/recordings.ts';
import { ChannelLayout, RecordingState } from '../../contract/recording.ts';
import { z } from '../../contract/schema.ts';
import { SpeakersView } from '../../contract/speakers.ts';
import type { ListedRecording } from '../printed/recording-table.ts';
import { atMs, id, sha256, sizeBytes } from './listing-fields.ts';

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
