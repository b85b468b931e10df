import type { SkippedRange } from '../../../../src/contract/transcript.ts';
import type { RetranscribeChoice } from '../../../stores/navigation.ts';
import { indexesInRange } from '../document/segment-table.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import { rangeChoice, retranscribeChoices } from './retranscribe-choices.ts';

/** What asking to retranscribe needs. */
export interface RetranscribeSurroundings {
  readonly editor: TextEditor;
  readonly skipped: () => readonly SkippedRange[];
  /** The range without a text being played; null if the user is at words. */
  readonly currentRange: () => SkippedRange | null;
  readonly isComplete: () => boolean;
  /** Stores what was typed. */
  readonly flush: () => Promise<void>;
  readonly onAsk: (choices: readonly RetranscribeChoice[]) => void;
}

/** Asks what of a recording to retranscribe. */
export class RetranscribeQuestions {
  readonly #around: RetranscribeSurroundings;

  constructor(surroundings: RetranscribeSurroundings) {
    this.#around = surroundings;
  }

  /** Asks about the position. */
  askAtCaret(): void {
    const { editor, skipped, currentRange, isComplete } = this.#around;
    const { table, view } = editor;
    const { from, to } = view.state.selection.main;
    this.#ask(
      retranscribeChoices({
        segments: table.segments,
        selected: indexesInRange(table, from, to),
        skipped: skipped(),
        range: currentRange(),
        complete: isComplete(),
      }),
    );
  }

  /** Asks about a range without a text. */
  askAbout(range: SkippedRange): void {
    this.#ask([rangeChoice(range), { kind: 'whole', startMs: 0, endMs: null }]);
  }

  #ask(choices: readonly RetranscribeChoice[]): void {
    const { editor, flush, onAsk } = this.#around;
    void flush().then(() => {
      // Afterwards the text has the focus again, whatever opened the dialog.
      editor.focus();
      onAsk(choices);
    });
  }
}
