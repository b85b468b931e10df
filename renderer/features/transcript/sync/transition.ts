import type { AppError } from '../../../../src/contract/errors.ts';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import { withKnownWords } from '../document/outlines.ts';
import { partlyShown, patchSegments, withArrivals } from '../document/patches.ts';
import { indexesOf } from '../document/segment-indexes.ts';
import { smallestChange } from '../document/text-change.ts';
import { askedCommand } from './command.ts';
import type { SyncEffect, SyncEvent } from './sync-events.ts';
import {
  type CommandOutcome,
  type CurrentStep,
  factsOf,
  type Step,
  type SyncedTexts,
  type SyncState,
} from './sync-state.ts';
import { Turn } from './turn.ts';
import { hasUnsent, runsOf, savedState, textsOfRuns, unsentTexts } from './unsent.ts';
import { takeWords, wordsFailed, wordsWanted } from './word-loading.ts';

/** A pause after which further typing is another undo group. */
const GROUP_PAUSE_MS = 2000;
/** How long an emptied paragraph with the caret may be rewritten before it is removed. */
const EMPTIED_MS = 30_000;
/** After this the main process also keeps what is not stored. */
const KEEPING_MS = 300;
/** Delay before text that could not be stored is resent. */
const RETRYING_MS = 2000;
/** Segments changed on the screen at once, if there are very many. */
const PART_SEGMENTS = 150;

const DONE: CommandOutcome = { isDone: true, inserted: [], count: 0 };
const FAILED: CommandOutcome = { isDone: false, inserted: [], count: 0 };

/**
 * The next state of an open transcript after an event, and its effects. Typed text is sent at once, or as soon as the
 * step in progress is stored, together with what was typed meanwhile; a command waits until text typed before it is
 * stored. What could not be stored is kept and retried. At most one of `edit`, `ask`, `open` and `pause` is in
 * progress at any time: each is answered by `answered`, `refused`, `opened` or `resumed`.
 */
export function transition(state: SyncState, event: SyncEvent): [SyncState, readonly SyncEffect[]] {
  const turn = new Turn(state);
  take(turn, event);
  advance(turn);
  settle(turn, state);
  return [turn.state, turn.effects];
}

function take(turn: Turn, event: SyncEvent): void {
  switch (event.type) {
    case 'typed':
      typedAt(turn, event.atMs);
      turn.set({ emptied: event.emptied, hasFailed: false });
      turn.stopTimer('emptied');
      typed(turn, event.texts);
      return;
    case 'begunTyping':
      typedAt(turn, event.atMs);
      turn.set({ hasFailed: false });
      if (turn.begun !== event.text) turn.typed(new Map(), event.text);
      return;
    case 'groupBegan':
      turn.set({ group: turn.state.group + 1, emptied: event.emptied });
      if (hasUnsent(turn.state)) turn.set({ hasFailed: false });
      return;
    case 'commanded':
      command(turn, event);
      return;
    case 'answered':
      answered(turn, event);
      return;
    case 'refused':
      refused(turn, event.error);
      return;
    case 'opened': {
      const segments = withKnownWords(event.view.segments, turn.state.segments);
      turn.setCurrent({
        reopened: { view: event.view, segments, count: PART_SEGMENTS, hasEarlier: true, leaving: null },
      });
      showPart(turn);
      return;
    }
    case 'resumed':
      showPart(turn);
      return;
    case 'arrived': {
      const { current, segments, facts } = turn.state;
      if (current !== null)
        turn.setCurrent({ arrivedMeanwhile: [...current.arrivedMeanwhile, ...event.segments] });
      turn.show(withArrivals(segments, event.segments));
      turn.set({ facts: { ...facts, skipped: event.skipped, otherLanguages: event.otherLanguages } });
      return;
    }
    case 'retranscribed':
      command(turn, { command: { kind: 'reopen', beginsGroup: true }, ticket: null });
      return;
    case 'timerEnded':
      turn.set({ timers: new Set([...turn.state.timers].filter((timer) => timer !== event.timer)) });
      if (event.timer === 'keepUnsaved') keepUnsaved(turn);
      else if (event.timer === 'emptied') command(turn, { command: { kind: 'flush' }, ticket: null });
      else turn.set({ hasFailed: false });
      return;
    case 'wordsWanted':
      wordsWanted(turn, event.onScreen);
      return;
    case 'wordsCame':
      takeWords(turn, event.words);
      return;
    case 'wordsFailed':
      wordsFailed(turn);
      return;
    case 'closed':
      for (const timer of turn.state.timers) turn.stopTimer(timer);
      turn.set({ isClosed: true });
  }
}

