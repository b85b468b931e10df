import { readableText } from '../readable-text.ts';
import { directionMark } from '../text-direction.ts';
import type { Chunk } from './cue-chunks.ts';
import { type CueToken, spreadTokens } from './cue-tokens.ts';

/** A chunk with its speaker's name before the words: `Speaker 1:`, or a dash if the speaker is unknown. */
export function withName(chunk: Chunk, lineLength: number): Chunk {
  const [first, ...rest] = chunk.tokens;
  if (first === undefined) return chunk;
  // A dash, as is usual in subtitles, keeps unattributed words from being read as the last speaker's.
  const name = chunk.speaker === null ? '–' : `${readableText(chunk.speaker)}:`;
  const mark = directionMark(name, chunk.direction);
  const nameTokens = spreadTokens(name + mark, first.startMs, first.startMs, lineLength);
  return { ...chunk, tokens: [...nameTokens, { ...first, blankBefore: true }, ...rest] };
}

/** A chunk as it is shown below or above another speaker's: after a dash. */
export function dashed({ tokens }: Pick<Chunk, 'tokens'>): CueToken[] {
  const [first, ...rest] = tokens;
  return first === undefined ? [] : [{ ...first, text: `- ${first.text}` }, ...rest];
}
