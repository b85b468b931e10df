import type { Delivery } from '../../../contract/document.ts';
import type { Job } from '../../database/jobs/jobs.db.ts';
import { deliver } from '../../delivery/deliver.ts';
import { provenanceOfJob } from '../../delivery/provenance.ts';
import { prepareExporter } from '../../export/export-thread.ts';
import type { AttemptServices, JobContext } from './job-context.ts';
import type { JobStep } from './job-step.ts';

/** Writes the documents that the job is to deliver. Each hash is noted before its file is named: a resumed job knows its own. */
export const exportStep: JobStep = {
  name: 'export',
  streams: false,
  weight: ({ delivery }) => (delivery === null ? 0 : 1),
  // On two cores, mostly to start the worker. Long texts take longer, but that is little beside their transcription.
  expectedMs: ({ delivery }) => (delivery === null ? 0 : 150),
  async isDone(context) {
    return (await currentDelivery(context)) === null;
  },
  prepare({ job: { delivery } }) {
    if (delivery !== null) prepareExporter(delivery.formats);
  },
  async run(context) {
    const delivery = await currentDelivery(context);
    if (delivery === null) return;
    const { services, job, version } = context;
    await deliverVersion(services, job, await deliveredVersion(services, job, version.id), delivery);
  },
};

/**
 * A final job's text was merged into the live text: what is current holds both, and the live text if nothing was heard. Where an
 * existing text was aligned to the job's, that one is delivered.
 */
async function deliveredVersion(
  { database: { alignedTexts, liveTexts, versions } }: AttemptServices,
  { id: jobId, recordingId }: Job,
  versionId: string,
): Promise<string> {
  const latest = await versions.latest(recordingId);
  if (latest === null) return versionId;
  const brought = await alignedTexts.brought((await versions.machineVersion(latest)).id);
  const isCurrent =
    brought === null ? await liveTexts.isFinalJob(jobId) : brought.baseVersionId === versionId;
  return isCurrent ? latest.id : versionId;
}

/** The order may have changed since the job began. */
async function currentDelivery({ services, job }: JobContext): Promise<Delivery | null> {
  return (await services.database.jobs.get(job.id)).delivery;
}

/** Writes a job's version in every format ordered. Throws the export's errors. */
export async function deliverVersion(
  { database, emit, language, notes, written }: AttemptServices,
  job: Job,
  versionId: string,
  delivery: Delivery,
): Promise<void> {
  const recording = await database.recordings.get(job.recordingId);
  await deliver(database, versionId, delivery, {
    language,
    // A range alone is no transcript of the recording.
    maker: job.range === null ? provenanceOfJob(recording, job.options, delivery) : null,
    notesOf: (format) => notes(job.id, format),
    run: { files: written, owner: job.id },
    onWritten: ({ format, path }) => emit({ type: 'exported', jobId: job.id, format, path }),
  });
}