function typed(turn: Turn, texts: readonly { readonly id: string; readonly text: string }[]): void {
  const unsent = unsentTexts(turn.state, true);
  // Text shown by an effect comes back as typing: that is known.
  const fresh = texts.filter(({ id, text }) => unsent.get(id) !== text);
  if (fresh.length > 0) turn.typed(new Map(fresh.map(({ id, text }) => [id, text])));
}

function typedAt(turn: Turn, atMs: number): void {
  if (atMs - turn.state.typedAtMs > GROUP_PAUSE_MS) turn.set({ group: turn.state.group + 1 });
  turn.set({ typedAtMs: atMs });
}

/** A command builds on all that was typed before. */
function command(turn: Turn, { command, ticket }: Pick<Step, 'ticket'> & { command: Step['command'] }): void {
  const { queue, group } = turn.state;
  const last = queue.at(-1);
  turn.set({ hasFailed: false });
  if (last !== undefined && last.command === null)
    turn.set({ queue: [...queue.slice(0, -1), { ...last, command, ticket }] });
  else turn.set({ queue: [...queue, { texts: new Map(), begun: null, group, command, ticket }] });
}

function reopenSoon(turn: Turn): void {
  if (turn.state.queue.some(({ command: one }) => one?.kind === 'reopen')) return;
  command(turn, { command: { kind: 'reopen', beginsGroup: false }, ticket: null });
}

function answered(turn: Turn, { patches, count }: Extract<SyncEvent, { type: 'answered' }>): void {
  const { current } = turn.state;
  const last = patches?.at(-1);
  if (last !== undefined) turn.set({ canUndo: last.canUndo, canRedo: last.canRedo });
  const inserted = (patches ?? []).flatMap((patch) => patch.inserted);
  switch (current?.phase) {
    case 'storing': {
      const [run, ...outgoing] = current.outgoing;
      turn.setCurrent({ outgoing, phase: 'ready' });
      const stored = textsOfRuns(run === undefined ? [] : [run]);
      if (patches === null) {
        turn.takeStored(stored);
        reopen(turn);
      } else turn.show(patchSegments(turn.state.segments, patches), stored);
      return;
    }
    case 'beginning': {
      turn.setCurrent({ begun: null, phase: 'ready' });
      const [segment] = inserted;
      if (patches === null) {
        turn.set({ storedBeginning: current.begun ?? '' });
        reopen(turn);
      } else if (segment !== undefined && turn.state.segments.length === 0) begin(turn, segment);
      else turn.show(patchSegments(turn.state.segments, patches));
      return;
    }
    case 'asking': {
      const outcome = { isDone: true, inserted: inserted.map(({ id }) => id), count };
      turn.setCurrent({ outcome, phase: 'ready' });
      if (current.command?.kind === 'undo' || current.command?.kind === 'redo')
        turn.set({ group: turn.state.group + 1 });
      if (patches === null) reopen(turn);
      else turn.show(patchSegments(turn.state.segments, patches));
      return;
    }
    case 'storingLeaving':
      if (patches === null) turn.set({ isOutdated: true });
      else turn.show(patchSegments(turn.state.segments, patches));
      leavingStored(turn, current);
  }
}

/** The first segment of a text that had none: what was typed meanwhile is its text too. */
function begin(turn: Turn, segment: EditableSegment): void {
  const segments = [segment];
  turn.set({
    segments,
    queue: turn.state.queue.map(({ begun, ...step }) => ({
      ...step,
      begun: null,
      texts: begun === null ? step.texts : new Map([...step.texts, [segment.id, begun]]),
    })),
    speakers: segment.speaker === null ? [] : [segment.speaker],
  });
  turn.emit({ type: 'begin', segments });
}

function refused(turn: Turn, error: AppError): void {
  const { current } = turn.state;
  if (current === null) return;
  const isChanged = error.code === 'transcript.changed';
  if (isChanged && current.phase === 'storingLeaving' && current.reopened !== null) {
    // No earlier version has those segments: typed text goes to their neighbours.
    turn.setCurrent({ phase: 'showing', reopened: { ...current.reopened, hasEarlier: false } });
    showPart(turn);
    return;
  }
  tell(turn, error);
  if (isChanged && current.phase === 'beginning') {
    // There is a text already: what was typed is appended.
    reopen(turn);
    return;
  }
  const isReopening =
    ['opening', 'showing', 'storingLeaving'].includes(current.phase) || current.command?.kind === 'reopen';
  // For passages that differ from the stored ones, the stored text counts.
  const kept = isChanged && current.phase === 'storing' ? current.outgoing.slice(1) : current.outgoing;
  turn.endStep(FAILED);
  turn.putBack(textsOfRuns(kept), current.begun, current.group);
  if (isReopening) turn.set({ isOutdated: true });
  if (isChanged) reopenSoon(turn);
}

