import type { RequestOutput } from '../../../src/contract/ipc.ts';

/** What came of one recording. */
export type Outcome = RequestOutput<'exports.write'>;

/** What was written, what failed, and how many recordings were not come to. */
export type Written = Outcome & { readonly left: number };

/**
 * Writes one recording after the other. `onBegin` is told before each how many are done; once `isStopped`, those that
 * have not begun are left.
 */
export async function writeInTurn(
  recordingIds: readonly string[],
  writeOne: (recordingId: string) => Promise<Outcome>,
  onBegin: (done: number) => void,
  isStopped: () => boolean,
): Promise<Written> {
  const outcomes: Outcome[] = [];
  for (const recordingId of recordingIds) {
    if (isStopped()) break;
    onBegin(outcomes.length);
    outcomes.push(await writeOne(recordingId));
  }
  return {
    written: outcomes.flatMap(({ written }) => written),
    failed: outcomes.flatMap(({ failed }) => failed),
    left: recordingIds.length - outcomes.length,
  };
}
