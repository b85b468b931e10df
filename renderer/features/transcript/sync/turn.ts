import type { EditableSegment } from '../../../../src/contract/views.ts';
import { speakersOf } from '../document/outlines.ts';
import { rebase } from '../document/rebase.ts';
import { indexesOf, shareIndexes } from '../document/segment-indexes.ts';
import { readTheSame } from '../document/text-change.ts';
import type { SyncEffect } from './sync-events.ts';
import type { CommandOutcome, CurrentStep, Step, SyncedTexts, SyncState, TimerName } from './sync-state.ts';
import { unsentTexts, withUnsent } from './unsent.ts';

const NO_TEXTS: SyncedTexts = new Map();

/** One transition in progress: the state so far, and the effects so far. */
export class Turn {
  state: SyncState;
  readonly effects: SyncEffect[] = [];

  constructor(state: SyncState) {
    this.state = state;
  }

  set(change: Partial<SyncState>): void {
    this.state = { ...this.state, ...change };
  }

  emit(effect: SyncEffect): void {
    this.effects.push(effect);
  }

  /** Changes the step in progress. */
  setCurrent(change: Partial<CurrentStep>): void {
    const { current } = this.state;
    if (current !== null) this.set({ current: { ...current, ...change } });
  }

  /** Ends the step in progress. */
  endStep(outcome: CommandOutcome): void {
    const { current } = this.state;
    this.set({ current: null, hasFailed: !outcome.isDone });
    if (current?.ticket != null) this.emit({ type: 'settle', ticket: current.ticket, outcome });
  }

  startTimer(timer: TimerName, afterMs: number): void {
    const { timers, isClosed } = this.state;
    if (timers.has(timer) || isClosed) return;
    this.set({ timers: new Set([...timers, timer]) });
    this.emit({ type: 'startTimer', timer, afterMs });
  }

  stopTimer(timer: TimerName): void {
    const { timers } = this.state;
    if (!timers.has(timer)) return;
    this.set({ timers: new Set([...timers].filter((one) => one !== timer)) });
    this.emit({ type: 'stopTimer', timer });
  }

  /** Queues newer texts: the last step takes them if they belong to its undo group. */
  typed(texts: SyncedTexts, begun: string | null = null): void {
    const { queue, group } = this.state;
    const last = queue.at(-1);
    if (last !== undefined && last.command === null && last.group === group) {
      const both = { ...last, texts: new Map([...last.texts, ...texts]), begun: begun ?? last.begun };
      this.set({ queue: [...queue.slice(0, -1), both] });
    } else this.set({ queue: [...queue, { texts, begun, group, command: null, ticket: null }] });
  }

  /** Puts texts that could not be stored at the front of the queue; text typed over them since is newer. */
  putBack(texts: SyncedTexts, begun: string | null, group: number): void {
    if (texts.size === 0 && begun === null) return;
    const [first, ...others] = this.state.queue;
    const front: Step = first ?? { texts: NO_TEXTS, begun: null, group, command: null, ticket: null };
    const all = { ...front, texts: new Map([...texts, ...front.texts]), begun: front.begun ?? begun };
    this.set({ queue: [all, ...others] });
  }

  /** Removes the texts of these segments from the queue. */
  takeOut(ids: Iterable<string>): void {
    this.state = withUnsent(this.state, this.state.segments, (layers) => {
      for (const layer of layers) for (const id of ids) layer.delete(id);
    });
  }

  /**
   * Replaces the segments. What the user is typing in a changed one is rebased; in a removed one it is not lost, but
   * moved to its neighbour.
   * @param stored texts that the main process has just received.
   */
  show(segments: readonly EditableSegment[], stored: SyncedTexts = NO_TEXTS): void {
    const before = this.state.segments;
    // Without any segments, the screen may hold a text being begun.
    if (segments === before || (segments.length === 0 && before.length === 0)) return;
    const typed = this.#rebaseUnsent(segments, stored);
    const speakers = speakersOf(segments);
    const isSame =
      speakers.length === this.state.speakers.length &&
      speakers.every((one, index) => one === this.state.speakers[index]);
    this.set({ segments, ...(isSame ? {} : { speakers }) });
    const unsent = unsentTexts(this.state, true);
    this.emit({ type: 'show', segments, held: new Set(unsent.keys()) });
    const texts = typed.map((id) => ({ id, text: (id === null ? this.begun : unsent.get(id)) ?? '' }));
    if (texts.length > 0) this.emit({ type: 'type', texts });
    if (before.length === 0) this.placeBeginning();
  }

  /** Accepts texts as received by the main process, not as changed by it: newer typing is compared to them. */
  takeStored(texts: SyncedTexts): void {
    const before = this.state.segments;
    const segments = before.map((segment) => {
      const text = texts.get(segment.id);
      return text === undefined ? segment : { ...segment, text };
    });
    shareIndexes(segments, before);
    this.set({ segments });
    this.emit({ type: 'takeSegments', segments });
  }

