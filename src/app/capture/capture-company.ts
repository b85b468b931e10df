import type { CaptureOptions } from '../../contract/capture.ts';
import type { EventSink } from '../../contract/events.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import type { Engine } from '../../core/engine/engine.ts';
import type { LiveModels } from '../../core/live-text/live-model.ts';
import type { DeliveryWish } from '../export/deliveries.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Models } from '../models/models.ts';
import type { RecordingServices } from '../recordings/recordings.ts';
import { LiveVersion } from '../transcripts/live-version.ts';
import type { CaptureCompany } from './capture-session.ts';
import { LiveFeed, type LiveListener } from './live-feed.ts';

/** Dependencies of what goes along with the recorder of a session. */
export interface CompanyParts {
  readonly services: RecordingServices & { readonly engine: Engine; readonly emit: EventSink };
  readonly jobs: Jobs;
  readonly models: Pick<Models, 'resolve' | 'list'>;
}

/** What is wanted of a session's texts. */
export interface WantedTexts {
  readonly options: CaptureOptions;
  readonly jobOptions: JobOptions;
  /** How the final transcript is delivered; null if it is not. */
  readonly wish: DeliveryWish | null;
}

/**
 * Imports the sound of a session while it is recorded, begins its live text, and queues its final transcript: at its end, if
 * that fails before. While text is made live, the queue is held. Never rejects: what fails is told to the listener.
 */
export async function accompany(
  parts: CompanyParts,
  recorder: CaptureRecorder,
  listener: LiveListener,
  wanted: WantedTexts,
): Promise<CaptureCompany> {
  const { imports, queue } = parts.services;
  const { liveText, finalTranscript } = wanted.options;
  imports.follow(recorder.source);
  const endHold = liveText ? queue.hold() : () => undefined;
  // The live text comes first: the final job's version is put into it.
  const live = await liveFeed(parts, recorder, listener, wanted).catch(() => {
    if (liveText) listener.onWarning('liveTextFailed', true);
    return null;
  });
  const final = finalTranscript ? await queueFinal(parts, recorder, wanted).catch(() => null) : null;
  if (final === null) await tellAdded(parts, recorder).catch(() => undefined);
  const isMissing = finalTranscript && final === null;
  if (isMissing) listener.onWarning('finalTranscriptFailed', true);
  const release = async () => {
    endHold();
    if (isMissing) {
      const late = await queueFinal(parts, recorder, wanted).catch(() => null);
      if (late !== null) listener.onWarning('finalTranscriptFailed', false);
    }
    // Others may have passed it while it had to wait for sound.
    else if (final !== null && !liveText) await queue.putFirst(final).catch(() => undefined);
  };
  return { live, release };
}

/** Queues the final transcript, and returns its job. */
async function queueFinal(
  { services: { database, queue }, jobs }: CompanyParts,
  { recordingId }: CaptureRecorder,
  { jobOptions, wish }: WantedTexts,
): Promise<string> {
  const recording = await database.recordings.get(recordingId);
  const delivery = wish === null ? null : await jobs.deliveryOf(recording, wish);
  return await queue.addCaptureJob(recordingId, jobOptions, delivery);
}

/** Tells that there is a recording, where no job does. */
async function tellAdded({ services }: CompanyParts, { recordingId }: CaptureRecorder): Promise<void> {
  const { name } = await services.database.recordings.get(recordingId);
  services.emit({ type: 'recordingAdded', recordingId, jobId: null, name });
}

async function liveFeed(
  parts: CompanyParts,
  { recordingId, channels, sampleRate }: CaptureRecorder,
  listener: LiveListener,
  { options: { choice, liveText }, jobOptions }: WantedTexts,
): Promise<LiveFeed> {
  const { database, engine, emit } = parts.services;
  const making = { options: jobOptions, detectedLanguage: null, languageProbability: null };
  const models = liveText ? await liveModels(parts, jobOptions) : null;
  const usualLanguages = await database.jobs.languageUses(recordingId);
  const version = liveText ? await LiveVersion.begin({ database, emit }, { recordingId, making }) : null;
  const hasSpeakers = channels > 1 && choice.speakers !== 'none';
  return new LiveFeed(
    {
      ...{ engine, models, channels, sampleRate },
      speakers: hasSpeakers ? Array.from({ length: channels }, (_, index) => `Speaker ${index + 1}`) : null,
      choice: { ...choice, prompt: jobOptions.prompt },
      usualLanguages,
      text: version === null ? null : { version, options: jobOptions },
    },
    listener,
  );
}

/** The model of the final transcript, and the others that are installed and unaltered. */
async function liveModels({ models }: CompanyParts, { model }: JobOptions): Promise<LiveModels> {
  const { choice, facts } = await models.resolve(model.path);
  const { installed } = await models.list();
  const others = installed
    .filter(({ verification, sha256 }) => verification !== 'altered' && sha256 !== choice.sha256)
    .map(({ name, path, sha256, facts: known }) => ({ choice: { name, path, sha256 }, facts: known }));
  return { final: { choice, facts }, others };
}
