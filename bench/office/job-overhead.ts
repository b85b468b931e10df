import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { jobOptionsFor } from '../../src/app/jobs/job-options.ts';
import { launchNodeEngine } from '../../src/app/jobs/node-engine.ts';
import { PROMPT } from '../../src/app/jobs/retry-policy.ts';
import { Models } from '../../src/app/models/models.ts';
import { openVaultApp, type VaultApp } from '../../src/app/open-app.ts';
import { DEFAULT_CHOICE } from '../../src/contract/starting-choice.ts';
import { Vault } from '../../src/core/vault/vault.ts';
import { fetchResult, sendRecording, waitForJob } from '../../src/office/client/send-recording.ts';
import { LocalOffice } from '../../src/office/demo/local-office.ts';
import { writeSentences } from '../../src/office/demo/short-sentences.ts';
import type { Report } from '../report.ts';
import type { BenchSettings } from '../settings.ts';
import { median } from '../statistics.ts';
import { SAMPLE_MODEL_PATH } from '../voicesync.ts';
import { makeWorkFolder } from '../work-folder.ts';

/** Recordings of three seconds each, of which the first on each side only warms up. */
const RECORDINGS = 31;

/** How often the client asks whether its job is done, in milliseconds. */
const POLL_MS = 20;

/** Most that a job may take through the whole office, as a multiple of what it takes in the desktop's queue. */
const TARGET = 1.5;

/** What a short recording takes through the whole office, against the desktop's queue on a vault: by turns, one after the other. */
export async function benchOfficeJobs({ tell }: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const recordings = await writeSentences(RECORDINGS, (index) => join(folder.path, `${index}.wav`));
  await using office = await LocalOffice.start({ model: SAMPLE_MODEL_PATH, workers: 1, leaseMs: 30_000 });
  const app = await desktop(folder.make('vaults'));
  const inDesktop: number[] = [];
  const inOffice: number[] = [];
  const atWorker: number[] = [];
  try {
    tell(`${RECORDINGS} recordings on both sides`);
    for (const { file } of recordings) {
      inDesktop.push(await timed(() => transcribed(app, file)));
      inOffice.push(
        await timed(async () => {
          const jobId = await sendRecording(office.client, file, office.sending('en'));
          const { startedAtMs, finishedAtMs, state } = await waitForJob(office.client, jobId, POLL_MS);
          if (state !== 'done') throw new Error(`a job is ${state}`);
          atWorker.push((finishedAtMs ?? 0) - (startedAtMs ?? 0));
          await fetchResult(office.client, jobId, office.privateKey);
        }),
      );
    }
  } finally {
    await app.close();
  }
  return reportOf(inDesktop.slice(1), atWorker.slice(1), inOffice.slice(1));
}

function reportOf(inDesktop: number[], atWorker: number[], inOffice: number[]): Report {
  const rows = [
    ['the desktop’s queue', inDesktop],
    ['the office, from taken to done', atWorker],
    ['the office, from the file to the opened result', inOffice],
  ] as const;
  const ratio = median(inOffice) / median(inDesktop);
  const overhead = median(inOffice) - median(inDesktop);
  return {
    title: 'What a job costs in the office',
    tables: [
      {
        title: `${inDesktop.length} recordings of 3 s, one after the other: milliseconds for each`,
        header: ['way', 'median', 'longest'],
        rows: rows.map(([way, times]) => [...[way, median(times).toFixed(0), Math.max(...times).toFixed(0)]]),
      },
    ],
    notes: [`A job takes ${overhead.toFixed(0)} ms more in the office.`],
    claims: [
      {
        what: 'a recording of 3 s through the whole office, as a multiple of the desktop’s queue',
        target: `at most ${TARGET}`,
        measured: ratio.toFixed(2),
        isKept: ratio <= TARGET,
      },
    ],
  };
}

/** The desktop's application on a new vault on the disk. */
async function desktop(folder: string): Promise<VaultApp> {
  const { vault } = await Vault.create(join(folder, 'vault'), { passphrase: 'seven grey horses on a hill' });
  const app = await openVaultApp({
    ...{ vault, models: new Models(), launchEngine: launchNodeEngine, expectedModel: SAMPLE_MODEL_PATH },
    emit: () => undefined,
    retryPolicy: PROMPT,
    language: () => 'en',
    numbersLocale: () => 'en',
    documentsFolder: folder,
  });
  await app.services.queue.start();
  return app;
}

async function transcribed(app: VaultApp, file: string): Promise<void> {
  const { queue, database } = app.services;
  const choice = { ...DEFAULT_CHOICE, model: SAMPLE_MODEL_PATH, language: 'en' } as const;
  const options = await jobOptionsFor(app.models, choice, []);
  const intake = { matterId: null, track: null, speakers: options.speakers };
  const { jobId } = await queue.addFile(file, intake, options, null);
  await queue.idle();
  const { state } = await database.jobs.get(jobId);
  if (state !== 'done') throw new Error(`a job is ${state}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
