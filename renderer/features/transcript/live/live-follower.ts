import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LiveText } from '../../../../src/contract/capture.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';

/** The newest words stay above this share of the screen, so that what comes next can be read without a jump. */
const LOWEST_SHARE = 0.75;
/** A scroll this long after the user's gesture is still the user's. */
const GESTURE_MS = 600;

/**
 * Shows the live text, and keeps its end in sight as long as the reader is there: whoever scrolls back, or works in the
 * text, is not moved.
 */
export class LiveFollower {
  readonly store: StoreApi<{ readonly isFollowing: boolean; readonly isEndInSight: boolean }> = createStore(
    () => ({ isFollowing: true, isEndInSight: true }),
  );
  readonly #editor: TextEditor;
  #gestureAt = Number.NEGATIVE_INFINITY;

  constructor(editor: TextEditor) {
    this.#editor = editor;
  }

  /** Shows what was said since the last segment; null when nothing is being recorded. */
  show(text: LiveText | null): void {
    this.#editor.setLiveEnd(text);
    this.settle();
  }

  /** The text has grown: goes along with it, if the reader does. */
  settle(): void {
    this.#editor.view.requestMeasure({
      key: this,
      read: () => this.#pastLowest(),
      write: (pixels) => {
        const goesAlong = pixels > 0 && this.store.getState().isFollowing;
        if (goesAlong) this.#editor.view.scrollDOM.scrollTop += pixels;
        this.#note(goesAlong ? 0 : pixels);
      },
    });
  }

  /** The user begins to scroll, or works in the text: the text stays where it is. */
  heldByUser(): void {
    this.#gestureAt = performance.now();
    this.store.setState({ isFollowing: false });
  }

  /** The text was scrolled: a user who has come back to its end goes along again. */
  scrolled(): void {
    const pixels = this.#pastLowest();
    this.#note(pixels);
    const isUsers = performance.now() - this.#gestureAt < GESTURE_MS;
    if (isUsers && this.store.getState().isEndInSight) this.store.setState({ isFollowing: true });
  }

  /** To the newest words, and along with them. */
  follow(): void {
    this.store.setState({ isFollowing: true });
    const { view } = this.#editor;
    this.#editor.reveal(view.state.doc.length, 'center');
    this.settle();
  }

  #note(pastLowest: number): void {
    const height = this.#editor.view.scrollDOM.clientHeight;
    const isEndInSight = pastLowest <= height * (1 - LOWEST_SHARE);
    if (isEndInSight !== this.store.getState().isEndInSight) this.store.setState({ isEndInSight });
  }

  /** How many pixels the end of the text is below its lowest place; negative above it. */
  #pastLowest(): number {
    const { view } = this.#editor;
    const frame = view.scrollDOM.getBoundingClientRect();
    const end = view.scrollDOM.querySelector('.vs-live')?.getBoundingClientRect();
    const bottom = end?.bottom ?? view.documentTop + view.contentHeight;
    return bottom - (frame.top + frame.height * LOWEST_SHARE);
  }
}
