import { afterEach, beforeEach, test } from 'vitest';
import { assertSameTextAfterKill } from '../testing/killed-retranscription.ts';
import { TestQueue } from '../testing/test-queue.ts';

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.make();
});
afterEach(() => queue.remove());

test.each(['window.committed', 'job.assembled'] as const)(
  'a range whose process is killed at %s gives the same text as undisturbed',
  (point) => assertSameTextAfterKill(queue, point),
);
