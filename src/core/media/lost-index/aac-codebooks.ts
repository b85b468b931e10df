/**
 * The Huffman codebooks of AAC (ISO/IEC 14496-3, tables 4.A.1 to 4.A.12), as far as a frame's length needs them. All of them are
 * canonical: the codewords follow from their counts by length.
 */

/** One codebook: how a codeword is found, and what follows it. */
export interface Codebook {
  /** Spectral values that a codeword encodes. */
  readonly values: number;
  /** How many codewords have 1 bit, 2 bits and so on. */
  readonly counts: readonly number[];
  /**
   * For each codeword in order: the sign bits that follow it; in the last codebook three more for each escape after them.
   * Empty if nothing follows.
   */
  readonly follow: Uint8Array;
}

function codebook(values: number, counts: readonly number[], follow = ''): Codebook {
  return { values, counts, follow: Uint8Array.from(follow, Number) };
}

/** The codebook of scale factors. */
// biome-ignore format: a table
export const SCALE_FACTOR_CODEBOOK: Codebook =
  codebook(1, [1, 0, 1, 3, 2, 4, 3, 5, 4, 6, 6, 6, 5, 8, 4, 7, 3, 7, 46]);

/** The codebooks of spectral values by their number; the first means "no values". */
// biome-ignore format: a table
export const SPECTRUM_CODEBOOKS: readonly (Codebook | null)[] = [
  null,
  codebook(4, [1, 0, 0, 0, 8, 0, 24, 0, 24, 8, 16]),
  codebook(4, [0, 0, 1, 1, 7, 24, 15, 19, 14]),
  codebook(4, [1, 0, 0, 4, 2, 6, 3, 5, 15, 15, 8, 9, 3, 3, 5, 2], '011112222232343311223232331221224334323244332333223243344233333344442233434443233'),
  codebook(4, [0, 0, 0, 10, 6, 0, 9, 21, 8, 14, 11, 2], '433331202222121144443333333333332222222222221111444444333333333433344422222243333'),
  codebook(2, [1, 0, 0, 4, 4, 0, 4, 12, 12, 12, 18, 10, 4]),
  codebook(2, [0, 0, 0, 9, 0, 16, 13, 8, 23, 8, 4]),
  codebook(2, [1, 0, 2, 1, 0, 4, 5, 10, 14, 15, 8, 4], '0112221122211222222221122212122222222211222222222222112222222222'),
  codebook(2, [0, 0, 1, 5, 7, 10, 14, 15, 8, 4], '2212120112222222221122222222221212222222121222222222221212222112'),
  codebook(2, [1, 0, 2, 1, 0, 4, 3, 8, 11, 20, 31, 38, 32, 14, 4], '0112221122211222222221122222221212222222212222222212221222212222112222222222222122212222222222222222222212212222222122222222222222212212222122222222222222222222222222222'),
  codebook(2, [0, 0, 0, 3, 8, 14, 17, 25, 31, 41, 22, 8], '2222112222211222202211222222222222121222222222222121222222222222222222122222122222222222222222121222222212222221222222222222222221212122222222222222212122212221222222122'),
  codebook(2, [0, 0, 0, 2, 6, 7, 16, 59, 55, 95, 43, 6], '0281122222212122222221122222222222222255555251215255552222255225552252555252255222155222212552252522222225221222222122222222222222122222222222422222242122222222222222222222222222222212222222222222222221222222222222222222222222222112222222222222222222222222212212122212222211222212212112112'),
];
