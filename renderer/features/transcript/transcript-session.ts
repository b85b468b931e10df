import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../src/contract/errors.ts';
import type { NumberedEvent } from '../../../src/contract/ipc.ts';
import type { EditableSegment, TranscriptPatch, TranscriptView } from '../../../src/contract/views.ts';
import { appErrorOf, request, type Snapshot } from '../../lib/client.ts';
import { EventMirror } from '../../lib/event-mirror.ts';
import { speakersOf, withKnownWords } from './document/outlines.ts';
import { partlyShown, patchSegments, withArrivals } from './document/patches.ts';
import { smallestChange } from './document/text-change.ts';
import type { TranscriptEditor } from './editor/transcript-editor.ts';
import { EditQueue, type SavedState } from './sync/edit-queue.ts';
import { nextTask } from './sync/idle.ts';
import { reopenTranscript } from './sync/open-transcript.ts';
import type { TranscriptFacts, TranscriptState } from './transcript-state.ts';

/** A pause after which going on typing is another step of undo. */
const GESTURE_PAUSE_MS = 2000;
/** An emptied paragraph with the caret in it waits so long to be written anew, then it is gone. */
const EMPTIED_MS = 30_000;
/** What is not stored by then is kept by the main process as well. */
const KEEPING_MS = 300;

/** Segments that change on the screen in one go, where very many do. */
const STEP_SEGMENTS = 150;

/** Tells the user of an error, with what tries again; gives what takes the message away. */
export type TellError = (error: AppError, retry: () => void) => () => void;

/** Neighbouring segments whose texts the user has changed. */
interface TypedRun {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
}

/**
 * The text of one open transcript on both sides: what the user does is shown at once and stored by the main process,
 * which answers what it made of it.
 */
export class TranscriptSession {
  readonly recordingId: string;
  readonly state: StoreApi<TranscriptState>;
  readonly #queue: EditQueue;
  readonly #mirror: EventMirror;
  readonly #onError: TellError;
  readonly #placeNow: () => TranscriptView['place'];
  /** The text was taken anew: words of it may be missing. */
  onReopened: () => void = () => undefined;
  #editor: TranscriptEditor | null = null;
  #typed = new Set<string>();
  /** Whether something was typed where there are no segments yet. */
  #isBegun = false;
  #emptiedTimer: ReturnType<typeof setTimeout> | null = null;
  /** What is typed in one go: the main process undoes it as a whole. */
  #gesture = crypto.randomUUID();
  #lastTypedAt = 0;
  /** What has arrived since the text was last taken anew: what was on its way then may not know of it. */
  #arrivedMeanwhile: EditableSegment[] = [];
  /** Whether a paragraph that is just emptied, and may be written anew, is kept from being sent. */
  #holdsBack = true;
  #unsubscribe: () => void;
  #keeping: ReturnType<typeof setTimeout> | null = null;
  #isKept = false;
  #told: { readonly code: string; readonly takeAway: () => void } | null = null;