/** Shows an error: once, however often it is retried. */
function tell(turn: Turn, error: AppError): void {
  if (turn.state.told === error.code) return;
  turn.set({ told: error.code });
  turn.emit({ type: 'tell', error, retry: error.code === 'transcript.changed' ? 'reopen' : 'flush' });
}

/** Runs what waits until something has to be awaited. */
function advance(turn: Turn): void {
  for (;;) {
    const { current } = turn.state;
    if (current !== null && current.phase !== 'ready') return;
    if (current === null ? !startNext(turn) : !goOn(turn, current)) return;
  }
}

/** Begins the next step; returns whether there is one. */
function startNext(turn: Turn): boolean {
  const { queue, hasFailed } = turn.state;
  const [step, ...others] = queue;
  if (step === undefined) {
    if (turn.state.isOutdated && !hasFailed) reopenSoon(turn);
    return turn.state.queue.length > 0;
  }
  const hasCommand = queue.some((one) => one.command !== null);
  if (hasFailed && !hasCommand) return false;
  const [sendable, held] = hasCommand ? [step.texts, new Map()] : heldBack(turn.state, step.texts);
  const isBegun = step.begun !== null;
  if (step.command === null && sendable.size === 0 && !isBegun) {
    if (others.length === 0 && held.size > 0) return false;
    turn.set({ queue: others });
    turn.putBack(held, null, step.group);
    return others.length > 0;
  }
  turn.set({ queue: others });
  turn.putBack(held, null, step.group);
  turn.set({
    current: {
      ...step,
      texts: sendable,
      phase: 'ready',
      outgoing: runsOf(turn.state.segments, sendable),
      reopened: null,
      arrivedMeanwhile: [],
      before: null,
      outcome: null,
    },
  });
  return true;
}

/** What may be sent, and what is held back: a just emptied paragraph may be rewritten. */
function heldBack(
  { emptied, segments }: SyncState,
  texts: SyncedTexts,
): [sendable: SyncedTexts, held: SyncedTexts] {
  const isHeld = (id: string, text: string) =>
    segments.length > 1 && emptied.includes(id) && text.trim() === '';
  const held = new Map([...texts].filter(([id, text]) => isHeld(id, text)));
  return held.size === 0 ? [texts, held] : [new Map([...texts].filter(([id]) => !held.has(id))), held];
}

/** Advances the step in progress; returns whether that completes at once. */
function goOn(turn: Turn, current: CurrentStep): boolean {
  const { segments } = turn.state;
  if (current.begun !== null) return storeBeginning(turn, current.begun);
  const [run] = current.outgoing;
  if (run !== undefined) {
    turn.setCurrent({ phase: 'storing' });
    turn.emit({ type: 'edit', segments: run.ids, texts: run.texts, group: current.group });
    return false;
  }
  if (current.command === null || current.outcome !== null) {
    finish(turn, current);
    return true;
  }
  const { command: next } = current;
  turn.setCurrent({ outcome: DONE, before: segments });
  if (next.kind === 'flush') return true;
  if (next.kind === 'reopen') {
    reopen(turn);
    return false;
  }
  const asked = askedCommand(next, segments);
  if (asked === null) return true;
  turn.setCurrent({ phase: 'asking' });
  turn.emit({ type: 'ask', command: asked });
  return false;
}

/** Stores what was typed without any segments: it becomes the first. */
function storeBeginning(turn: Turn, text: string): boolean {
  if (turn.state.segments.length > 0) {
    turn.placeBeginning();
    return true;
  }
  if (text.trim() === '') {
    turn.setCurrent({ begun: null });
    return true;
  }
  const group = turn.state.current?.group ?? turn.state.group;
  turn.setCurrent({ phase: 'beginning' });
  turn.emit({ type: 'edit', segments: [], texts: [text.trim()], group });
  return false;
}

/** Ends a step whose command has run. */
function finish(turn: Turn, { command: done, before, outcome }: CurrentStep): void {
  if (done?.kind === 'reopen' && done.beginsGroup) turn.set({ group: turn.state.group + 1 });
  if ((done?.kind === 'undo' || done?.kind === 'redo') && before !== null) revealChange(turn, before);
  turn.endStep(outcome ?? DONE);
}

/** Undo may affect text off the screen: it is scrolled into view. */
function revealChange(turn: Turn, before: readonly EditableSegment[]): void {
  const { segments } = turn.state;
  if (segments === before) return;
  const places = indexesOf(before);
  const changed = segments.find((segment) => {
    const old = before[places.get(segment.id) ?? -1];
    return old !== segment && (old?.text !== segment.text || old.speaker !== segment.speaker);
  });
  if (changed !== undefined) turn.emit({ type: 'reveal', segment: changed.id });
}

