import type { Span } from '../../contract/audio.ts';
import type { TextFit, TextPassage } from '../../contract/existing-text.ts';
import type { Pair } from '../text-alignment/common-words.ts';
import { cuesThatAgree } from './cue-times.ts';
import { matchTokens } from './match-words.ts';
import { type Found, placeWords } from './place-words.ts';
import { type PlacedSegment, textSegments } from './text-segments.ts';
import { type Token, tokensOf } from './text-tokens.ts';
import { mostFrequent, type Sound, textWords } from './text-words.ts';

/** An existing text with times. */
export interface AlignedText {
  readonly segments: readonly PlacedSegment[];
  readonly fit: TextFit;
  /** Where some words were heard that the text does not have. */
  readonly notInText: readonly Span[];
}

/**
 * Gives an existing text the times of what was heard: words found in the sound have the times of what was heard, those
 * between them are spread over the time that is left. Times of the text's own file count where the sound agrees with them.
 */
export function alignText(passages: readonly TextPassage[], sound: Sound): AlignedText {
  const language = mostFrequent(sound.heard.map((word) => word.language)) ?? sound.language;
  const words = textWords(passages, language);
  const texts = tokensOf(
    words.map(({ text }) => text),
    language,
  );
  const heard = tokensOf(
    sound.heard.map(({ text }) => text),
    language,
  );
  const passageOf = (token: number) => words[texts[token]?.from ?? 0]?.passage ?? 0;
  const startOf = (token: number) => sound.heard[heard[token]?.from ?? 0]?.startMs ?? 0;
  let pairs = matchTokens(texts, heard);
  const cues = cuesThatAgree(
    passages,
    pairs.map(([text, at]) => [passageOf(text), startOf(at)] as const),
  );
  if (cues !== null)
    pairs = matchTokens(texts, heard, (text, at) => cues.isNear(passageOf(text), startOf(at)));
  const placed = placeWords(
    words,
    sound,
    foundWords(pairs, texts, heard),
    (passage) => cues?.boundsOf(passage) ?? null,
  );
  const { segments, notHeard } = textSegments(passages, words, placed.words, { ...sound, language });
  const found = placed.words.filter(({ heard: found }) => found !== null).length;
  return {
    segments,
    fit: { words: words.length, foundWords: found, notHeard, notInText: placed.notInText.length },
    notInText: placed.notInText,
  };
}

/** The words of pairs of tokens. Several tokens of one word, on either side, are found together. */
function foundWords(pairs: readonly Pair[], texts: readonly Token[], heard: readonly Token[]): Found[] {
  const found: Found[] = [];
  for (const [textAt, heardAt] of pairs) {
    const [text, other] = [texts[textAt], heard[heardAt]];
    if (text === undefined || other === undefined) continue;
    const last = found.at(-1);
    if (last !== undefined && (text.from < last.text.to || other.from < last.heard.to)) {
      found[found.length - 1] = {
        text: { from: last.text.from, to: Math.max(last.text.to, text.to) },
        heard: { from: last.heard.from, to: Math.max(last.heard.to, other.to) },
      };
    } else found.push({ text: { from: text.from, to: text.to }, heard: { from: other.from, to: other.to } });
  }
  return found;
}