  /** @param placeNow where the user is, to be stored with what they typed. */
  constructor(opened: Snapshot<TranscriptView>, onError: TellError, placeNow: () => TranscriptView['place']) {
    const { value, sequence } = opened;
    this.recordingId = value.recordingId;
    this.#onError = onError;
    this.#placeNow = placeNow;
    this.state = createStore<TranscriptState>(() => startingState(value));
    this.#queue = new EditQueue(
      () => this.#sendTyped(),
      () => this.#hasTyped(),
      (saved) => this.#nowSaved(saved),
      (thrown) => this.#tell(thrown),
    );
    this.#mirror = new EventMirror((event) => {
      if (event.type === 'segmentsArrived' && event.recordingId === this.recordingId) this.#arrived(event);
      if (event.type !== 'core' || event.event.type !== 'rangeRetranscribed') return;
      if (event.event.recordingId === this.recordingId) void this.#renew();
    });
    this.#mirror.begin(sequence);
    const take = (event: NumberedEvent) => this.#mirror.take(event);
    this.#unsubscribe = window.voicesync.subscribe(take);
  }

  get editor(): TranscriptEditor {
    if (this.#editor === null) throw new Error('the transcript has no editor yet');
    return this.#editor;
  }

  set editor(editor: TranscriptEditor) {
    this.#editor = editor;
  }

  get segments(): readonly EditableSegment[] {
    return this.editor.table.segments;
  }

  /** Takes note of what the user has typed, of no segment where there are none yet: it is stored at once. */
  typed(ids: readonly string[]): void {
    const now = performance.now();
    if (now - this.#lastTypedAt > GESTURE_PAUSE_MS) this.#gesture = crypto.randomUUID();
    this.#lastTypedAt = now;
    for (const id of ids) this.#typed.add(id);
    this.#isBegun ||= ids.length === 0;
    this.#forgetEmptied();
    this.#queue.typed();
  }

  /** Shows what an earlier page could not store: it is typed again, and tried. */
  async takeUnsaved(): Promise<void> {
    const runs = await request('transcripts.takeUnsaved', { recordingId: this.recordingId });
    this.editor.type(
      runs.flatMap(({ segments, texts }) => segments.map((id, index) => ({ id, text: texts[index] ?? '' }))),
    );
  }

  /** What is typed from now on is another step of undo. */
  beginGesture(): void {
    this.#gesture = crypto.randomUUID();
    // A paragraph that was emptied and left is gone now.
    if (this.#hasTyped()) this.#queue.typed();
  }

  /** Stores what was typed. Throws nothing: what fails is told. */
  async flush(): Promise<void> {
    await this.#telling(() => this.#perform(async () => undefined));
  }

  /** Undoes what the user did last. */
  undo(): Promise<void> {
    return this.#step('transcripts.undo');
  }

  /** Makes again what was undone last. */
  redo(): Promise<void> {
    return this.#step('transcripts.redo');
  }

  /** Says who speaks in these segments. With a gesture, assignments in a row are one step of undo. */
  async assignSpeaker(segments: readonly string[], speaker: string | null, gesture?: string): Promise<void> {
    await this.#edit(async () => {
      const there = segments.filter((id) => this.editor.table.indexes.has(id));
      if (there.length === 0) return [];
      return await request('transcripts.assignSpeaker', {
        recordingId: this.recordingId,
        segments: there,
        speaker,
        gesture,
      });
    });
  }

  /** Splits a segment at a character of the document; gives the ids from there to the end of its paragraph. */
  async splitAt(position: number, gesture: string): Promise<string[]> {
    const { editor } = this;
    await this.flush();
    const { table, view } = editor;
    const [id] = editor.paragraphSegments(position, true);
    const index = id === undefined ? -1 : (table.indexes.get(id) ?? -1);
    if (id === undefined || index < 0) return [];
    const after = editor.paragraphSegments(position, true);
    const before = view.state
      .sliceDoc(table.from[index], Math.max(position, table.from[index] as number))
      .trim();
    const rest = view.state.sliceDoc(Math.max(position, table.from[index] as number), table.to[index]).trim();
    if (before === '') return after;
    if (rest === '') return after.slice(1);
    const { recordingId } = this;
    const patches = await this.#edit(() =>
      request('transcripts.edit', { recordingId, segments: [id], texts: [before, rest], gesture }),
    );
    const made = (patches ?? []).flatMap(({ inserted }) => inserted);
    return [...made.slice(-1).map((segment) => segment.id), ...after.slice(1)];
  }

  /** Makes one segment of two neighbours: their paragraphs flow together. */
  async join(first: string, second: string): Promise<void> {
    await this.#edit(() => {
      const texts = [`${this.editor.textOf(first).trim()} ${this.editor.textOf(second).trim()}`.trim()];
      return request('transcripts.edit', { recordingId: this.recordingId, segments: [first, second], texts });
    });
  }

  /** Gives a speaker another name everywhere. */
  async renameSpeaker(from: string, to: string): Promise<void> {
    await this.#edit(() => request('transcripts.renameSpeaker', { recordingId: this.recordingId, from, to }));
  }

  /** Replaces everywhere, or in these segments; gives how many places there were. */
  async replaceAll(
    search: { find: string; replacement: string; matchCase: boolean; wholeWords: boolean },
    segments: readonly string[] | null,
  ): Promise<number> {
    let count = 0;
    await this.#edit(async () => {
      const answer = await request('transcripts.replaceAll', {
        recordingId: this.recordingId,
        ...search,
        segments: segments === null ? null : [...segments],
      });
      count = answer.count;
      return answer.patches;
    });
    return count;
  }

  /** Gives the machine's text back for these segments. */
  async reset(segments: readonly string[]): Promise<void> {
    await this.#edit(() =>
      request('transcripts.reset', { recordingId: this.recordingId, segments: [...segments] }),
    );
  }

  /** Opens the text anew, as the main process has it: its job has gone on, or it was changed elsewhere. */
  async reopen(): Promise<void> {
    await this.#telling(() =>
      this.#perform(async () => {
        await this.#takeAnew();
      }),
    );
  }

  /** A stretch was transcribed again: what lies outside of it goes on as it is, names of segments included. */
  async #renew(): Promise<void> {
    await this.reopen();
    this.beginGesture();
  }

  /** Stores what is left and stops listening. */
  async close(): Promise<void> {
    this.#forgetEmptied();
    await this.flush();
    this.#queue.close();
    this.#unsubscribe();
    // Where this fails the vault is being locked, which does the same.
    await request('transcripts.close', { recordingId: this.recordingId }).catch(() => undefined);
  }

  #hasTyped(): boolean {
    return this.#typed.size > 0 || this.#isBegun;
  }

  #forgetEmptied(): void {
    if (this.#emptiedTimer !== null) clearTimeout(this.#emptiedTimer);
    this.#emptiedTimer = null;
  }

  /** Neighbouring typed segments in order; without a paragraph that is only just emptied and may be written anew. */
  #runs(holdsBack = this.#holdsBack): TypedRun[] {
    if (this.#editor === null || this.#typed.size === 0) return [];
    const { table, view } = this.editor;
    const caretLine = view.state.doc.lineAt(view.state.selection.main.head);
    const isHeldBack = (index: number) =>
      holdsBack &&
      view.hasFocus &&
      caretLine.text.trim() === '' &&
      table.segments.length > 1 &&
      (table.from[index] as number) >= caretLine.from &&
      (table.to[index] as number) <= caretLine.to;
    const indexes = [...this.#typed]
      .map((id) => table.indexes.get(id) ?? -1)
      .filter((index) => index >= 0 && !isHeldBack(index))
      .sort((a, b) => a - b);
    const runs: { ids: string[]; texts: string[] }[] = [];
    let last = -2;
    for (const index of indexes) {
      if (index !== last + 1) runs.push({ ids: [], texts: [] });
      runs.at(-1)?.ids.push((table.segments[index] as EditableSegment).id);
      runs.at(-1)?.texts.push(this.editor.textAt(index).trim());
      last = index;
    }
    return runs;
  }

  async #sendTyped(holdsBack = this.#holdsBack): Promise<void> {
    if (this.#isBegun) await this.#sendBeginning();
    for (const { ids, texts } of this.#runs(holdsBack)) {
      for (const id of ids) this.#typed.delete(id);
      try {
        const patches = await request('transcripts.edit', {
          recordingId: this.recordingId,
          segments: [...ids],
          texts: [...texts],
          gesture: this.#gesture,
          place: this.#placeNow(),
        });
        await this.#apply(patches);
      } catch (thrown) {
        // The text here is not the one that is stored: of these passages, what is stored counts.
        if (appErrorOf(thrown).code !== 'transcript.changed') for (const id of ids) this.#typed.add(id);
        throw thrown;
      }
    }
    if (this.#typed.size > 0) this.#emptiedTimer ??= setTimeout(() => void this.flush(), EMPTIED_MS);
  }

  /** Stores what was typed where there are no segments yet: it becomes the first. */
  async #sendBeginning(): Promise<void> {
    this.#isBegun = false;
    const text = this.#editor?.view.state.doc.toString().trim() ?? '';
    if (text === '' || this.segments.length > 0) return;
    try {
      const patches = await request('transcripts.edit', {
        recordingId: this.recordingId,
        segments: [],
        texts: [text],
        gesture: this.#gesture,
        place: this.#placeNow(),
      });
      const [segment] = (patches ?? []).flatMap(({ inserted }) => inserted);
      if (segment === undefined) return;
      this.editor.begin(segment);
      // What was typed meanwhile is its text too.
      this.#isBegun = false;
      this.#typed.add(segment.id);
      this.state.setState({ hasText: true, canUndo: true, canRedo: false });
    } catch (thrown) {
      this.#isBegun = true;
      throw thrown;
    }
  }

  async #edit(ask: () => Promise<TranscriptPatch[] | null>): Promise<TranscriptPatch[] | null> {
    let patches: TranscriptPatch[] | null = [];
    await this.#telling(() =>
      this.#perform(async () => {
        patches = await ask();
        await this.#apply(patches);
      }),
    );
    return patches;
  }

  #step(name: 'transcripts.undo' | 'transcripts.redo'): Promise<void> {
    return this.#telling(() =>
      this.#perform(async () => {
        const patches = await request(name, { recordingId: this.recordingId });
        this.beginGesture();
        const before = this.segments;
        await this.#apply(patches);
        this.#revealChange(before);
      }),
    );
  }

  /** Does something that builds on all that was typed. */
  async #perform<T>(action: () => Promise<T>): Promise<T> {
    this.#holdsBack = false;
    try {
      return await this.#queue.perform(action);
    } finally {
      this.#holdsBack = true;
    }
  }

  /** Shows what an edit has changed. Where that is too much to be told, the text is taken anew. */
  async #apply(patches: readonly TranscriptPatch[] | null): Promise<void> {
    if (patches === null) {
      await this.#takeAnew();
      return;
    }
    const last = patches.at(-1);
    if (last === undefined) return;
    this.#show(patchSegments(this.segments, patches));
    this.state.setState({ canUndo: last.canUndo, canRedo: last.canRedo });
  }

  /** Shows the text as it is stored; what the user types meanwhile stays. */
  async #takeAnew(): Promise<void> {
    this.#arrivedMeanwhile = [];
    const value = await reopenTranscript(this.recordingId, nextTask);
    await this.#showInSteps(withKnownWords(value.segments, this.segments));
    this.#show(withArrivals(this.segments, this.#arrivedMeanwhile));
    this.state.setState({
      facts: factsOf(value),
      speakers: value.speakers,
      canUndo: value.canUndo,
      canRedo: value.canRedo,
    });
    this.onReopened();
  }

  /** Shows a whole text a part at a time, from its beginning on, so that no step holds up a frame. */
  async #showInSteps(next: readonly EditableSegment[]): Promise<void> {
    const there = new Set(next.map(({ id }) => id));
    for (let shown = STEP_SEGMENTS; shown < next.length; shown += STEP_SEGMENTS) {
      await this.#storeElsewhere(there);
      this.#show(partlyShown(this.segments, next, shown));
      await nextTask();
    }
    await this.#storeElsewhere(there);
    this.#show(next);
  }

  /** Stores what was typed in passages that are about to go: the main process keeps it in the text before. */
  async #storeElsewhere(staying: ReadonlySet<string>): Promise<void> {
    const isGoing = (id: string) => !staying.has(id) && this.editor.table.indexes.has(id);
    while ([...this.#typed].some(isGoing)) await this.#sendTyped(false);
  }

  #show(segments: readonly EditableSegment[]): void {
    this.editor.show(segments, (id) => this.#typed.has(id));
    for (const id of this.#typed) if (!this.editor.table.indexes.has(id)) this.#typed.delete(id);
    const speakers = speakersOf(segments);
    const before = this.state.getState();
    const isSame =
      speakers.length === before.speakers.length && speakers.every((one, i) => one === before.speakers[i]);
    this.state.setState({ hasText: segments.length > 0, ...(isSame ? {} : { speakers }) });
  }

  /** Undo may work far from what is on the screen: the reader is taken there. */
  #revealChange(before: readonly EditableSegment[]): void {
    const known = new Map(before.map((segment) => [segment.id, segment]));
    const index = this.segments.findIndex(({ id, text, speaker }) => {
      const old = known.get(id);
      return old === undefined || old.text !== text || old.speaker !== speaker;
    });
    if (index < 0) return;
    const position = this.editor.table.from[index] as number;
    if (!this.editor.isInSight(position)) this.editor.reveal(position, 'center');
  }

  /** What is said about silence and languages comes with the words behind it: words that can be read never move. */
  #arrived({
    segments,
    skipped,
    otherLanguages,
  }: Pick<TranscriptView, 'segments' | 'skipped' | 'otherLanguages'>): void {
    this.#arrivedMeanwhile.push(...segments);
    this.#show(withArrivals(this.segments, segments));
    this.state.setState(({ facts }) => ({ facts: { ...facts, skipped, otherLanguages } }));
  }

  /** Tells the main process what is not stored: it outlives this page. */
  #keepUnsaved(): void {
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.#keeping = null;
    const runs = this.#editor === null ? [] : this.#runs(false).map((run) => this.#unsavedRun(run));
    if (runs.length === 0 && !this.#isKept) return;
    this.#isKept = runs.length > 0;
    const text = { gesture: this.#gesture, runs };
    // Where even this fails the vault has been locked, and knows what it was told before.
    request('transcripts.keepUnsaved', { recordingId: this.recordingId, text }).catch(() => undefined);
  }

  #unsavedRun({ ids, texts }: TypedRun) {
    const { segments, indexes } = this.editor.table;
    const stored = ids.map((id) => segments[indexes.get(id) ?? -1]);
    const letters = texts.reduce((sum, text, index) => {
      const change = smallestChange(0, stored[index]?.text ?? '', text);
      return sum + (change === null ? 0 : Math.max(change.to - change.from, change.insert.length));
    }, 0);
    return { segments: [...ids], texts: [...texts], letters, startMs: stored[0]?.startMs ?? 0 };
  }

  #nowSaved(saved: SavedState): void {
    if (saved === 'saving') this.#keeping ??= setTimeout(() => this.#keepUnsaved(), KEEPING_MS);
    else this.#keepUnsaved();
    if (this.state.getState().saved !== saved) this.state.setState({ saved });
    if (saved !== 'saved') return;
    this.#told?.takeAway();
    this.#told = null;
  }

  async #telling(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      this.#tell(thrown);
    }
  }

  /** Tells what went wrong: once, however often it is tried again. */
  #tell(thrown: unknown): void {
    const error = appErrorOf(thrown);
    const isChanged = error.code === 'transcript.changed';
    // There is a text already.
    if (isChanged) this.#isBegun = false;
    if (this.#told?.code !== error.code) {
      const retry = () => void (isChanged ? this.reopen() : this.flush());
      this.#told?.takeAway();
      this.#told = { code: error.code, takeAway: this.#onError(error, retry) };
    }
    if (isChanged) void this.reopen();
  }
}

function factsOf(view: TranscriptView): TranscriptFacts {
  const {
    segments: _segments,
    speakers: _speakers,
    canUndo: _undo,
    canRedo: _redo,
    place: _place,
    ...facts
  } = view;
  return facts;
}

/** What the screen shows around a text that was just opened. */
export function startingState(view: TranscriptView): TranscriptState {
  return {
    facts: factsOf(view),
    saved: 'saved',
    canUndo: view.canUndo,
    canRedo: view.canRedo,
    speakers: view.speakers,
    hasText: view.segments.length > 0,
    player: { playing: false, rate: 1, stretch: null },
    timeMs: view.place.playheadMs,
    soundFailed: false,
    isTyping: false,
    assigning: null,
    question: null,
    find: null,
    offer: null,
    review: null,
    doubts: 0,
    flags: [],
    selectionIsEmpty: true,
  };
}
