import { create } from 'zustand';
import type { RecordingView } from '../../src/contract/views.ts';

interface LibraryStore {
  readonly loaded: boolean;
  readonly recordings: ReadonlyMap<string, RecordingView>;
}

const EMPTY: LibraryStore = { loaded: false, recordings: new Map() };

/** Every recording of the vault, those in the bin included, by id. */
export const useLibrary = create<LibraryStore>(() => EMPTY);

/** Takes the whole library. */
export function takeLibrary(recordings: readonly RecordingView[]): void {
  useLibrary.setState({ loaded: true, recordings: new Map(recordings.map((r) => [r.id, r])) });
}

/** Takes rows that changed or went. */
export function takeLibraryChange(changed: readonly RecordingView[], removed: readonly string[]): void {
  const recordings = new Map(useLibrary.getState().recordings);
  for (const recording of changed) recordings.set(recording.id, recording);
  for (const id of removed) recordings.delete(id);
  useLibrary.setState({ recordings });
}

/** Which place in the queue a position is: 1 for the next job. */
export function queuePlace(recordings: ReadonlyMap<string, RecordingView>, position: number): number {
  let positions = queuedPositions.get(recordings);
  if (positions === undefined) {
    const queued = [...recordings.values()].flatMap(({ job }) =>
      job?.state === 'queued' ? [job.position] : [],
    );
    positions = new Float64Array(queued).sort();
    queuedPositions.set(recordings, positions);
  }
  // How many come before, by halving: every row that waits asks, whenever any row changes.
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** The positions of the queued jobs in order, once for each state of the library. */
const queuedPositions = new WeakMap<ReadonlyMap<string, RecordingView>, Float64Array>();

/** The playhead of a transcript stands somewhere else. */
export function notePlayhead(recordingId: string, placeMs: number): void {
  const recording = useLibrary.getState().recordings.get(recordingId);
  if (recording !== undefined) takeLibraryChange([{ ...recording, placeMs }], []);
}

/** Forgets everything: the vault is locked. */
export function clearLibrary(): void {
  useLibrary.setState(EMPTY, true);
}
