const INVISIBLE = /^[\p{M}\p{Cf}]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

/** Columns of a text on a terminal: East Asian characters have two, combining accents none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** Shortens a text to at most this many columns, by `…` in its middle, so that the extension stays. */
export function shortened(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns < 1) return '';
  const characters = [...text];
  const tailColumns = Math.floor((columns - 1) / 2);
  const tail = fitting(characters.toReversed(), tailColumns).reverse().join('');
  return `${fitting(characters, columns - 1 - displayWidth(tail)).join('')}…${tail}`;
}

/** Pads a text with spaces to this many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

function fitting(characters: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let width = 0;
  for (const character of characters) {
    width += columnsOf(character);
    if (width > columns) break;
    taken.push(character);
  }
  return taken;
}

function columnsOf(character: string): number {
  if (INVISIBLE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
