import type { Marker } from '../../../../src/contract/capture.ts';
import type { SegmentTable } from './segment-table.ts';
import { placeWords } from './word-places.ts';

/** A marker with its place in the document: before this character. */
export interface PlacedMarker {
  readonly marker: Marker;
  readonly position: number;
}

/**
 * The places of markers, in the order of their times: each before the word that was being said, or said next. After all
 * words it is the document's end.
 */
export function placeMarkers(
  { segments, from, to }: Pick<SegmentTable, 'segments' | 'from' | 'to'>,
  textBetween: (from: number, to: number) => string,
  markers: readonly Marker[],
): PlacedMarker[] {
  let index = 0;
  return [...markers]
    .sort((a, b) => a.atMs - b.atMs)
    .map((marker) => {
      while (index < segments.length && (segments[index]?.endMs ?? 0) <= marker.atMs) index += 1;
      const segment = segments[index];
      if (segment === undefined) return { marker, position: to.at(-1) ?? 0 };
      const [start, end] = [from[index] as number, to[index] as number];
      if (segment.startMs >= marker.atMs) return { marker, position: start };
      const word = placeWords(textBetween(start, end), segment.words).find(
        (place) => place.word.endMs > marker.atMs,
      );
      // Without words, or between the last one and the segment's end.
      const behind = segment.words.length === 0 ? start : end;
      return { marker, position: word === undefined ? behind : start + word.from };
    });
}
