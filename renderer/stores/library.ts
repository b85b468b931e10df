import { create } from 'zustand';
import type { RecordingView } from '../../src/contract/views.ts';

interface LibraryStore {
  readonly loaded: boolean;
  readonly recordings: ReadonlyMap<string, RecordingView>;
}

const EMPTY: LibraryStore = { loaded: false, recordings: new Map() };

/** Every recording of the vault, including the bin, by id. */
export const useLibrary = create<LibraryStore>(() => EMPTY);

/** Sets the whole library. */
export function takeLibrary(recordings: readonly RecordingView[]): void {
  useLibrary.setState({ loaded: true, recordings: new Map(recordings.map((r) => [r.id, r])) });
}

/** Applies changed or removed rows. */
export function takeLibraryChange(changed: readonly RecordingView[], removed: readonly string[]): void {
  const recordings = new Map(useLibrary.getState().recordings);
  for (const recording of changed) recordings.set(recording.id, recording);
  for (const id of removed) recordings.delete(id);
  useLibrary.setState({ recordings });
}

/** A position's rank in the queue: 1 for the next job. */
export function queuePlace(recordings: ReadonlyMap<string, RecordingView>, position: number): number {
  let positions = queuedPositions.get(recordings);
  if (positions === undefined) {
    const queued = [...recordings.values()].flatMap(({ job }) =>
      job?.state === 'queued' ? [job.position] : [],
    );
    positions = new Float64Array(queued).sort();
    queuedPositions.set(recordings, positions);
  }
  // Binary search: every queued row asks, whenever any row changes.
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** The sorted positions of the queued jobs, cached per state of the library. */
const queuedPositions = new WeakMap<ReadonlyMap<string, RecordingView>, Float64Array>();

/** The playhead of a transcript has moved. */
export function notePlayhead(recordingId: string, placeMs: number): void {
  const recording = useLibrary.getState().recordings.get(recordingId);
  if (recording !== undefined) takeLibraryChange([{ ...recording, placeMs }], []);
}

/** Clears the store: the vault is locked. */
export function clearLibrary(): void {
  useLibrary.setState(EMPTY, true);
}
