import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endOfFailure, PATIENT } from '../../app/jobs/retry-policy.ts';
import { SAMPLE_OPTIONS } from '../../app/testing/test-workspace.ts';
import { randomNumbers } from '../../core/speakers/testing/spoken-world.ts';
import { fetchResult, sendRecording } from '../client/send-recording.ts';
import { isNotOwn, JobTaker } from '../queue/job-taker.ts';
import { gatewayRows } from '../worker/gateway-rows.ts';
import { AttemptAudit } from './attempt-audit.ts';
import { LocalOffice } from './local-office.ts';
import { type SaidSentence, wordsOf, writeSentences } from './short-sentences.ts';

/** Recordings of three seconds each. */
const COUNT = Number(process.env.OFFICE_RECORDINGS ?? 500);

/** Decides the moments of all disasters; the same again with the one that a run has printed. */
const SEED = Number(process.env.OFFICE_SEED ?? Date.now() % 1_000_000);

const WORKERS = 2;
const KILLS = 6;
const REFUSED_MS = 10_000;
const LEASE_MS = 3_000;
const MINUTE_MS = 60_000;

/** In names of files alone: it may be nowhere but in the client's and the workers' memory. */
const PLANTED = 'Thornfieldsecret';

let office: LocalOffice;
let recordings: SaidSentence[];

beforeAll(async () => {
  office = await LocalOffice.start({
    model: SAMPLE_OPTIONS.model.path,
    // They start once one job has failed.
    workers: 0,
    leaseMs: LEASE_MS,
  });
  recordings = await writeSentences(COUNT, (index) => join(office.folder, `${PLANTED} ${index}.wav`));
}, 120_000);

afterAll(() => office[Symbol.asyncDispose](), 60_000);

test(`${COUNT} recordings are each done once while workers and Redis are killed and the store refuses; nothing but ids is told`, async () => {
  process.stdout.write(`OFFICE_SEED=${SEED}\n`);
  const startedMs = performance.now();
  using audit = new AttemptAudit(office.database);
  const retried = await failedOnce();
  const sending = sendAll();
  const started = Array.from({ length: WORKERS }, () => office.addWorker());
  await Promise.all(started);
  for (const { at, happens } of disasters(audit, retried, started)) {
    await until(() => audit.countIn('done') >= at);
    await happens();
  }
  const jobs = [retried, ...(await sending)];
  await Promise.all(started);
  await until(() => audit.countIn('done') === COUNT);
  const tookS = (performance.now() - startedMs) / 1000;
  process.stdout.write(`${COUNT} recordings: ${tookS.toFixed(1)} s\n`);

  // The same file again is the same job.
  expect(await sendRecording(office.client, recordings[0]?.file ?? '', office.sending('en'))).toBe(retried);
  expect(new Set(jobs).size).toBe(COUNT);
  await expectEachDoneOnce(audit, jobs, retried);
  const texts = await expectRightWords(jobs);
  await expectNothingTold(texts);
}, 900_000);

/** The first recording, whose first attempt fails in a way that may pass: its job waits for five minutes. */
async function failedOnce(): Promise<string> {
  const jobId = await sendRecording(office.client, recordings[0]?.file ?? '', office.sending('en'));
  const failure = endOfFailure(PATIENT, 'later', 0, Date.now());
  const taker = new JobTaker({
    rows: gatewayRows(office.address, office.workerToken),
    redis: office.redis.address,
    leaseMs: LEASE_MS,
    onRedisError: () => undefined,
  });
  try {
    const lease = await taker.take({ block: true });
    await lease?.end({ outcome: 'failed', failureCode: 'engine.crashed', ...failure });
  } finally {
    await taker.close();
  }
  return jobId;
}

/** Sends all but the first, four at a time; returns their jobs in order. */
async function sendAll(): Promise<string[]> {
  const jobs: string[] = [];
  let next = 1;
  const send = async () => {
    for (let index = next++; index < COUNT; index = next++) {
      jobs[index - 1] = await sendRecording(
        office.client,
        recordings[index]?.file ?? '',
        office.sending('en'),
      );
    }
  };
  await Promise.all([send(), send(), send(), send()]);
  return jobs;
}

/** What happens when so many recordings are done. */
interface Disaster {
  readonly at: number;
  readonly happens: () => Promise<void>;
}

