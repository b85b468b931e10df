import type { KeyObject } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import { ENVELOPE_TYPE } from '../contract/office-api.ts';
import type { WorkFigures } from '../contract/watch-api.ts';
import type { OfficeJob } from '../database/office-jobs.db.ts';
import type { FlowLimits } from '../flow/division.ts';
import { FlowObjects } from '../flow/flow-objects.ts';
import type { FlowRun } from '../flow/flow-steps.ts';
import { stitchedParts } from '../flow/stitching.ts';
import { openEnvelope, sealEnvelope } from '../sealing/envelope.ts';
import { readRecordingContent } from '../sealing/recording-content.ts';
import { recordingKey, resultKey } from '../store/object-keys.ts';
import type { S3Store } from '../store/s3-store.ts';
import { inSpan } from '../watch/spans.ts';
import type { Transcriber } from './transcriber.ts';

/** What an attempt's work needs. */
export interface WorkParts {
  readonly store: S3Store;
  readonly transcriber: Transcriber;
  /** The key for which clients seal their recordings. */
  readonly privateKey: KeyObject;
  /** When a recording is divided. */
  readonly limits: FlowLimits;
}

/** An attempt to be made. */
interface Work {
  readonly job: OfficeJob;
  /** Aborted once the attempt is to be given up. */
  readonly signal: AbortSignal;
  /** Told how much is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** How an attempt ended that did not fail. */
export type WorkOutcome =
  | { readonly outcome: 'done'; readonly counted: true; readonly figures: WorkFigures }
  | { readonly outcome: 'divided'; readonly counted: false; readonly windows: number };

function done(figures: WorkFigures): WorkOutcome {
  return { outcome: 'done', counted: true, figures };
}

/**
 * Does what a job is about, and puts what comes of it into the store: a recording's text, sealed for its client and the tenant's vault,
 * or, of a long one, its windows; a window's text; the text of the windows put together. Throws what the store, the envelope and the
 * transcription throw.
 */
export async function performWork(parts: WorkParts, { job, signal, onProgress }: Work): Promise<WorkOutcome> {
  const { id, tenantId, phase, parentId } = job;
  const { limits, transcriber } = parts;
  switch (phase) {
    case 'recording': {
      const objects = new FlowObjects(parts, { tenantId, jobId: id });
      const division = {
        limits,
        window: objects.putWindow.bind(objects),
        divided: objects.putFacts.bind(objects),
      };
      return await transcribe(parts, { job, signal, onProgress }, { division });
    }
    case 'window': {
      if (parentId === null) break;
      const objects = new FlowObjects(parts, { tenantId, jobId: parentId });
      const window = await inSpan('fetch', {}, () => objects.window(id));
      const fromMs = performance.now();
      const text = await inSpan('transcribe', {}, () =>
        transcriber.transcribeWindow(window, signal, onProgress),
      );
      const processingMs = performance.now() - fromMs;
      await inSpan('seal', {}, () => objects.putText(id, text));
      // Length and words of the recording are told when its windows are put together.
      return done({ audioMs: 0, processingMs, words: 0 });
    }
    case 'stitch': {
      const objects = new FlowObjects(parts, { tenantId, jobId: id });
      const facts = await objects.facts();
      const stitched = stitchedParts(facts, await objects.texts(job.windows));
      const stitching = { language: facts.language, model: facts.model, parts: stitched };
      return await transcribe(parts, { job, signal, onProgress }, { stitching });
    }
    case 'windows':
      break;
  }
  throw new AppError('job.wrongState', { state: job.state, action: 'run' });
}

async function transcribe(
  { store, transcriber, privateKey }: WorkParts,
  { job: { id, tenantId }, signal, onProgress }: Work,
  run: FlowRun,
): Promise<WorkOutcome> {
  const { manifest, file } = await inSpan('fetch', {}, async () => {
    const sealed = await store.get(recordingKey(tenantId, id));
    return await readRecordingContent(openEnvelope({ objectId: id, kind: 'recording' }, privateKey, sealed));
  });
  const transcription = await transcriber.transcribeFlow(manifest, file, run, signal, onProgress);
  if ('windows' in transcription) return { outcome: 'divided', counted: false, ...transcription };
  const recipients = manifest.recipients.map((key) => Buffer.from(key, 'base64'));
  const result = sealEnvelope({ objectId: id, kind: 'result' }, recipients, [transcription.text]);
  await inSpan('seal', {}, () => store.put(resultKey(tenantId, id), ENVELOPE_TYPE, result));
  return done(transcription.figures);
}
