import { copyFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openSound, StreamDevices } from '../../src/app/capture/stream-devices.ts';
import { FileOutcomes } from '../../src/app/jobs/file-outcomes.ts';
import { PROMPT } from '../../src/app/jobs/retry-policy.ts';
import { Models } from '../../src/app/models/models.ts';
import { openVaultApp } from '../../src/app/open-app.ts';
import { openEphemeralVault } from '../../src/app/vault/open-vault.ts';
import type { CaptureMetrics, CaptureWarning } from '../../src/contract/capture.ts';
import type { CoreEvent } from '../../src/contract/events.ts';
import { USUAL_FORMAT_OPTIONS } from '../../src/contract/format-options.ts';
import { forkEngine } from '../../src/core/engine/engine-process.ts';
import { slowed } from '../../src/core/engine/testing/slow-engine.ts';
import { ModelStore } from '../../src/core/models/model-store.ts';
import { childrenCpuMs } from '../children-cpu.ts';
import type { ShownText } from './shown-words.ts';

const SAMPLE_RATE = 16_000;
const BYTES_PER_MS = (SAMPLE_RATE * 2) / 1000;

/** How much sound comes at once: two frames. */
const BLOCK_MS = 40;

const NO_PROCESSING = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** What is recorded, and how. */
export interface CaptureRequest {
  /** 16-bit samples, 16 kHz, mono. */
  readonly pcm: Buffer;
  readonly name: string;
  /** A model file. */
  readonly model: string;
  /** A smaller model file that is installed too; null for none. */
  readonly smaller: string | null;
  readonly language: string;
  /** How many times slower than it is the engine shall be; 1 for as it is. */
  readonly slower: number;
  /** Where the final transcript is written, as JSON. */
  readonly out: string;
  /** Where models are installed. */
  readonly modelsFolder: string;
}

/** What a reader saw, and what it cost. */
export interface CaptureRun {
  readonly shown: readonly ShownText[];
  /** The model of the live text in the end. */
  readonly liveModel: string | null;
  readonly warnings: ReadonlySet<CaptureWarning>;
  readonly metrics: CaptureMetrics;
  readonly audioMs: number;
  /** From the end of the sound until everything is durable, the last words of the live text too. */
  readonly stopMs: number;
  /** From the end of the sound until the final transcript is written. */
  readonly transcriptMs: number;
  /** Processor time of the engines, and of this process with its threads, both until the sound ends. */
  readonly engineCpuMs: number;
  readonly ownCpuMs: number;
}

/** Installs a model under a name of its own: one with an official name must have the official content. */
async function install(store: ModelStore, file: string, folder: string): Promise<void> {
  const copy = join(folder, `smaller-${basename(file)}`);
  await copyFile(file, copy);
  await store.import(copy);
  await rm(copy);
}

/** Records sound in real time as from a microphone, with live text and final transcript, in an ephemeral vault. */
export async function runCapture(request: CaptureRequest): Promise<CaptureRun> {
  const { pcm, name, model, smaller, language, slower, out, modelsFolder } = request;
  const store = new ModelStore(modelsFolder);
  if (smaller !== null) await install(store, smaller, out);
  const outcomes = new FileOutcomes();
  const shown: ShownText[] = [];
  const warnings = new Set<CaptureWarning>();
  let committed = '';
  let startedAt = 0;
  let writtenAt = 0;
  const emit = (event: CoreEvent) => {
    outcomes.note(event);
    if (event.type === 'exported') writtenAt = performance.now();
    if (event.type === 'liveSegmentsCommitted')
      committed += event.segments.map(({ text }) => ` ${text}`).join('');
  };
  const paced = async function* () {
    startedAt = performance.now();
    const block = BLOCK_MS * BYTES_PER_MS;
    for (let at = 0; at < pcm.length; at += block) {
      // What is being said has been said when it comes.
      const dueMs = startedAt + (at + block) / BYTES_PER_MS - performance.now();
      if (dueMs > 0) await wait(dueMs);
      yield pcm.subarray(at, at + block);
    }
  };
  const sound = await openSound(paced(), name, { encoding: 's16le', sampleRate: SAMPLE_RATE, channels: 1 });
  const devices = new StreamDevices(sound, async () => undefined);
  const cpuBefore = childrenCpuMs();
  const ownBefore = process.cpuUsage();
  const app = await openVaultApp({
    ...{ vault: await openEphemeralVault(), models: new Models(store), captureDevices: devices, emit },
    launchEngine: slower === 1 ? () => forkEngine() : slowed(() => forkEngine(), slower),
    ...{
      expectedModel: model,
      retryPolicy: PROMPT,
      language: () => 'en' as const,
      numbersLocale: () => 'en',
    },
    documentsFolder: out,
  });
  const never = new Promise<void>(() => undefined);
  let run: Pick<CaptureRun, 'liveModel' | 'metrics' | 'audioMs' | 'stopMs' | 'ownCpuMs'> | null = null;
  let endedAt = 0;
  try {
    app.captures.listen((event) => {
      if (event.type === 'captureChanged') for (const one of event.capture.warnings) warnings.add(one);
      if (event.type !== 'liveText') return;
      const confirmed = `${committed} ${event.text.confirmed}`.trim();
      shown.push({ atMs: performance.now() - startedAt, confirmed, interim: event.text.interim });
    });
    const record = async () => {
      const choice = {
        model,
        language,
        prompt: '',
        speakers: 'auto',
        speakerCount: null,
        translate: false,
        keepSilence: false,
      } as const;
      const begun = await app.captures.start(
        {
          ...{ matterId: null, name, deviceId: null, systemAudio: false, processing: NO_PROCESSING, choice },
          ...{ liveText: true, finalTranscript: true },
        },
        {
          ...{ folder: out, formats: ['json'], timestamps: false, timeOffsetMs: null, overwrite: true },
          formatOptions: USUAL_FORMAT_OPTIONS,
        },
      );
      const [job] = await app.jobs.pending(begun.recordingId);
      if (job !== undefined) outcomes.expect(name, { recordingId: begun.recordingId, jobId: job.id });
      await devices.ended;
      endedAt = performance.now();
      const own = process.cpuUsage(ownBefore);
      const { liveModel, metrics, durationMs } = await app.captures.stop(begun.id);
      run = {
        ...{ liveModel, metrics, audioMs: durationMs, stopMs: performance.now() - endedAt },
        ownCpuMs: (own.user + own.system) / 1000,
      };
    };
    await app.jobs.runToEnd(outcomes, record, never);
  } finally {
    await app.close();
  }
  if (run === null) throw new Error('nothing was recorded');
  const ended: Omit<CaptureRun, 'shown' | 'warnings' | 'transcriptMs' | 'engineCpuMs'> = run;
  // An ended child's processor time is told once it has been reaped.
  await wait(200);
  return {
    ...ended,
    ...{ shown, warnings, transcriptMs: writtenAt - endedAt, engineCpuMs: childrenCpuMs() - cpuBefore },
  };
}
