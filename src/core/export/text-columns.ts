const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;

/**
 * Width of a text in columns. Wide characters (Han, kana, Hangul) have two, as on screen. Never less than its
 * UTF-16 length, which is what other programs may count.
 */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : character.length;
  return columns;
}
