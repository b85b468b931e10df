import { afterAll, beforeAll, expect, test } from 'vitest';
import { askSpeakers } from './ask-speakers.ts';
import { diarize } from './diarize.ts';
import { packPartVoices } from './part-voices.ts';
import { claimSpeakersThread, keepSpeakersThread, runSpeakersIn } from './speakers-thread.ts';
import { hearWorld } from './testing/spoken-world.ts';

const TALKS = [0, 1, 0, 1, 0, 1].map((speaker, i) => ({
  startMs: i * 6_000,
  endMs: i * 6_000 + 5_000,
  speaker,
}));

// What is tested here is the thread.
beforeAll(() => runSpeakersIn(null));
afterAll(() => runSpeakersIn(null));

async function* packed(parts: Awaited<ReturnType<typeof hearWorld>>): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield packPartVoices(part);
}

test('answers as the same question does in this thread', async () => {
  const parts = await hearWorld(TALKS, 36_000);
  const question = { count: null, known: [] };
  const answer = await askSpeakers(packed(parts), 'diarize', question, new AbortController().signal);
  expect(answer.speakers).toHaveLength(2);
  expect(answer).toEqual(diarize(parts, question));
});

test('says what fails in the thread, and answers the next', async () => {
  const broken = { count: null, known: null as never };
  const signal = new AbortController().signal;
  const parts = await hearWorld(TALKS, 36_000);
  await expect(askSpeakers(packed(parts), 'diarize', broken, signal)).rejects.toThrow();
  expect(
    await askSpeakers(
      packed(parts),
      'similar',
      { segments: [], corrected: { startMs: 0, endMs: 1_000, from: null } },
      signal,
    ),
  ).toEqual([]);
});

test('keeps its thread for the next question', async () => {
  const started: unknown[] = [];
  runSpeakersIn(() => {
    runSpeakersIn(null);
    const thread = claimSpeakersThread();
    started.push(thread);
    return thread;
  });
  const corrected = { startMs: 0, endMs: 1_000, from: null };
  const { signal } = new AbortController();
  for (let asked = 0; asked < 2; asked += 1) {
    const parts = await hearWorld(TALKS, 36_000);
    expect(await askSpeakers(packed(parts), 'similar', { segments: [], corrected }, signal)).toEqual([]);
  }
  expect(claimSpeakersThread()).toBe(started[0]);
  keepSpeakersThread(started[0] as ReturnType<typeof claimSpeakersThread>);
});

test('ends its thread at once when it is aborted, and throws the reason', async () => {
  const aborted = new AbortController();
  const ended = Promise.withResolvers<void>();
  runSpeakersIn(() => {
    runSpeakersIn(null);
    return claimSpeakersThread().on('exit', () => ended.resolve());
  });
  async function* endless(): AsyncGenerator<Uint8Array> {
    const [part] = await hearWorld(TALKS, 36_000);
    while (part !== undefined) {
      yield packPartVoices(part);
      aborted.abort(new Error('given up'));
    }
  }
  await expect(askSpeakers(endless(), 'diarize', { count: null, known: [] }, aborted.signal)).rejects.toThrow(
    'given up',
  );
  await ended.promise;
});
