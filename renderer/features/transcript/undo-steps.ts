/**
 * How many of the main process's edits one undo takes back. Typing is stored every moment, but people undo what they did
 * in one go. What was done before the transcript was opened is undone edit by edit.
 */
export class UndoSteps {
  #done: number[] = [];
  #undone: number[] = [];
  #gesture: string | null = null;

  /** Edits were stored; those of the same gesture, without another step between, are one step. */
  add(gesture: string | null, edits = 1): void {
    this.#undone = [];
    const last = this.#done.at(-1);
    if (last !== undefined && gesture !== null && gesture === this.#gesture) {
      this.#done[this.#done.length - 1] = last + edits;
    } else {
      this.#done.push(edits);
    }
    this.#gesture = gesture;
  }

  /** Takes the newest step: how many edits to undo. */
  undo(): number {
    this.#gesture = null;
    const edits = this.#done.pop() ?? 1;
    this.#undone.push(edits);
    return edits;
  }

  /** Takes the step undone last: how many edits to make again. */
  redo(): number {
    this.#gesture = null;
    const edits = this.#undone.pop() ?? 1;
    this.#done.push(edits);
    return edits;
  }
}
