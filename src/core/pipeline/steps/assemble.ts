import type { JobRange } from '../../../contract/job.ts';
import { reached } from '../../fault-points.ts';
import type { JobContext } from './job-context.ts';
import type { JobStep } from './job-step.ts';

/**
 * Finishes the version: what was transcribed becomes the recording's text or, if the job is about a range, is merged into
 * the text as it is then. In the transaction that finishes it, so that it is atomic.
 */
export const assembleStep: JobStep = {
  name: 'assemble',
  streams: false,
  weight: () => 0,
  async isDone(context) {
    return context.isAssembled;
  },
  async run(context, _progress, signal) {
    const { services, job, version } = context;
    const { database, typing } = services;
    if (job.range === null) {
      await database.versions.finish({ versionId: version.id, completedAtMs: Date.now() });
    } else {
      const text = await database.edits.text(job.recordingId);
      await typing.pause(job.recordingId, text?.editedAtMs ?? null, signal);
      await putIntoText(context, job.range);
    }
    reached('job.assembled');
  },
};

/** Merges what was transcribed of a range into the current text, and emits the resulting version. */
async function putIntoText({ services, job, version }: JobContext, span: JobRange): Promise<void> {
  const { database, emit } = services;
  const outcome = await database.retranscriptions.complete({
    versionId: version.id,
    range: span,
    atMs: Date.now(),
  });
  reached('rerun.completed');
  const put =
    outcome === null ? null : { number: outcome.version.number, earlierNumber: outcome.earlier.number };
  emit({
    type: 'rangeRetranscribed',
    recordingId: job.recordingId,
    jobId: job.id,
    span,
    version: put,
  });
}