/** Accepts the main process's text; what the user types meanwhile stays. */
function reopen(turn: Turn): void {
  turn.set({ isOutdated: false });
  turn.setCurrent({ phase: 'opening', reopened: null, arrivedMeanwhile: [] });
  turn.emit({ type: 'open' });
}

/**
 * Shows the next part of a reopened text, from its start on, so that no step holds up a frame. What was typed in
 * segments about to be removed is stored first: the main process keeps it in the version that had them.
 */
function showPart(turn: Turn): void {
  const { current, segments } = turn.state;
  if (current === null || current.reopened === null) return;
  const { view, count, hasEarlier } = current.reopened;
  const next = withArrivals(current.reopened.segments, current.arrivedMeanwhile);
  if (hasEarlier && storeLeaving(turn, next)) return;
  if (count < next.length) {
    turn.show(partlyShown(segments, next, count));
    turn.setCurrent({ phase: 'showing', reopened: { ...current.reopened, count: count + PART_SEGMENTS } });
    turn.emit({ type: 'pause' });
    return;
  }
  turn.show(next);
  turn.set({ facts: factsOf(view), canUndo: view.canUndo, canRedo: view.canRedo });
  // What was begun is placed by now, unless there is still no segment to place it after.
  turn.setCurrent({ phase: 'ready', reopened: null, begun: null });
  turn.emit({ type: 'wantWords' });
}

/** Sends what was typed in segments absent from the next ones; returns whether there was any. */
function storeLeaving(turn: Turn, next: readonly EditableSegment[]): boolean {
  const { segments, current, group } = turn.state;
  const stay = indexesOf(next);
  const leaving = new Map([...unsentTexts(turn.state, false)].filter(([id]) => !stay.has(id)));
  const [run] = runsOf(segments, leaving);
  if (run === undefined || current === null || current.reopened === null) return false;
  turn.setCurrent({ phase: 'storingLeaving', reopened: { ...current.reopened, leaving: run } });
  turn.emit({ type: 'edit', segments: run.ids, texts: run.texts, group });
  return true;
}

/** What was typed in removed segments is stored, unless more was typed in them meanwhile. */
function leavingStored(turn: Turn, { reopened }: CurrentStep): void {
  const unsent = unsentTexts(turn.state, false);
  const stored = [...textsOfRuns(reopened?.leaving == null ? [] : [reopened.leaving])];
  turn.takeOut(stored.flatMap(([id, text]) => (unsent.get(id)?.trim() === text ? [id] : [])));
  turn.setCurrent({ phase: 'showing' });
  showPart(turn);
}

/** Starts and stops what follows from a state: timers, and the displayed error. */
function settle(turn: Turn, before: SyncState): void {
  const { current, hasFailed, isOutdated, told } = turn.state;
  const isUnsent = hasUnsent(turn.state);
  if (hasFailed && current === null && (isUnsent || isOutdated)) turn.startTimer('retry', RETRYING_MS);
  else turn.stopTimer('retry');
  if (current === null && !hasFailed && isUnsent) turn.startTimer('emptied', EMPTIED_MS);
  else if (!isUnsent) turn.stopTimer('emptied');
  const saved = savedState(turn.state);
  if (saved === 'saving') turn.startTimer('keepUnsaved', KEEPING_MS);
  else if (savedState(before) === 'saving') {
    turn.stopTimer('keepUnsaved');
    keepUnsaved(turn);
  }
  if (saved !== 'saved' || told === null) return;
  turn.set({ told: null });
  turn.emit({ type: 'takeAwayTold' });
}

/** Sends unsaved text to the main process: it outlives this page. */
function keepUnsaved(turn: Turn): void {
  const { segments, group, isKept } = turn.state;
  const runs = runsOf(segments, unsentTexts(turn.state, false)).map((run) => {
    const stored = run.ids.map((id) => segments[indexesOf(segments).get(id) ?? -1]);
    const letters = run.texts.reduce((sum, text, index) => {
      const change = smallestChange(0, stored[index]?.text ?? '', text);
      return sum + (change === null ? 0 : Math.max(change.to - change.from, change.insert.length));
    }, 0);
    return { segments: [...run.ids], texts: [...run.texts], letters, startMs: stored[0]?.startMs ?? 0 };
  });
  if (runs.length === 0 && !isKept) return;
  turn.set({ isKept: runs.length > 0 });
  turn.emit({ type: 'keepUnsaved', runs, group });
}
