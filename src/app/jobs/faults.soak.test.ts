import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import { installFault } from '../../core/fault-points.ts';
import { isShortSoak } from '../../core/testing/soak.ts';
import {
  assertNothingLost,
  FAULT_KINDS,
  RECORDING_POINTS,
  type UndisturbedRun,
  undisturbedRun,
} from '../testing/recording-run.ts';

let undisturbed: UndisturbedRun;
beforeAll(async () => {
  undisturbed = await undisturbedRun();
});
afterAll(() => undisturbed.remove());
afterEach(() => installFault(null));

/** Every kind of error at every point; in a short run one kind per point, in turn. */
const FAULTS = RECORDING_POINTS.flatMap((point, i) =>
  FAULT_KINDS.filter((_, k) => !isShortSoak() || k === i % FAULT_KINDS.length).map((kind) => ({
    point,
    kind,
  })),
);

describe('a fresh start ends with the same words after', () => {
  test.each(FAULTS)('$kind at $point', ({ point, kind }) => assertNothingLost(point, kind, undisturbed));
});