/** All of them in their order. Workers that take the place of killed ones are added to those that have been started. */
function disasters(audit: AttemptAudit, retried: string, started: Promise<void>[]): Disaster[] {
  const random = randomNumbers(SEED);
  const between = (from: number, to: number) => Math.floor(COUNT * (from + random() * (to - from)));
  const kills = Array.from({ length: KILLS }, (): Disaster => {
    const [at, place, delayMs] = [between(0.02, 0.9), Math.floor(random() * WORKERS), 400 * random()];
    return {
      at,
      happens: async () => {
        // The one that took an earlier one's place works by then.
        await Promise.all(started);
        await wait(delayMs);
        await office.killWorker(place);
        started.push(office.addWorker());
      },
    };
  });
  const others: Disaster[] = [
    { at: between(0.05, 0.3), happens: async () => office.store.refuseFor(REFUSED_MS) },
    {
      at: between(0.45, 0.55),
      happens: async () => {
        await office.redis.kill();
        await office.redis.start();
      },
    },
    {
      at: between(0.6, 0.8),
      happens: async () => {
        expect((await office.client.job(retried)).state).toBe('waiting');
        audit.moveRetry(retried, 5 * MINUTE_MS);
      },
    },
  ];
  return [...kills, ...others].sort((one, other) => one.at - other.at);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(100);
}

async function expectEachDoneOnce(
  audit: AttemptAudit,
  jobs: readonly string[],
  retried: string,
): Promise<void> {
  const views = await Promise.all(jobs.map((jobId) => office.client.job(jobId)));
  expect(views.filter(({ state }) => state !== 'done')).toEqual([]);
  // A killed worker costs no attempt.
  expect(views.filter(({ id, attempts }) => attempts !== (id === retried ? 2 : 1))).toEqual([]);
  const changes = audit.changes();
  const ends = changes.filter(({ after }) => after === 'done');
  expect(ends.map(({ jobId }) => jobId).sort()).toEqual([...jobs].sort());
  expect(changes.filter(({ before }) => before === 'done')).toEqual([]);
  // Each end was that of the attempt that ran; told again, it is refused.
  expect(ends.every(({ before, attemptId }) => before === 'running' && attemptId !== null)).toBe(true);
  const rows = gatewayRows(office.address, office.workerToken);
  for (const { jobId, attemptId } of ends.slice(0, 20)) {
    const again = { outcome: 'done', failureCode: null, retryAtMs: null, counted: true } as const;
    const refusal = await rows
      .end(jobId, { ...again, attemptId: attemptId ?? '' })
      .then(() => null, isNotOwn);
    expect(refusal).toBe(true);
  }
  expect(audit.countIn('done')).toBe(COUNT);
}

/** Opens every result, and compares it with what is said. Returns what was heard. */
async function expectRightWords(jobs: readonly string[]): Promise<string[]> {
  let [wrong, all] = [0, 0];
  const texts: string[] = [];
  for (const [index, jobId] of jobs.entries()) {
    const result = (await fetchResult(office.client, jobId, office.privateKey)).toString('utf8');
    const { segments } = JSON.parse(result) as { segments: { text: string }[] };
    const heard = segments.map(({ text }) => text).join(' ');
    const said = wordsOf(recordings[index]?.text ?? '');
    const words = new Set(wordsOf(heard));
    const missed = said.filter((word) => !words.has(word)).length;
    // Of another sentence most would be missing.
    expect(missed, `${heard} / ${said.join(' ')}`).toBeLessThanOrEqual(said.length / 2);
    wrong += missed;
    all += said.length;
    texts.push(...segments.map(({ text }) => text.trim()).filter((text) => text.length >= 12));
  }
  process.stdout.write(`words missed: ${wrong} of ${all}\n`);
  expect(wrong / all).toBeLessThan(0.05);
  return texts;
}

/** Names and texts are in no file of Redis, the store or the programs' logs, but for the recordings that the test itself made. */
async function expectNothingTold(texts: readonly string[]): Promise<void> {
  const secrets = [PLANTED, ...new Set(texts)];
  expect(secrets.length).toBeGreaterThan(Math.min(COUNT, 20));
  for (const folder of [office.redis.folder, office.store.folder, office.folder]) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.startsWith(PLANTED)) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      const found = secrets.filter((secret) => bytes.includes(secret) || entry.name.includes(secret));
      expect(found, entry.name).toEqual([]);
    }
  }
}
