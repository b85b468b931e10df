import { create } from 'zustand';

interface DismissedLanguages {
  readonly recordingIds: ReadonlySet<string>;
}

/** The recordings whose notice of other languages was dismissed, for the window's lifetime. */
export const useDismissedLanguages = create<DismissedLanguages>(() => ({ recordingIds: new Set() }));

/** Dismisses the notice of a recording. */
export function dismissLanguages(recordingId: string): void {
  useDismissedLanguages.setState(({ recordingIds }) => ({
    recordingIds: new Set([...recordingIds, recordingId]),
  }));
}
