import { create } from 'zustand';

interface ArrivalsStore {
  /** Recordings that came since the window opened and whose notice has not been put away. */
  readonly fresh: ReadonlySet<string>;
  /** Offers to join new ones that were declined, by the ids of their parts. */
  readonly declined: ReadonlySet<string>;
}

const EMPTY: ArrivalsStore = { fresh: new Set(), declined: new Set() };

/** Which recordings are new to the user: their rows say when the source is no longer needed. */
export const useArrivals = create<ArrivalsStore>(() => EMPTY);

/** A recording has come. */
export function noteArrival(recordingId: string): void {
  useArrivals.setState(({ fresh }) => ({ fresh: new Set(fresh).add(recordingId) }));
}

/** The user has put the notice away. */
export function dismissArrival(recordingId: string): void {
  useArrivals.setState(({ fresh }) => ({ fresh: new Set([...fresh].filter((id) => id !== recordingId)) }));
}

/** The user does not want these parts to be joined. */
export function declineJoining(parts: string): void {
  useArrivals.setState(({ declined }) => ({ declined: new Set(declined).add(parts) }));
}

/** Forgets everything: the vault is locked. */
export function clearArrivals(): void {
  useArrivals.setState(EMPTY);
}
