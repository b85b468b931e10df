import { JobOptions } from './job.ts';
import { z } from './schema.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * How a run made the files of a transcript. JSON and DOCX hold it, so that a later run recognises existing files; the
 * fields that it compares must not change.
 */
export const Provenance = z.strictObject({
  sourceSha256: sha256.describe('SHA-256 of the recording.'),
  sourceSizeBytes: z.int().nonnegative(),
  track: z
    .union([z.int().positive(), z.literal('mix')])
    .describe('Which of its sound tracks, from 1 on; mix where all were taken together.'),
  tracks: z.int().positive().describe('How many sound tracks it has.'),
  modelSha256: sha256.describe('SHA-256 of the speech model.'),
  settings: z.strictObject(
    JobOptions.pick({
      language: true,
      prompt: true,
      speakers: true,
      speakerCount: true,
      translate: true,
      keepSilence: true,
      beamSize: true,
    }).shape,
  ),
  writingSha256: sha256.describe('SHA-256 of how it was to be written: times, offset and the like.'),
  files: z
    .array(z.strictObject({ format: z.string(), name: z.string(), sha256 }))
    .describe('What the same run wrote into the same folder before this file.'),
});
export type Provenance = z.infer<typeof Provenance>;
