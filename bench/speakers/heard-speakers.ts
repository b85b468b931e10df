import { setTimeout as wait } from 'node:timers/promises';
import { FileOutcomes } from '../../src/app/jobs/file-outcomes.ts';
import { jobOptionsFor } from '../../src/app/jobs/job-options.ts';
import { PROMPT } from '../../src/app/jobs/retry-policy.ts';
import { Models } from '../../src/app/models/models.ts';
import { openVaultApp, type VaultApp } from '../../src/app/open-app.ts';
import { openEphemeralVault } from '../../src/app/vault/open-vault.ts';
import type { EngineReply } from '../../src/contract/engine.ts';
import type { CoreEvent } from '../../src/contract/events.ts';
import { eachSegment } from '../../src/core/database/segment-pages.ts';
import { type EngineProcess, forkEngine } from '../../src/core/engine/engine-process.ts';
import { diarize } from '../../src/core/speakers/diarize.ts';
import { type PartVoices, unpackPartVoices } from '../../src/core/speakers/part-voices.ts';
import { childrenCpuMs } from '../children-cpu.ts';
import type { BenchSettings } from '../settings.ts';
import type { Turn } from './rttm-file.ts';
import type { SpokenWord } from './word-speakers.ts';

/** Who speaks when in a recording, as the product tells it. */
export interface HeardSpeakers {
  /** Those that an RTTM export has, under the labels of the text. */
  readonly turns: readonly Turn[];
  readonly words: readonly SpokenWord[];
  readonly audioMs: number;
  /** Time that the engine computed for telling speakers apart, on one thread. */
  readonly hearingMs: number;
  /** Processor time of the clustering, measured once more on its own. */
  readonly clusteringMs: number;
  /** Processor time of everything: this process, the engine, ffmpeg. */
  readonly cpuMs: number;
  /** What was heard of each part. */
  readonly parts: readonly PartVoices[];
}

/** A label for turns and words of nobody known: one reader alone has none. */
const UNNAMED = '';

/**
 * Transcribes a recording in an ephemeral vault, all as it comes but model and threads, and reads who speaks when; with `speakers` as
 * `none` nobody is told apart.
 */
export async function heardSpeakers(
  path: string,
  { model, threads }: Pick<BenchSettings, 'model' | 'threads'>,
  speakers: 'auto' | 'none' = 'auto',
): Promise<HeardSpeakers> {
  const cpuBefore = childrenCpuMs();
  const ownBefore = process.cpuUsage();
  const models = new Models();
  const outcomes = new FileOutcomes();
  let hearingMs = 0;
  const note = (reply: EngineReply) => {
    if (reply.type === 'speakerActivity' || reply.type === 'voiceEmbeddings') hearingMs += reply.computeMs;
  };
  const app = await openVaultApp({
    ...{ vault: await openEphemeralVault(), models, retryPolicy: PROMPT, expectedModel: model },
    launchEngine: () => noting(forkEngine(), note),
    emit: (event: CoreEvent) => outcomes.note(event),
    ...{ language: () => 'en' as const, numbersLocale: () => 'en', documentsFolder: '/' },
  });
  let heard: Omit<HeardSpeakers, 'cpuMs'>;
  try {
    const options = await jobOptionsFor(
      models,
      {
        ...{ model, language: 'auto', prompt: '', speakers, speakerCount: null },
        ...{ translate: false, keepSilence: false, threads },
      },
      [],
    );
    const importOptions = { matterId: null, track: null, speakers };
    const queueUp = async () =>
      outcomes.expect(path, await app.jobs.queue.addFile(path, importOptions, options, null));
    await app.jobs.runToEnd(outcomes, queueUp, new Promise<void>(() => undefined));
    const [job] = await app.jobs.list();
    if (job?.state !== 'done') throw new Error(`${path} was not transcribed`);
    heard = {
      ...(await readFrom(app, job.id, job.recordingId)),
      ...{ audioMs: job.figures?.audioMs ?? 0, hearingMs },
    };
  } finally {
    await app.close();
  }
  // An ended child's processor time is told once it has been reaped.
  await wait(200);
  const own = process.cpuUsage(ownBefore);
  const cpuMs = (own.user + own.system) / 1000 + childrenCpuMs() - cpuBefore - heard.clusteringMs;
  return { ...heard, cpuMs };
}

async function readFrom(
  app: VaultApp,
  jobId: string,
  recordingId: string,
): Promise<Pick<HeardSpeakers, 'turns' | 'words' | 'clusteringMs' | 'parts'>> {
  const { database } = app.services;
  const version = await database.versions.ofJob(jobId);
  if (version === null) throw new Error('the job has no transcript');
  const words: SpokenWord[] = [];
  for await (const { segment } of eachSegment(database, version.id)) {
    for (const { startMs, endMs } of segment.words) {
      words.push({ startMs, endMs, speaker: segment.speaker ?? UNNAMED });
    }
  }
  const { lanes } = await app.speakers.overview(recordingId);
  const turns = lanes.flatMap(({ speaker, turns }) =>
    turns.map((turn) => ({ ...turn, speaker: speaker ?? UNNAMED })),
  );
  const parts: PartVoices[] = [];
  for (const partIndex of await database.speakerParts.heard(recordingId)) {
    const packed = await database.speakerParts.get({ recordingId, partIndex });
    const part = packed === null ? null : unpackPartVoices(packed);
    if (part !== null) parts.push(part);
  }
  const before = process.threadCpuUsage();
  diarize(parts, { count: null });
  const { user, system } = process.threadCpuUsage(before);
  return { turns, words, parts, clusteringMs: (user + system) / 1000 };
}

/** The same process, whose answers are noted. */
function noting(engine: EngineProcess, note: (reply: EngineReply) => void): EngineProcess {
  return {
    get pid() {
      return engine.pid;
    },
    send: (request) => engine.send(request),
    onMessage: (listener) =>
      engine.onMessage((message) => {
        note(message as EngineReply);
        listener(message);
      }),
    onExit: (listener) => engine.onExit(listener),
    kill: () => engine.kill(),
  };
}
