import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import { storedNotes } from '../../core/delivery/export-notes.ts';
import { installFault } from '../../core/fault-points.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { WrittenFiles } from '../../core/files/written-files.ts';
import { AttemptMeter } from '../../core/pipeline/attempt-meter.ts';
import { JOB_STEPS } from '../../core/pipeline/job-steps.ts';
import { runAttempt } from '../../core/pipeline/run-attempt.ts';
import type { JobContext } from '../../core/pipeline/steps/job-context.ts';
import type { JobStep } from '../../core/pipeline/steps/job-step.ts';
import { TypingActivity } from '../../core/pipeline/typing-activity.ts';
import { EventLog } from '../testing/event-log.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import {
  heardIn,
  openEphemeral,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
  textInto,
  type Workspace,
} from '../testing/test-workspace.ts';

const keyOf = ({ version }: JobContext) => `words of ${version.id}`;

/** A step that the product does not have: counts the words of the finished version, and stores the count. */
const countWords: JobStep = {
  name: 'countWords',
  streams: false,
  weight: () => 28.5,
  expectedMs: () => 40,
  async isDone(context) {
    return (await context.services.database.settings.get(keyOf(context))) !== null;
  },
  async run(context, progress, signal) {
    const { database } = context.services;
    const end = context.feed.durationMs ?? 0;
    let count = 0;
    for await (const { segment } of eachSegment(database, context.version.id)) {
      signal.throwIfAborted();
      count += segment.words.length;
      progress.done(segment.endMs / end / 2);
    }
    await database.settings.set({ key: keyOf(context), value: count });
  },
};

/** The product's steps with an extra one before the last. */
function withStep(step: JobStep): JobStep[] {
  return [...JOB_STEPS.slice(0, -1), step, ...JOB_STEPS.slice(-1)];
}

let folder: string;
let workspace: Workspace;
let jobId: string;
let log: EventLog;

beforeEach(async () => {
  folder = temporaryFolder();
  workspace = await openEphemeral(folder);
  const source = await make(join(folder, 'call.flac'), '-t', '12', '-i', RECORDINGS.call);
  const { queue, imports } = workspace;
  const added = await queue.addFile(source, PLAIN_IMPORT, SAMPLE_OPTIONS, textInto(folder));
  jobId = added.jobId;
  await imports.settled(added.recordingId, 'auto');
});

afterEach(async () => {
  installFault(null);
  await workspace.close();
});

/** One attempt at the job with these steps. */
async function attempt(steps: readonly JobStep[], signal = new AbortController().signal): Promise<void> {
  log = new EventLog();
  const { vault, database, engine, imports } = workspace;
  const services = {
    ...{ vault, database, engine, imports, emit: log.emit },
    typing: new TypingActivity(),
    language: 'en' as const,
    notes: storedNotes(database),
    written: new WrittenFiles(),
  };
  const signals = { signal, atWindow: new AbortController().signal };
  await runAttempt(steps, services, await database.jobs.get(jobId), new AttemptMeter(Date.now()), signals);
}

const told = () => log.all('jobProgress').map(({ progress }) => progress);
const stages = () => [...new Set(told().map(({ stage }) => stage))];
const texts = async () => (await readdir(folder)).filter((name) => name.endsWith('.txt'));
const wordsKept = async () => {
  const version = await workspace.database.versions.ofJob(jobId);
  return await workspace.database.settings.get(`words of ${version?.id}`);
};

test('a step that is added runs in its place, and counts with its weight', async () => {
  await attempt(withStep(countWords));
  expect(stages()).toEqual(['load', 'transcribe', 'assemble', 'countWords', 'export']);
  const segments = await heardIn(workspace, jobId);
  const words = segments.flatMap((line) => line.slice(line.lastIndexOf('[')).split(' '));
  expect(words.length).toBeGreaterThan(5);
  expect(await wordsKept()).toBe(words.length);
  expect(await texts()).toEqual(['call.txt']);

  const percents = told().map(({ percent }) => percent ?? 0);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  const percentAt = (stage: string) => told().find((progress) => progress.stage === stage)?.percent ?? 0;
  // 28.5 of 142.5: a fifth of the job.
  expect(percentAt('export') - percentAt('countWords')).toBeCloseTo(20, 5);
  expect(percentAt('export')).toBeCloseTo(100 * (141.5 / 142.5), 5);
});

test('a step that is done is not run again by a later attempt, and counts as done', async () => {
  installFault((point) => {
    if (point === 'export.rename') throw new Error('the export fails');
  });
  await expect(attempt(withStep(countWords))).rejects.toMatchObject({ code: 'export.failed' });
  installFault(null);
  const count = await wordsKept();
  expect(count).toBeGreaterThan(5);
  expect(await texts()).toEqual([]);

  const mustNotRun = (step: JobStep): JobStep => ({
    ...step,
    run: () => Promise.reject(new Error(`${step.name} ran again`)),
  });
  const [last] = JOB_STEPS.slice(-1) as [JobStep];
  await attempt([...withStep(countWords).slice(0, -1).map(mustNotRun), last]);
  expect(stages()).toEqual(['export']);
  expect(told()[0]?.percent).toBeCloseTo(100 * (141.5 / 142.5), 5);
  expect(await texts()).toEqual(['call.txt']);
  expect(await wordsKept()).toBe(count);
});

test('a step that fails ends the attempt with its error; the next goes on at it', async () => {
  const failing: JobStep = {
    ...countWords,
    run: () => Promise.reject(new AppError('disk.full', { neededBytes: 1, freeBytes: 0 })),
  };
  await expect(attempt(withStep(failing))).rejects.toMatchObject({ code: 'disk.full' });
  expect(stages().at(-1)).toBe('countWords');
  expect((await workspace.database.versions.ofJob(jobId))?.completedAtMs).not.toBeNull();
  expect(await texts()).toEqual([]);

  await attempt(withStep(countWords));
  expect(stages()).toEqual(['countWords', 'export']);
  expect(await wordsKept()).toBeGreaterThan(5);
  expect(await texts()).toEqual(['call.txt']);
});

test('a job that is stopped stops the step that runs', async () => {
  const stop = new AbortController();
  const waiting: JobStep = {
    ...countWords,
    run: async (_context, _progress, signal) => {
      stop.abort(new Error('paused'));
      signal.throwIfAborted();
    },
  };
  await expect(attempt(withStep(waiting), stop.signal)).rejects.toThrow('paused');
  expect(await wordsKept()).toBeNull();
  expect(await texts()).toEqual([]);
});

test('what a step that streams fails with is met behind the windows that were made before it', async () => {
  const plan = JOB_STEPS.find(({ name }) => name === 'plan') as JobStep;
  const failing: JobStep = {
    ...plan,
    async run(context, _progress, signal) {
      const first = async function* () {
        for await (const { channel, spans } of context.speech.values(signal)) {
          const [span] = spans;
          if (span === undefined) continue;
          const { startMs, endMs, speech } = span;
          const piece = { windowStartMs: 0, recordingStartMs: startMs, durationMs: endMs - startMs, speech };
          yield { channel, windowIndex: 0, window: { pieces: [piece], language: null }, first: false };
          throw new Error('the plan fails');
        }
      };
      await context.windows.fill(first(), signal);
    },
  };
  const steps = JOB_STEPS.map((step) => (step === plan ? failing : step));
  await expect(attempt(steps)).rejects.toThrow('the plan fails');
  expect(log.all('segmentsCommitted')).toHaveLength(1);
  expect((await workspace.database.versions.ofJob(jobId))?.completedAtMs).toBeNull();
});