  /** Appends text begun without any segments to those present by now. */
  placeBeginning(): void {
    const last = this.state.segments.at(-1);
    if (last === undefined || this.begun === null) return;
    const { current, queue, storedBeginning } = this.state;
    const begun = [current?.begun ?? null, ...queue.map((step) => step.begun)];
    this.setCurrent({ begun: null });
    this.set({ storedBeginning: '', queue: queue.map((step) => ({ ...step, begun: null })) });
    this.state = withUnsent(this.state, this.state.segments, (layers) => {
      for (const [place, own] of begun.entries()) {
        const words = own === null ? '' : rebase(storedBeginning, own, '');
        if (words !== '') layers[place]?.set(last.id, `${last.text} ${words}`);
      }
    });
    const text = unsentTexts(this.state, true).get(last.id);
    if (text !== undefined) this.emit({ type: 'type', texts: [{ id: last.id, text }] });
  }

  /** The newest text begun without any segments; null if none. */
  get begun(): string | null {
    const { current, queue } = this.state;
    return queue.findLast(({ begun }) => begun !== null)?.begun ?? current?.begun ?? null;
  }

  /**
   * Rebases unsaved text onto the next segments: if the main process has changed what the user is typing in, by an
   * undo for instance, their changes are applied to that; text typed in a removed segment is added to its neighbour.
   * Returns the ids of the segments whose displayed text changes as a result, null for a text without segments.
   */
  #rebaseUnsent(next: readonly EditableSegment[], stored: SyncedTexts): (string | null)[] {
    const { segments } = this.state;
    const [before, places] = [indexesOf(segments), indexesOf(next)];
    const baseOf = (id: string) => stored.get(id) ?? segments[before.get(id) ?? -1]?.text;
    const rebased = new Set<string>();
    const gone: string[] = [];
    for (const id of unsentTexts(this.state, false).keys()) {
      const theirs = next[places.get(id) ?? -1]?.text;
      if (theirs === undefined) gone.push(id);
      else if (!readTheSame(baseOf(id) ?? theirs, theirs)) rebased.add(id);
    }
    if (gone.length === 0 && rebased.size === 0) return [];
    const added = new Set<string | null>();
    const begun = new Map<number, string>();
    this.state = withUnsent(this.state, next, (layers) => {
      for (const layer of layers)
        for (const [id, text] of layer) {
          const theirs = next[places.get(id) ?? -1]?.text;
          if (rebased.has(id)) layer.set(id, rebase(baseOf(id) ?? '', text, theirs ?? ''));
        }
      for (const id of gone) {
        const neighbour = neighbourOf(id, segments, next);
        const words = addToNeighbour(layers, id, baseOf(id) ?? '', neighbour);
        if (neighbour === null) for (const [place, own] of words) begun.set(place, own);
        if (words.size > 0) added.add(neighbour?.id ?? null);
      }
    });
    this.#begin(begun);
    return [...new Set([...rebased, ...added])];
  }

  /** Text typed without any segments, by the layers that hold it. */
  #begin(words: ReadonlyMap<number, string>): void {
    if (words.size === 0) return;
    this.setCurrent({ begun: words.get(0) ?? this.state.current?.begun ?? null });
    this.set({
      queue: this.state.queue.map((step, place) => ({ ...step, begun: words.get(place + 1) ?? step.begun })),
    });
  }
}

/** The segment before a removed one, among the remaining; else the one after it; null if none remains. */
function neighbourOf(
  id: string,
  segments: readonly EditableSegment[],
  next: readonly EditableSegment[],
): EditableSegment | null {
  const places = indexesOf(next);
  const place = indexesOf(segments).get(id) ?? 0;
  const stays = (segment: EditableSegment) => places.has(segment.id);
  const neighbour = segments.slice(0, place).findLast(stays) ?? segments.slice(place).find(stays);
  return next[places.get(neighbour?.id ?? '') ?? next.length - 1] ?? null;
}

/** Moves words typed in a removed segment to the end of its neighbour's text; returns them by layer. */
function addToNeighbour(
  layers: readonly Map<string, string>[],
  id: string,
  base: string,
  neighbour: EditableSegment | null,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let words = '';
  let stands = neighbour?.text ?? '';
  for (const [place, layer] of layers.entries()) {
    const typed = layer.get(id);
    const own = neighbour === null ? undefined : layer.get(neighbour.id);
    stands = own ?? stands;
    if (typed !== undefined) words = rebase(base, typed, '');
    layer.delete(id);
    if ((typed === undefined && own === undefined) || words === '') continue;
    found.set(place, words);
    if (neighbour !== null) layer.set(neighbour.id, `${stands.trimEnd()} ${words}`.trim());
  }
  return found;
}
