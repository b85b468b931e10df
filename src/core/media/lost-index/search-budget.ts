/** Most bytes searched in vain for each byte of input. */
const FOR_EACH_BYTE = 4;

/** Ends a search in bytes made to resemble a match at each position: it must not cost hours. */
export class SearchBudget {
  #left = 0;

  /** Adds so many bytes of input. */
  grant(bytes: number): void {
    this.#left += FOR_EACH_BYTE * bytes;
  }

  /** Subtracts so many bytes searched in vain. */
  spend(bytes: number): void {
    this.#left -= bytes;
  }

  get isOver(): boolean {
    return this.#left <= 0;
  }
}
