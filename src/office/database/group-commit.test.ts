import { expect, test, vi } from 'vitest';
import { GroupCommit } from './group-commit.ts';

/** Commits whose disk takes as long as the test wants. */
function commits() {
  let written = 0;
  const syncs: PromiseWithResolvers<void>[] = [];
  const onFailed = vi.fn();
  const group = new GroupCommit({
    ...{ written: () => written, onFailed },
    sync: () => {
      const sync = Promise.withResolvers<void>();
      syncs.push(sync);
      return sync.promise;
    },
  });
  const told: string[] = [];
  return {
    ...{ group, syncs, onFailed, told },
    write: () => {
      written += 1;
    },
    /** Tells of what is written by now, once that is durable. */
    tell: (what: string) =>
      group.durable().then(
        () => told.push(what),
        (error: Error) => told.push(`${what}: ${error.message}`),
      ),
  };
}

/** Everything that can go on without the disk has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('nothing is told before the disk has it, and those who wait share one sync', async () => {
  const { syncs, told, write, tell } = commits();
  write();
  void tell('a');
  await settled();
  // The sync that is under way may have begun before these were written.
  write();
  void tell('b');
  write();
  void tell('c');
  await settled();
  expect([syncs.length, told]).toEqual([1, []]);
  syncs[0]?.resolve();
  await settled();
  expect([syncs.length, told]).toEqual([2, ['a']]);
  syncs[1]?.resolve();
  await settled();
  expect([syncs.length, told]).toEqual([2, ['a', 'b', 'c']]);
  await tell('who wrote nothing waits for nothing');
  expect(syncs).toHaveLength(2);
});

test('what opening wrote is brought to the disk, too', async () => {
  const { syncs, told, tell } = commits();
  void tell('a');
  await settled();
  expect([syncs.length, told]).toEqual([1, []]);
});

test('once the disk failed nothing is told any more', async () => {
  const { syncs, told, onFailed, write, tell } = commits();
  write();
  void tell('a');
  write();
  void tell('b');
  syncs[0]?.reject(new Error('EIO'));
  await settled();
  expect(told).toEqual(['a: EIO', 'b: EIO']);
  await tell('c');
  // Not even asked again: the kernel may say that all is well.
  expect([told.at(-1), syncs.length, onFailed.mock.calls.length]).toEqual(['c: EIO', 1, 1]);
});
