import type { EngineWord } from '../src/contract/engine.ts';

/** A token as the model wrote it: bytes of UTF-8 that may end inside a character. */
export interface Token {
  bytes: Uint8Array;
  startMs: number;
  endMs: number;
  probability: number;
}

/** One or more tokens that together form whole characters. */
interface Piece {
  text: string;
  tokens: Token[];
}

// Scripts without spaces between words: there, each piece that begins with such a character is a word.
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}';
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]\\p{M}*$`, 'u');
const BEGINS_LETTER = /^[\p{L}\p{N}]/u;

/**
 * Groups tokens into words: a word begins at a space, in scripts without spaces at every piece starting with a letter,
 * of them, and never inside a character. The words' texts concatenate to the tokens' text.
 * A word's probability is the mean of its tokens'. It begins with its first token, but not before the word ahead of it, and
 * ends with its last.
 */
export function groupWords(tokens: Token[]): EngineWord[] {
  const groups: Piece[][] = [];
  for (const piece of wholeCharacters(tokens)) {
    const current = groups.at(-1);
    if (current === undefined || beginsWord(piece, current)) groups.push([piece]);
    else current.push(piece);
  }
  return timed(groups);
}

function beginsWord(piece: Piece, current: Piece[]): boolean {
  const before = current.map(({ text }) => text).join('');
  if (before.trim() === '') return false;
  if (/^\s/.test(piece.text) || BEGINS_UNSPACED.test(piece.text)) return true;
  return ENDS_UNSPACED.test(before) && BEGINS_LETTER.test(piece.text);
}

function wholeCharacters(tokens: Token[]): Piece[] {
  const pieces: Piece[] = [];
  let open: Token[] = [];
  for (const token of tokens) {
    open.push(token);
    const bytes = Buffer.concat(open.map((one) => one.bytes));
    if (endsInsideCharacter(bytes)) continue;
    pieces.push({ text: bytes.toString('utf8'), tokens: open });
    open = [];
  }
  if (open.length > 0) {
    pieces.push({ text: Buffer.concat(open.map((one) => one.bytes)).toString('utf8'), tokens: open });
  }
  return pieces;
}

/** Whether the last character is incomplete UTF-8. Invalid bytes count as complete. */
function endsInsideCharacter(bytes: Uint8Array): boolean {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back;
  }
  return false;
}

function timed(groups: Piece[][]): EngineWord[] {
  let previousMs = 0;
  return groups.map((group) => {
    const tokens = group.flatMap((piece) => piece.tokens);
    const startMs = Math.max(previousMs, tokens[0]?.startMs ?? 0);
    previousMs = startMs;
    return {
      startMs,
      endMs: Math.max(startMs, tokens.at(-1)?.endMs ?? 0),
      text: group.map((piece) => piece.text).join(''),
      probability: tokens.reduce((sum, token) => sum + token.probability, 0) / Math.max(1, tokens.length),
    };
  });
}
