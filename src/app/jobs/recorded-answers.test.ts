import { test } from 'vitest';
import { assertRecordedIsReal } from '../testing/recorded-and-real.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';

// recorded-answers.soak.test.ts covers all recordings.
test('what the replaying engine answers is what the real engine hears', async () => {
  await assertRecordedIsReal(RECORDINGS.memo);
});
