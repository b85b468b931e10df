import { expect, test } from 'vitest';
import { prefetch } from './prefetch.ts';

const never = () => new AbortController().signal;

test('everything comes in order, the next asked for while the one in hand is worked with', async () => {
  let asked = 0;
  async function* numbers() {
    for (asked = 1; asked <= 3; asked += 1) yield asked;
  }
  const seen: number[][] = [];
  for await (const number of prefetch(numbers, never())) {
    await Promise.resolve();
    seen.push([number, asked]);
  }
  expect(seen).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
});

test('an error comes behind what was given before it', async () => {
  async function* failing() {
    yield 1;
    throw new Error('the import failed');
  }
  const seen: number[] = [];
  const all = async () => {
    for await (const number of prefetch(failing, never())) {
      // Long enough for a rejection that nobody handles to be noticed.
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(number);
    }
  };
  await expect(all()).rejects.toThrow('the import failed');
  expect(seen).toEqual([1]);
});

test('whoever leaves stops the source, and waits for it', async () => {
  let stopped = false;
  async function* waiting(signal: AbortSignal) {
    yield 1;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    stopped = true;
    yield 2;
  }
  for await (const number of prefetch(waiting, never())) {
    expect(number).toBe(1);
    break;
  }
  expect(stopped).toBe(true);
});

test('the job being stopped reaches the source with its reason', async () => {
  const job = new AbortController();
  async function* waiting(signal: AbortSignal): AsyncGenerator<number> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    signal.throwIfAborted();
  }
  const first = prefetch(waiting, job.signal).next();
  job.abort(new Error('paused'));
  await expect(first).rejects.toThrow('paused');
});
