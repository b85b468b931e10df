import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Delivery, ExportFormat } from '../../contract/document.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { Provenance } from '../../contract/provenance.ts';
import type { Recording } from '../database/recordings/recordings.db.ts';

/** The formats whose files state their provenance, in the order in which they are written. */
export const PROVENANCE_FORMATS = ['docx', 'json'] as const satisfies readonly ExportFormat[];

/** Provenance as far as it is known before anything is written. */
export type JobProvenance = Omit<Provenance, 'files'>;

/**
 * The provenance of a job's files; null if the recording could not be read whole, for its
 * transcript is then worth another try.
 */
export function provenanceOfJob(
  recording: Recording,
  options: JobOptions,
  delivery: Delivery,
): JobProvenance | null {
  const { sourceSha256, sourceSizeBytes, state, facts, trackIndex } = recording;
  if (sourceSha256 === null || state !== 'ready') return null;
  const place = facts.tracks.findIndex(({ index }) => index === trackIndex);
  return {
    sourceSha256,
    sourceSizeBytes,
    track: place < 0 ? 'mix' : place + 1,
    tracks: Math.max(1, facts.tracks.length),
    ...wantedOf(options, delivery),
  };
}

/** The part of the provenance that does not depend on the recording. */
export function wantedOf(
  options: JobOptions,
  delivery: Delivery,
): Pick<Provenance, 'modelSha256' | 'settings' | 'writingSha256'> {
  const { language, prompt, speakers, speakerCount, translate, keepSilence, beamSize } = options;
  return {
    modelSha256: options.model.sha256,
    settings: { language, prompt, speakers, speakerCount, translate, keepSilence, beamSize },
    writingSha256: writingHash(delivery),
  };
}

/** Whether a provenance matches what is required, of this track if one was named. */
export function isWanted(
  { track, tracks, modelSha256, settings, writingSha256 }: JobProvenance,
  wanted: ReturnType<typeof wantedOf>,
  wantedTrack: number | 'mix' | null,
): boolean {
  // Of several tracks one must be named; the mix of a single one is that track.
  const sameTrack =
    tracks === 1 ? wantedTrack === null || wantedTrack === 'mix' || wantedTrack === 1 : wantedTrack === track;
  return sameTrack && isDeepStrictEqual({ modelSha256, settings, writingSha256 }, wanted);
}

/** Every field of deliveries counts, also later ones, except the file's location, name, formats and overwriting. */
function writingHash({
  folder: _folder,
  formats: _formats,
  overwrite: _overwrite,
  baseName: _name,
  ...writing
}: Delivery) {
  const parts = Object.entries(writing)
    .filter(([, value]) => value !== undefined && value !== 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
