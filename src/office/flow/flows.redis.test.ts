import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RECORDINGS } from '../../app/testing/short-recordings.ts';
import { SAMPLE_OPTIONS } from '../../app/testing/test-workspace.ts';
import { fetchResult, sendRecording, waitForJob } from '../client/send-recording.ts';
import { windowIds } from '../contract/flow.ts';
import { LocalOffice } from '../demo/local-office.ts';
import { makeOfficeKeys } from '../sealing/office-keys.ts';
import { Transcriber } from '../worker/transcriber.ts';

const MODEL = SAMPLE_OPTIONS.model.path;
/** Some more than there can be. */
const MOST_WINDOWS = 8;

let office: LocalOffice;

beforeAll(async () => {
  const limits = { longMs: 30_000, windowMs: 10_000 };
  office = await LocalOffice.start({ model: MODEL, workers: 2, leaseMs: 3_000, limits });
}, 120_000);

afterAll(() => office[Symbol.asyncDispose]());

/** What the workers have told of their jobs, in order. */
async function told(): Promise<{ worker: string; event: string; jobId: string }[]> {
  const logs = (await readdir(office.folder)).filter((name) => /^worker-\d+[.]log$/.test(name)).sort();
  const lines = await Promise.all(
    logs.map(async (worker) => {
      const text = await readFile(join(office.folder, worker), 'utf8');
      const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
      return whole
        .filter((line) => line.includes('"jobId"'))
        .map((line) => ({ worker, ...JSON.parse(line) }));
    }),
  );
  return lines.flat();
}

test('a killed worker costs its window of a long recording, whose text is the undivided one’s', async () => {
  const jobId = await sendRecording(office.client, RECORDINGS.conversation, office.sending('en'));
  const windows = windowIds(jobId, MOST_WINDOWS);

  // The worker that `killWorker` kills, in the middle of a window.
  let lost: string | undefined;
  while (lost === undefined) {
    await wait(20);
    const first = (await told()).filter(({ worker }) => worker === 'worker-1.log');
    const last = first.at(-1);
    if (last?.event === 'taken' && windows.includes(last.jobId)) lost = last.jobId;
    const { state } = await office.client.job(jobId);
    if (state === 'done') throw new Error('it was over before a worker could be killed');
  }
  await office.killWorker();
  await office.addWorker();

  expect(await waitForJob(office.client, jobId, 200)).toMatchObject({
    ...{ state: 'done', attempts: 1, failureCode: null },
  });
  const taken = Map.groupBy(
    (await told()).filter(({ event }) => event === 'taken'),
    (line) => line.jobId,
  );
  const used = windows.filter((id) => taken.has(id));
  expect(used.length).toBeGreaterThan(2);
  expect(windows.slice(0, used.length)).toEqual(used);
  for (const id of used) expect([id, taken.get(id)?.length]).toEqual([id, id === lost ? 2 : 1]);
  // Its division, and its stitching.
  expect(taken.get(jobId)).toHaveLength(2);

  const stitched = JSON.parse((await fetchResult(office.client, jobId, office.privateKey)).toString('utf8'));
  const transcriber = await Transcriber.open(MODEL);
  try {
    const recipients = [makeOfficeKeys().publicKey.toString('base64')];
    const manifest = { format: 2 as const, name: 'two-speakers.flac', language: 'en', recipients };
    const signal = new AbortController().signal;
    const sound = createReadStream(RECORDINGS.conversation);
    const { text } = await transcriber.transcribe(manifest, sound, signal);
    const whole = JSON.parse(Buffer.from(text).toString('utf8'));
    expect(whole.segments.length).toBeGreaterThan(5);
    // Words, times, confidences, and who speaks.
    expect(stitched.segments).toEqual(whole.segments);
    expect(stitched.speakers).toEqual(whole.speakers);
  } finally {
    await transcriber.close();
  }
  // Nothing of its windows is left in the store, and nothing of its words was ever told.
  const leftover = async () =>
    (await readdir(office.store.folder, { recursive: true })).filter((name) => /windows|flow/.test(name));
  await vi.waitFor(async () => expect(await leftover()).toEqual([]), { timeout: 30_000 });
  const said = stitched.segments
    .map(({ text }: { text: string }) => text)
    .filter((text: string) => text.length > 12);
  const logs = (await readdir(office.folder)).filter((name) => name.endsWith('.log'));
  for (const name of logs) {
    const log = await readFile(join(office.folder, name), 'utf8');
    for (const text of said) expect(log.includes(text)).toBe(false);
  }
}, 300_000);
