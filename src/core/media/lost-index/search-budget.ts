/** Work in vain for each byte that is given, at most, in bytes looked at. */
const FOR_EACH_BYTE = 4;

/** Ends a search in bytes that were made to look at each place like what is searched for: it must not cost hours. */
export class SearchBudget {
  #left = 0;

  /** So many more bytes have come. */
  grant(bytes: number): void {
    this.#left += FOR_EACH_BYTE * bytes;
  }

  /** So many bytes were looked at in vain. */
  spend(bytes: number): void {
    this.#left -= bytes;
  }

  get isOver(): boolean {
    return this.#left <= 0;
  }
}
