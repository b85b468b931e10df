import { beforeAll, expect, test } from 'vitest';
import { isShortSoak } from '../../core/testing/soak.ts';
import { EventLog } from '../testing/event-log.ts';
import {
  assertGoesOnAfterKill,
  orderFor,
  runToEnd,
  type UndisturbedCall,
  undisturbed,
  undisturbedCall,
} from '../testing/killed-jobs.ts';
import { ChildRun, timesReached } from '../testing/killed-run.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 600_000;

let call: UndisturbedCall;
beforeAll(async () => {
  call = await undisturbedCall();
  return () => call.remove();
});

test.each(['import.partSealed', 'import.originalSealed', 'window.transcribed', 'export.rename'] as const)(
  'a kill at %s leaves a vault that goes on to the same words',
  (point) => assertGoesOnAfterKill(point, call),
);

// With the real engine, whose windows last long enough for a kill inside one.
test('at any moment a kill leaves a vault that goes on to the same words, with at most one window repeated a kill', {
  timeout: SLOW_MS,
}, async () => {
  const order = { ...(await orderFor(RECORDINGS.call)), withRealEngine: true };
  const reference = await undisturbed(RECORDINGS.call, order.out);
  let kills = 0;
  // Later each time, until it ends before it is killed.
  for (let afterMs = 700; kills < (isShortSoak() ? 3 : 20); afterMs += isShortSoak() ? 800 : 150) {
    const run = new ChildRun(order);
    await run.kill(afterMs);
    if (await run.finished()) break;
    kills += 1;
  }
  await new ChildRun(order).finished();

  expect(kills).toBeGreaterThan(0);
  expect(await runToEnd(order.vault, new EventLog())).toEqual(reference.heard);
  expect(timesReached(order.log, 'window.planned')).toBeLessThanOrEqual(reference.windows + kills);
});
