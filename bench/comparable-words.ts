/**
 * The words of a text as word error rates compare them: lower case, without punctuation. An apostrophe inside a word
 * is dropped (`o'clock` is one word); any other punctuation separates words. Accents count.
 */
export function comparableWords(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/(?<=\p{L})['’](?=\p{L})/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}
