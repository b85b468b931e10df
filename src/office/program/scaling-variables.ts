import { z } from '../../contract/schema.ts';
import { type ScalingSettings, USUAL_SCALING as USUAL } from '../scaling/scaling-policy.ts';

const count = z.coerce.number().int().min(1);
const seconds = z.coerce.number().int().min(0);

/** The variables that tell when workers are added and taken away, as the policy's settings. */
export const ScalingVariables = z
  .object({
    OFFICE_WORKERS_MIN: count.default(USUAL.minWorkers),
    OFFICE_WORKERS_MAX: count.default(USUAL.maxWorkers),
    /** Jobs that wait for each worker. */
    OFFICE_SCALE_UP_ABOVE: count.default(USUAL.upAbove),
    OFFICE_SCALE_DOWN_BELOW: count.default(USUAL.downBelow),
    OFFICE_SCALE_UP_COOLDOWN_S: seconds.default(USUAL.upCoolDownMs / 1000),
    OFFICE_SCALE_DOWN_COOLDOWN_S: seconds.default(USUAL.downCoolDownMs / 1000),
  })
  .refine((set) => set.OFFICE_WORKERS_MIN <= set.OFFICE_WORKERS_MAX, {
    path: ['OFFICE_WORKERS_MIN'],
    error: 'must not be more than OFFICE_WORKERS_MAX',
  })
  .refine((set) => set.OFFICE_SCALE_DOWN_BELOW < set.OFFICE_SCALE_UP_ABOVE, {
    path: ['OFFICE_SCALE_DOWN_BELOW'],
    error: 'must be less than OFFICE_SCALE_UP_ABOVE',
  })
  .transform(
    (set): ScalingSettings => ({
      minWorkers: set.OFFICE_WORKERS_MIN,
      maxWorkers: set.OFFICE_WORKERS_MAX,
      upAbove: set.OFFICE_SCALE_UP_ABOVE,
      downBelow: set.OFFICE_SCALE_DOWN_BELOW,
      upCoolDownMs: set.OFFICE_SCALE_UP_COOLDOWN_S * 1000,
      downCoolDownMs: set.OFFICE_SCALE_DOWN_COOLDOWN_S * 1000,
    }),
  );
