import type { Span } from '../../../src/contract/audio.ts';
import type { EditableSegment } from '../../../src/contract/views.ts';
import type { RerunChoice } from '../../stores/navigation.ts';

/** What the user is at: the selected segments of a text, or the one with the caret. */
export interface RerunPlace {
  readonly segments: readonly EditableSegment[];
  /** Places of the first and the last selected segment; null where there is no text. */
  readonly selected: { readonly first: number; readonly last: number } | null;
  readonly skipped: readonly Span[];
  /** Of a text that is not finished, no single passage can be transcribed again. */
  readonly complete: boolean;
}

/** What may be transcribed again from where the user is, the likeliest first; of skipped stretches the nearest ones. */
export function rerunChoices({ segments, selected, skipped, complete }: RerunPlace): RerunChoice[] {
  const whole: RerunChoice = { kind: 'whole', startMs: 0, endMs: null };
  const stretchChoice = ({ startMs, endMs }: Span): RerunChoice => ({ kind: 'stretch', startMs, endMs });
  if (selected === null) return [...(complete ? skipped.map(stretchChoice) : []), whole];
  const chosen = segments.slice(selected.first, selected.last + 1);
  const startMs = Math.min(...chosen.map((segment) => segment.startMs));
  const endMs = Math.max(...chosen.map((segment) => segment.endMs));
  const fromHere: RerunChoice[] = selected.first === 0 ? [] : [{ kind: 'fromHere', startMs, endMs: null }];
  if (!complete) return [...fromHere, whole];
  const passage: RerunChoice = {
    kind: 'passage',
    startMs,
    endMs,
    text: chosen.map(({ text }) => text).join(' '),
  };
  const before = skipped.findLast((stretch) => stretch.startMs < startMs);
  const behind = skipped.find((stretch) => stretch.startMs >= startMs);
  const near = [before, behind].filter((stretch) => stretch !== undefined);
  return [passage, ...near.map(stretchChoice), ...fromHere, whole];
}
