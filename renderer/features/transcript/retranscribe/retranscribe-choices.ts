import type { SkippedRange } from '../../../../src/contract/transcript.ts';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import type { RetranscribeChoice } from '../../../stores/navigation.ts';

/** The user's position: the selected segments of a text, or the one with the caret. */
export interface RetranscribePlace {
  readonly segments: readonly EditableSegment[];
  /** Indexes of the first and the last selected segment; null if there is no text. */
  readonly selected: { readonly first: number; readonly last: number } | null;
  readonly skipped: readonly SkippedRange[];
  /** The range being played; null if the user is at words. */
  readonly range: SkippedRange | null;
  /** In an unfinished text, no single passage can be retranscribed. */
  readonly complete: boolean;
}

/**
 * What may be retranscribed from the user's position, the likeliest first; of ranges without a text the nearest
 * ones, those that were not understood before the silences.
 */
export function retranscribeChoices({
  segments,
  selected,
  skipped,
  range,
  complete,
}: RetranscribePlace): RetranscribeChoice[] {
  const whole: RetranscribeChoice = { kind: 'whole', startMs: 0, endMs: null };
  const unclear = skipped.filter(({ reason }) => reason === 'notUnderstood');
  const silent = skipped.filter(({ reason }) => reason === 'noSpeech');
  if (selected === null) return [...(complete ? [...unclear, ...silent].map(rangeChoice) : []), whole];
  const chosen = segments.slice(selected.first, selected.last + 1);
  const startMs = Math.min(...chosen.map((segment) => segment.startMs));
  const endMs = Math.max(...chosen.map((segment) => segment.endMs));
  const fromHere: RetranscribeChoice[] =
    selected.first === 0 ? [] : [{ kind: 'fromHere', startMs, endMs: null }];
  if (!complete) return [...fromHere, whole];
  const passage: RetranscribeChoice = {
    kind: 'passage',
    startMs,
    endMs,
    text: chosen.map(({ text }) => text).join(' '),
  };
  const near = [...nearest(unclear, startMs), ...nearest(silent, startMs)].filter((one) => one !== range);
  return [
    ...(range === null ? [] : [rangeChoice(range)]),
    passage,
    ...near.map(rangeChoice),
    ...fromHere,
    whole,
  ];
}

/** The choice for a range without a text. */
export function rangeChoice({ startMs, endMs, reason }: SkippedRange): RetranscribeChoice {
  return { kind: reason === 'notUnderstood' ? 'unclear' : 'stretch', startMs, endMs };
}

function nearest(ranges: readonly SkippedRange[], timeMs: number): SkippedRange[] {
  const before = ranges.findLast(({ startMs }) => startMs < timeMs);
  const behind = ranges.find(({ startMs }) => startMs >= timeMs);
  return [before, behind].filter((range) => range !== undefined);
}
