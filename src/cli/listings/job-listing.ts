import type { Job } from '../../app/jobs/jobs.ts';
import { ExportFormat } from '../../contract/document.ts';
import { JobFigures, JobRange, JobState } from '../../contract/job.ts';
import type { Locale } from '../../contract/locale.ts';
import { z } from '../../contract/schema.ts';
import { atMs, id, sha256 } from './listing-fields.ts';
import { ToldFailure, toldFailure } from './told-failure.ts';

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
