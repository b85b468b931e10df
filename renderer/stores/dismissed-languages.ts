import { create } from 'zustand';

interface DismissedLanguages {
  readonly recordingIds: ReadonlySet<string>;
}

/** The recordings whose notice of other languages the user has put away, for as long as the window is open. */
export const useDismissedLanguages = create<DismissedLanguages>(() => ({ recordingIds: new Set() }));

/** Puts the notice of a recording away. */
export function dismissLanguages(recordingId: string): void {
  useDismissedLanguages.setState(({ recordingIds }) => ({
    recordingIds: new Set([...recordingIds, recordingId]),
  }));
}
