import { useEffect, useRef, useState } from 'react';
import { failureOf } from '../../../src/contract/errors.ts';
import type { ExportChoice } from '../../../src/contract/views.ts';
import { appErrorOf, request } from '../../lib/client.ts';
import { useLibrary } from '../../stores/library.ts';
import { type WritingOutcome, type Written, writeInTurn } from './write-in-turn.ts';

/** The export of several recordings. */
export interface Writing {
  /** How many recordings are done; null while none is being written. */
  readonly done: number | null;
  /** Null before the end. */
  readonly result: Written | null;
  /** Writes recordings one at a time. A failure of one does not stop the others. */
  readonly write: (choice: ExportChoice) => Promise<void>;
  /** Ends after the current recording. */
  readonly stop: () => void;
  /** Clears the result, to export again. */
  readonly clear: () => void;
}

/**
 * Writes recordings one by one, for progress and cancellation; unmounting cancels too. With a version, writes that of
 * the one recording.
 */
export function useWriting(
  recordingIds: readonly string[],
  versionId?: string,
  pseudonymised = false,
): Writing {
  const [done, setDone] = useState<number | null>(null);
  const [result, setResult] = useState<Written | null>(null);
  const isStopped = useRef(false);
  const stop = () => {
    isStopped.current = true;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it touches nothing but the reference
  useEffect(() => stop, []);

  const write = async (choice: ExportChoice): Promise<void> => {
    if (done !== null) return;
    isStopped.current = false;
    const all = await writeInTurn(
      recordingIds,
      (recordingId) => writeOne(recordingId, choice, { versionId, pseudonymised }, recordingIds),
      setDone,
      () => isStopped.current,
    );
    setDone(null);
    setResult(all);
  };
  return { done, result, write, stop, clear: () => setResult(null) };
}

async function writeOne(
  recordingId: string,
  choice: ExportChoice,
  what: { readonly versionId: string | undefined; readonly pseudonymised: boolean },
  together: readonly string[],
): Promise<WritingOutcome> {
  try {
    const among = [...together];
    return await request('exports.write', { recordingIds: [recordingId], choice, ...what, among });
  } catch (thrown) {
    const name = useLibrary.getState().recordings.get(recordingId)?.name ?? '';
    return { written: [], failed: [{ name, failure: failureOf(appErrorOf(thrown)) }] };
  }
}
