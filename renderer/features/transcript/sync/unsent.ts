import type { EditableSegment } from '../../../../src/contract/views.ts';
import { indexesOf } from '../document/segment-indexes.ts';
import type { CurrentStep, SavedState, Step, SyncedTexts, SyncState, TypedRun } from './sync-state.ts';

/** Whether the outgoing run at this index is being stored. */
function isInFlight({ phase }: CurrentStep, place: number): boolean {
  return place === 0 && phase === 'storing';
}

/** All unsaved texts, the newest of each segment. `isOnItsWay` includes what is being stored. */
export function unsentTexts({ current, queue }: SyncState, isOnItsWay: boolean): Map<string, string> {
  const outgoing = current?.outgoing.filter((_, place) => isOnItsWay || !isInFlight(current, place)) ?? [];
  return new Map([...textsOfRuns(outgoing), ...queue.flatMap(({ texts }) => [...texts])]);
}

/** Whether any typed text is unsaved. */
export function hasUnsent({ current, queue }: SyncState): boolean {
  const isTyped = ({ texts, begun }: Step) => texts.size > 0 || begun !== null;
  return queue.some(isTyped) || (current !== null && (current.outgoing.length > 0 || current.begun !== null));
}

/** Whether everything is stored, as displayed. */
export function savedState(state: SyncState): SavedState {
  if (state.current !== null) return 'saving';
  if (state.hasFailed) return 'failed';
  return hasUnsent(state) ? 'saving' : 'saved';
}

/**
 * Changes the unsaved texts that are not being stored: those of the step in progress first, then those of each
 * queued step, from the oldest typing to the newest.
 * @param segments the list whose neighbouring segments are sent together.
 */
export function withUnsent(
  state: SyncState,
  segments: readonly EditableSegment[],
  change: (layers: Map<string, string>[]) => void,
): SyncState {
  const { current, queue } = state;
  const inFlight = current?.outgoing.filter((_, place) => isInFlight(current, place)) ?? [];
  const waiting = current?.outgoing.slice(inFlight.length) ?? [];
  const layers = [new Map(textsOfRuns(waiting)), ...queue.map(({ texts }) => new Map(texts))];
  change(layers);
  const [first = new Map<string, string>(), ...others] = layers;
  return {
    ...state,
    queue: queue.map((step, place) => ({ ...step, texts: others[place] ?? step.texts })),
    current: current === null ? null : { ...current, outgoing: [...inFlight, ...runsOf(segments, first)] },
  };
}

/** These texts as runs of neighbouring segments, in the order of the text; those of absent segments are left out. */
export function runsOf(segments: readonly EditableSegment[], texts: SyncedTexts): TypedRun[] {
  const indexes = indexesOf(segments);
  const places = [...texts.keys()].flatMap((id) => indexes.get(id) ?? []).sort((a, b) => a - b);
  const runs: { ids: string[]; texts: string[] }[] = [];
  let last = -2;
  for (const place of places) {
    if (place !== last + 1) runs.push({ ids: [], texts: [] });
    const { id } = segments[place] as EditableSegment;
    runs.at(-1)?.ids.push(id);
    runs.at(-1)?.texts.push((texts.get(id) ?? '').trim());
    last = place;
  }
  return runs;
}

/** The texts of runs by segment id. */
export function textsOfRuns(runs: readonly TypedRun[]): SyncedTexts {
  return new Map(runs.flatMap(({ ids, texts }) => ids.map((id, index) => [id, texts[index] ?? ''] as const)));
}
