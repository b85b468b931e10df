import { test } from 'vitest';
import { isShortSoak } from '../../core/testing/soak.ts';
import { assertRecordedIsReal } from '../testing/recorded-and-real.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';

const { interview, call, bilingual, hearing } = RECORDINGS;

test.each(isShortSoak() ? [interview, call] : [interview, call, bilingual, hearing])(
  'the recorded answers for %s are those of the real engine',
  (source) => assertRecordedIsReal(source),
  600_000,
);
