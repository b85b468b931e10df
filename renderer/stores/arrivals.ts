import { create } from 'zustand';

interface ArrivalsStore {
  /** Recordings added since the window opened. */
  readonly fresh: ReadonlySet<string>;
  /** Those of them whose notice is not dismissed. */
  readonly noticed: ReadonlySet<string>;
  /** Declined offers to join new ones, by the ids of their parts. */
  readonly declined: ReadonlySet<string>;
}

const EMPTY: ArrivalsStore = { fresh: new Set(), noticed: new Set(), declined: new Set() };

/** Recordings new to the user: their rows say when the source is no longer needed. */
export const useArrivals = create<ArrivalsStore>(() => EMPTY);

/** A recording is new. */
export function noteArrival(recordingId: string): void {
  useArrivals.setState(({ fresh, noticed }) => ({
    fresh: new Set(fresh).add(recordingId),
    noticed: new Set(noticed).add(recordingId),
  }));
}

/** The user dismissed the notices. */
export function dismissArrivals(): void {
  useArrivals.setState({ noticed: EMPTY.noticed });
}

/** The user has declined to join these parts. */
export function declineJoining(parts: string): void {
  useArrivals.setState(({ declined }) => ({ declined: new Set(declined).add(parts) }));
}

/** Clears the store: the vault is locked. */
export function clearArrivals(): void {
  useArrivals.setState(EMPTY);
}
