import { expect, it } from 'vitest';
import { USUAL_SCALING } from '../scaling/scaling-policy.ts';
import { ScalingVariables } from './scaling-variables.ts';

it('are the usual ones where none is set, and must fit each other', () => {
  expect(ScalingVariables.parse({})).toEqual(USUAL_SCALING);
  const set = { OFFICE_WORKERS_MIN: '1', OFFICE_SCALE_UP_COOLDOWN_S: '90', OFFICE_SCALE_UP_ABOVE: '250' };
  expect(ScalingVariables.parse(set)).toEqual({
    ...USUAL_SCALING,
    ...{ minWorkers: 1, upCoolDownMs: 90_000, upAbove: 250 },
  });
  for (const wrong of [
    { OFFICE_WORKERS_MIN: '0' },
    { OFFICE_WORKERS_MAX: '1' },
    { OFFICE_SCALE_UP_ABOVE: '200' },
  ]) {
    expect(() => ScalingVariables.parse(wrong)).toThrow('OFFICE_');
  }
});
