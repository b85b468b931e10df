import { expect, test } from 'vitest';
import { FileOutcomes } from './file-outcomes.ts';

const never = new Promise<void>(() => undefined);

test('a file that was given a job of this run already is another name of that file, and is not waited for', async () => {
  const outcomes = new FileOutcomes();
  const ids = { recordingId: 'recording', jobId: 'job' };
  outcomes.expect('/in/a.wav', ids);
  outcomes.expect('/in/link.wav', ids);
  const told = { state: 'done', failure: null, retryAtMs: null, figures: null } as const;
  outcomes.note({ type: 'jobEnded', ...ids, ...told });
  await outcomes.allEnded(never);
  expect(outcomes.list()).toMatchObject([
    { file: '/in/a.wav', state: 'done', sameAs: null },
    { file: '/in/link.wav', state: 'same', sameAs: '/in/a.wav' },
  ]);
});

test('a file whose turn did not come before the user wanted to stop is told as interrupted', async () => {
  const outcomes = new FileOutcomes();
  outcomes.notBegun('/in/a.wav');
  await outcomes.allEnded(Promise.resolve());
  expect(outcomes.list()).toMatchObject([{ file: '/in/a.wav', state: 'interrupted', failure: null }]);
});
