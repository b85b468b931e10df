import { create } from 'zustand';

interface OpenTranscriptStore {
  /** Asks what of the open transcript to retranscribe; null if none is open. */
  readonly askAgain: (() => void) | null;
  /** Sets a marker at the playhead of the open transcript; null if none is open. */
  readonly setMarker: (() => void) | null;
  /** Opens the speakers of the open transcript; null if none is open. */
  readonly showSpeakers: (() => void) | null;
  /** Inserts the snippet at a place, from 1, into the open transcript; null if none is open. */
  readonly insertSnippet: ((place: number) => void) | null;
  /** Opens the question whether the open transcript is checked; null if none is open. */
  readonly showChecked: (() => void) | null;
  /** Opens the pseudonyms of the open transcript; null if none is open. */
  readonly showPseudonyms: (() => void) | null;
  /** Plays what of the open transcript's recording was not heard yet; null if none is open. */
  readonly playUnheard: (() => void) | null;
  readonly copyCitation: (() => void) | null;
  readonly goToCitation: (() => void) | null;
}

const CLOSED: OpenTranscriptStore = {
  askAgain: null,
  setMarker: null,
  showSpeakers: null,
  insertSnippet: null,
  showChecked: null,
  showPseudonyms: null,
  playUnheard: null,
  copyCitation: null,
  goToCitation: null,
};

/** Actions of the open transcript for use elsewhere: in the command palette. */
export const useOpenTranscript = create<OpenTranscriptStore>(() => CLOSED);

/** A transcript is on the screen; null if closed. */
export function transcriptOpened(actions: OpenTranscriptStore | null): void {
  useOpenTranscript.setState(actions ?? CLOSED);
}
