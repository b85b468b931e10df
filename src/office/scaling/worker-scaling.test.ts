import { expect, it } from 'vitest';
import { USUAL_SCALING } from './scaling-policy.ts';
import { WorkerScaling } from './worker-scaling.ts';

it('tells nothing before it knows the workers, then wants those that there are, and changes that by the policy', () => {
  const office = { depth: 20_000, taking: 0, nowMs: 1_000_000 };
  const scaling = new WorkerScaling({
    settings: USUAL_SCALING,
    depth: () => office.depth,
    workers: {
      get taking() {
        return office.taking;
      },
    },
    leaseMs: 30_000,
    now: () => office.nowMs,
  });
  expect(() => scaling.state()).toThrow('scaling.notYet');
  office.taking = 30;
  office.nowMs += 30_000;
  expect(scaling.state()).toEqual({
    depth: 20_000,
    workers: 30,
    depthPerWorker: 20_000 / 30,
    wantedWorkers: 30,
  });
  office.nowMs += USUAL_SCALING.upCoolDownMs;
  expect(scaling.state().wantedWorkers).toBe(40);
  // Asking again changes nothing, and dead workers are wanted as before.
  office.taking = 0;
  expect(scaling.state()).toEqual({ depth: 20_000, workers: 0, depthPerWorker: 20_000, wantedWorkers: 40 });
  office.depth = 0;
  office.nowMs += USUAL_SCALING.downCoolDownMs;
  expect(scaling.state().wantedWorkers).toBe(30);
});
