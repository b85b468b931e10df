import { create } from 'zustand';

interface ArrivalsStore {
  /** Recordings that came since the window opened and whose notice has not been put away. */
  readonly fresh: ReadonlySet<string>;
}

/** Which recordings are new to the user: their rows say when the source is no longer needed. */
export const useArrivals = create<ArrivalsStore>(() => ({ fresh: new Set() }));

/** A recording has come. */
export function noteArrival(recordingId: string): void {
  useArrivals.setState(({ fresh }) => ({ fresh: new Set(fresh).add(recordingId) }));
}

/** The user has put the notice away. */
export function dismissArrival(recordingId: string): void {
  useArrivals.setState(({ fresh }) => ({ fresh: new Set([...fresh].filter((id) => id !== recordingId)) }));
}

/** Forgets everything: the vault is locked. */
export function clearArrivals(): void {
  useArrivals.setState({ fresh: new Set() });
}
