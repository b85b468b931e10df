import { create } from 'zustand';

interface OpenTranscriptStore {
  /** Asks what of the open transcript to retranscribe; null if none is open. */
  readonly askAgain: (() => void) | null;
}

/** Actions of the open transcript for use elsewhere: in the command palette. */
export const useOpenTranscript = create<OpenTranscriptStore>(() => ({ askAgain: null }));

/** A transcript is on the screen; null if closed. */
export function transcriptOpened(askAgain: (() => void) | null): void {
  useOpenTranscript.setState({ askAgain });
}
