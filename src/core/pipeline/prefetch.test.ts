import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Prefetch } from './prefetch.ts';

const never = () => new AbortController().signal;

/** Numbers from 1 on, and how many of them were requested. */
function counted(count: number) {
  const numbers = { asked: 0, values };
  async function* values() {
    for (numbers.asked = 1; numbers.asked <= count; numbers.asked += 1) yield numbers.asked;
  }
  return numbers;
}

/** Consumes everything, and notes with each value how many were requested while it was processed. */
async function seenOf(prefetch: Prefetch<number>, numbers: { asked: number }): Promise<number[][]> {
  const seen: number[][] = [];
  for await (const number of prefetch.values(never())) {
    await turn();
    seen.push([number, numbers.asked]);
  }
  return seen;
}

test.each([
  [0, [1, 2, 3, 4]],
  [1, [2, 3, 4, 5]],
  [2, [3, 4, 5, 5]],
  [Number.POSITIVE_INFINITY, [5, 5, 5, 5]],
])('with a limit of %d everything comes in order, no more of it asked for ahead', async (limit, asked) => {
  const numbers = counted(4);
  const prefetch = new Prefetch<number>(limit);
  const filled = prefetch.fill(numbers.values(), never());
  expect(await seenOf(prefetch, numbers)).toEqual(asked.map((count, index) => [index + 1, count]));
  await filled;
});

test('nothing is asked for before it is wanted where nothing may wait', async () => {
  const numbers = counted(2);
  const stop = new AbortController();
  const filled = new Prefetch<number>(0).fill(numbers.values(), stop.signal);
  await turn();
  expect(numbers.asked).toBe(0);
  stop.abort(new Error('paused'));
  await expect(filled).rejects.toThrow('paused');
});

test('a limit that is raised lets the rest be fetched at once', async () => {
  const numbers = counted(4);
  const prefetch = new Prefetch<number>(0);
  const filled = prefetch.fill(numbers.values(), never());
  const values = prefetch.values(never());
  expect((await values.next()).value).toBe(1);
  await turn();
  expect(numbers.asked).toBe(1);
  prefetch.raiseLimit(Number.POSITIVE_INFINITY);
  await filled;
  expect(numbers.asked).toBe(5);
  expect([(await values.next()).value, (await values.next()).value]).toEqual([2, 3]);
});

test('an error comes behind what was given before it, and to whoever fills', async () => {
  async function* failing() {
    yield 1;
    yield 2;
    throw new Error('the import failed');
  }
  const prefetch = new Prefetch<number>(Number.POSITIVE_INFINITY);
  await expect(prefetch.fill(failing(), never())).rejects.toThrow('the import failed');
  const seen: number[] = [];
  const all = async () => {
    for await (const number of prefetch.values(never())) seen.push(number);
  };
  await expect(all()).rejects.toThrow('the import failed');
  expect(seen).toEqual([1, 2]);
});

test('a fill that is stopped waits for the answer under way, and ends the generator', async () => {
  const steps: string[] = [];
  const stop = new AbortController();
  async function* waiting() {
    try {
      yield 1;
      await turn();
      steps.push('answered');
      yield 2;
    } finally {
      steps.push('ended');
    }
  }
  const prefetch = new Prefetch<number>(1);
  const filled = prefetch.fill(waiting(), stop.signal);
  await prefetch.values(never()).next();
  stop.abort(new Error('paused'));
  await expect(filled).rejects.toThrow('paused');
  expect(steps).toEqual(['answered', 'ended']);
});

test('a taker that waits is told why the job was stopped', async () => {
  const stop = new AbortController();
  const next = new Prefetch<number>(1).values(stop.signal).next();
  stop.abort(new Error('paused'));
  await expect(next).rejects.toThrow('paused');
});
