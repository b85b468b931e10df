import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { make, RECORDINGS } from '../../app/testing/short-recordings.ts';
import { SAMPLE_OPTIONS } from '../../app/testing/test-workspace.ts';
import { fetchResult, sendRecording, waitForJob } from '../client/send-recording.ts';
import { LocalOffice } from './local-office.ts';

/** Recordings of three seconds each. */
const COUNT = 8;

/** In names of files alone: it may be nowhere but in the client's and the workers' memory. */
const PLANTED = 'Thornfieldsecret';

let office: LocalOffice;

beforeAll(async () => {
  office = await LocalOffice.start({ model: SAMPLE_OPTIONS.model.path, workers: 2, leaseMs: 3_000 });
}, 120_000);

afterAll(() => office[Symbol.asyncDispose]());

test('every recording is done once while workers and Redis are killed and the store refuses; nothing but ids is told', async () => {
  const files = await Promise.all(
    Array.from({ length: COUNT }, (_, index) => {
      const file = join(office.folder, `${PLANTED} ${index}.flac`);
      return make(file, '-ss', String(3 * index), '-t', '3', '-i', RECORDINGS.call);
    }),
  );
  const jobs = await Promise.all(
    files.map((file) => sendRecording(office.client, file, office.sending('en'))),
  );
  expect(new Set(jobs).size).toBe(COUNT);
  // The same file again is the same job.
  expect(await sendRecording(office.client, files[0] ?? '', office.sending('en'))).toBe(jobs[0]);

  await office.killWorker();
  office.store.refuse(4);
  await office.redis.kill();
  await office.redis.start();
  await office.addWorker();
  await office.killWorker();
  await office.addWorker();

  const ended = await Promise.all(jobs.map((jobId) => waitForJob(office.client, jobId, 200)));
  expect(ended.map(({ state, failureCode }) => [state, failureCode])).toEqual(jobs.map(() => ['done', null]));
  // A killed worker costs no attempt, and nothing was done twice.
  expect(ended.map(({ attempts }) => attempts)).toEqual(jobs.map(() => 1));
  const texts = await Promise.all(
    jobs.map(async (jobId) => (await fetchResult(office.client, jobId, office.privateKey)).toString('utf8')),
  );
  for (const text of texts) expect(JSON.parse(text)).toMatchObject({ segments: expect.any(Array) });

  const words = texts.flatMap((text) =>
    [...text.matchAll(/"text": ?"([^"]{12,})"/g)].map(([, said = '']) => said),
  );
  expect(words.length).toBeGreaterThan(0);
  const told = await bytesUnder(office.redis.folder, office.store.folder, office.folder);
  for (const secret of [PLANTED, ...words]) expect(told.includes(secret)).toBe(false);
}, 240_000);

/** Everything in files under these folders, but for the recordings that the test itself made. */
async function bytesUnder(...folders: string[]): Promise<string> {
  const parts: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.startsWith(PLANTED)) continue;
      parts.push(
        join(entry.parentPath, entry.name),
        await readFile(join(entry.parentPath, entry.name), 'latin1'),
      );
    }
  }
  return parts.join('\n');
}
