/** One line of the provenance page. Hashes are set in a fixed-width font. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly isHash?: boolean;
}

/** Facts that belong together under a heading. */
export interface FactGroup {
  readonly heading: string;
  readonly facts: readonly Fact[];
}
