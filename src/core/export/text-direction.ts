import { isRightToLeft } from './transcript-facts.ts';

/** The direction of a text. */
export type Direction = 'leftToRight' | 'rightToLeft';

const LETTER = /\p{L}/gu;
// Letters of the scripts that Unicode's bidirectional algorithm (UAX #9) classes as R and AL.
const RIGHT_TO_LEFT_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

const LEFT_TO_RIGHT_MARK = '\u200E';
const RIGHT_TO_LEFT_MARK = '\u200F';
const LEFT_TO_RIGHT_EMBEDDING = '\u202A';
const RIGHT_TO_LEFT_EMBEDDING = '\u202B';
const POP_DIRECTION = '\u202C';

/**
 * The direction of a text in a language: that of most of its letters. A text of a right-to-left language
 * is right-to-left as soon as it has any letter of its script; one without is unchanged, `OK.` for instance.
 */
export function directionOf(text: string, language: string): Direction {
  const letters = text.match(LETTER) ?? [];
  const toLeft = letters.filter((letter) => RIGHT_TO_LEFT_LETTER.test(letter)).length;
  if (toLeft === 0) return 'leftToRight';
  return isRightToLeft(language) || toLeft * 2 > letters.length ? 'rightToLeft' : 'leftToRight';
}

/** Whether a name is read from right to left. */
export function isNameRightToLeft(name: string): boolean {
  return firstDirection(name) === 'rightToLeft';
}

/** The mark after a name that keeps digits and full stops after it in the direction of the text; empty if none is needed. */
export function directionMark(name: string, direction: Direction): string {
  const own = firstDirection(name);
  if (own === null || own === direction) return '';
  return direction === 'rightToLeft' ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK;
}

/**
 * A line with the control characters that make players show it in its direction, whatever their default: right-to-left
 * lines are embedded (U+202B … U+202C), as Subtitle Edit's "Fix RTL via Unicode control characters" does; so is a
 * left-to-right line that begins with a right-to-left word. Any other line is unchanged.
 */
export function embedded(line: string, direction: Direction): string {
  if (direction === 'rightToLeft') return RIGHT_TO_LEFT_EMBEDDING + line + POP_DIRECTION;
  return firstDirection(line) === 'rightToLeft' ? LEFT_TO_RIGHT_EMBEDDING + line + POP_DIRECTION : line;
}

/** The direction of the first letter; null if there is none. */
function firstDirection(text: string): Direction | null {
  const [letter] = text.match(LETTER) ?? [];
  if (letter === undefined) return null;
  return RIGHT_TO_LEFT_LETTER.test(letter) ? 'rightToLeft' : 'leftToRight';
}
