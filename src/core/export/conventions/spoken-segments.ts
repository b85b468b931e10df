import type { Span } from '../../../contract/audio.ts';
import type { Segment, Word } from '../../../contract/transcript.ts';

/** A word on its way to the page: with its times, if they are known. */
export interface SpokenWord {
  readonly text: string;
  readonly span: Span | null;
}

/** A segment as words. */
export interface SpokenSegment {
  readonly segment: Segment;
  readonly words: readonly SpokenWord[];
}

/** The words of a segment: those with times if they restore its text, else the pieces between its blanks, without times. */
export function spokenWords({ text, words }: Pick<Segment, 'text' | 'words'>): SpokenWord[] {
  const pieces = text.split(/\s+/u).filter((piece) => piece !== '');
  const isAligned = pieces.length === words.length && words.every((word, at) => word.text === pieces[at]);
  return pieces.map((piece, at) => ({ text: piece, span: isAligned ? spanOf(words[at]) : null }));
}

function spanOf(word: Word | undefined): Span | null {
  return word === undefined ? null : { startMs: word.startMs, endMs: word.endMs };
}

/** When speech of a segment begins and ends: by its words, if their times are known. */
export function spokenSpan({ segment, words }: SpokenSegment): Span {
  return {
    startMs: words[0]?.span?.startMs ?? segment.startMs,
    endMs: words.at(-1)?.span?.endMs ?? segment.endMs,
  };
}
