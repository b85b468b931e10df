import type { RequestOutput } from '../../../src/contract/ipc.ts';

/** One recording's outcome. */
export type WritingOutcome = RequestOutput<'exports.write'>;

/** What was written, what failed, and how many recordings were skipped. */
export type Written = WritingOutcome & { readonly left: number };

/**
 * Writes recordings one at a time. `onBegin` receives before each how many are done; once `isStopped`, the rest is
 * skipped.
 */
export async function writeInTurn(
  recordingIds: readonly string[],
  writeOne: (recordingId: string) => Promise<WritingOutcome>,
  onBegin: (done: number) => void,
  isStopped: () => boolean,
): Promise<Written> {
  const outcomes: WritingOutcome[] = [];
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
