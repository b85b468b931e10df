import { create } from 'zustand';
import type { ForwardedEvent } from '../../src/contract/events.ts';

/** What came of the final transcript of a capture. */
export type FinalTranscript = Extract<ForwardedEvent, { type: 'finalTranscribed' }>;

interface FinalTranscriptsStore {
  /** By recording; only those made since the window opened. */
  readonly made: Readonly<Record<string, FinalTranscript>>;
}

/** The final transcripts that took the place of live text, whose notices are not dismissed. */
export const useFinalTranscripts = create<FinalTranscriptsStore>(() => ({ made: {} }));

/** A final transcript was made. */
export function takeFinalTranscript(final: FinalTranscript): void {
  useFinalTranscripts.setState(({ made }) => ({ made: { ...made, [final.recordingId]: final } }));
}

/** Dismisses the notice about a recording's final transcript. */
export function dismissFinalTranscript(recordingId: string): void {
  useFinalTranscripts.setState(({ made }) => {
    const { [recordingId]: _gone, ...rest } = made;
    return { made: rest };
  });
}

/** Clears the store: the vault is locked. */
export function clearFinalTranscripts(): void {
  useFinalTranscripts.setState({ made: {} });
}
