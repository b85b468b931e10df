import { test } from 'vitest';
import { killedWhileHearing } from '../testing/killed-hearing.ts';

test.each(['voices.heard', 'speakers.kept', 'speakers.labelled'] as const)(
  'a kill at %s leaves a vault that goes on to the same speakers, and hears no part twice that is stored',
  killedWhileHearing,
);
