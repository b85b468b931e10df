import { create } from 'zustand';

interface OpenTranscriptStore {
  /** Asks what of the open transcript is to be transcribed again; null where none is open. */
  readonly askAgain: (() => void) | null;
}

/** What the transcript on the screen can be asked to do from elsewhere: by the command palette. */
export const useOpenTranscript = create<OpenTranscriptStore>(() => ({ askAgain: null }));

/** A transcript is on the screen; with null it has gone. */
export function transcriptOpened(askAgain: (() => void) | null): void {
  useOpenTranscript.setState({ askAgain });
}
