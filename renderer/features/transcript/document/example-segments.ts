import type { EditableSegment } from '../../../../src/contract/views.ts';

/** A segment for tests: 200 ms for each word from its start on, all of the given confidence. */
export function exampleSegment(
  id: string,
  startMs: number,
  text: string,
  more: Partial<EditableSegment> & { readonly wordConfidence?: number } = {},
): EditableSegment {
  const { wordConfidence = 0.95, ...rest } = more;
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return {
    id,
    channel: 0,
    edited: false,
    startMs,
    endMs: startMs + words.length * 200,
    text,
    speaker: null,
    language: 'en',
    confidence: 0.95,
    flags: [],
    words: words.map((word, index) => ({
      startMs: startMs + index * 200,
      endMs: startMs + index * 200 + 180,
      text: word,
      confidence: wordConfidence,
    })),
    ...rest,
  };
}
