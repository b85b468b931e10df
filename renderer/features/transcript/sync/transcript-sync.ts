import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../../src/contract/errors.ts';
import type { AppEvent, NumberedEvent } from '../../../../src/contract/ipc.ts';
import { unpackWords } from '../../../../src/contract/packed-segments.ts';
import type { EditableSegment, TranscriptPatch, TranscriptView } from '../../../../src/contract/views.ts';
import { appErrorOf, request, type Snapshot } from '../../../lib/client.ts';
import { EventMirror } from '../../../lib/event-mirror.ts';
import type { AskedCommand, SyncCommand } from './command.ts';
import { fetchAgain } from './fetch-transcript.ts';
import { idle, nextTask } from './idle.ts';
import type { SyncEffect, SyncEvent } from './sync-events.ts';
import {
  type CommandOutcome,
  openedState,
  type SavedState,
  type ShownFacts,
  type SyncState,
  type TimerName,
} from './sync-state.ts';
import { transition } from './transition.ts';
import { savedState } from './unsent.ts';

/** Shows an error with its retry; returns a function that dismisses it. */
export type TellError = (error: AppError, retry: () => void) => () => void;

/** The displayed text of a segment; null is the id of a text without segments. */
export interface TypedText {
  readonly id: string | null;
  readonly text: string;
}

/** The screen a transcript is synchronized with. */
export interface SyncedScreen {
  /** Shows other segments; the displayed text of held ones stays. */
  show(segments: readonly EditableSegment[], isHeld: (id: string) => boolean): void;
  /** Accepts the same segments with more data: no text changes. */
  takeSegments(segments: readonly EditableSegment[]): void;
  /** The whole displayed text is that of the only segment. */
  begin(segments: readonly EditableSegment[]): void;
  /** Types these texts over those of segments, as the user would. */
  type(texts: readonly TypedText[]): void;
  /** Scrolls a segment into view if necessary. */
  revealSegment(id: string): void;
  /** Ids of the visible segments. */
  segmentsOnScreen(): string[];
  /** Ids of the segments of the empty paragraph with the caret, if focused; none in any other. */
  emptiedSegments(): string[];
}

/** The sync state displayed around a text. */
export interface SyncView {
  readonly facts: ShownFacts;
  readonly saved: SavedState;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** In the order in which they first speak. */
  readonly speakers: readonly string[];
  /** Whether there is any text. */
  readonly hasText: boolean;
  /** How many segments have an uncertain speaker. */
  readonly unsureSpeakers: number;
}

/** What synchronizing a transcript needs. */
export interface SyncOptions {
  readonly tell: TellError;
  /** The view state, stored with what the user typed. */
  readonly viewState: () => TranscriptView['place'];
  /** All segments' words are loaded. */
  readonly onWords: () => void;
}

/**
 * Synchronizes a text on the screen with the main process: passes events to `transition`, and runs its effects. All
 * rules are there.
 */
export class TranscriptSync {
  readonly recordingId: string;
  readonly store: StoreApi<SyncView>;
  readonly #options: SyncOptions;
  readonly #unsubscribe: () => void;
  readonly #events: SyncEvent[] = [];
  readonly #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  readonly #waiting = new Map<number, (outcome: CommandOutcome) => void>();
  /** Undo groups are numbers here, and UUIDs in the main process. */
  readonly #groups = new Map<number, string>();
  #state: SyncState;
  #screen: SyncedScreen | null = null;
  #isAtWork = false;
  #tickets = 0;
  #takeAway: (() => void) | null = null;
  #unsure: { readonly segments: readonly EditableSegment[]; readonly count: number } | null = null;

  constructor({ value, sequence }: Snapshot<TranscriptView>, options: SyncOptions) {
    this.recordingId = value.recordingId;
    this.#options = options;
    this.#state = openedState(value);
    this.store = createStore(() => this.#view());
    const mirror = new EventMirror((event) => {
      const happened = syncEventOf(event, this.recordingId);
      if (happened !== null) this.#happened(happened);
    });
    mirror.begin(sequence);
    this.#unsubscribe = window.voicesync.subscribe((event: NumberedEvent) => mirror.take(event));
  }

  /** The segments as the main process has them. */
  get segments(): readonly EditableSegment[] {
    return this.#state.segments;
  }

  /** Shows the text here from now on. */
  attach(screen: SyncedScreen): void {
    this.#screen = screen;
  }

  /** The user has typed in these segments; without any, that is the whole text. */
  typed(texts: readonly TypedText[]): void {
    const atMs = performance.now();
    const named = texts.flatMap(({ id, text }) => (id === null ? [] : [{ id, text }]));
    const begun = texts.find(({ id }) => id === null);
    if (begun !== undefined) this.#happened({ type: 'begunTyping', text: begun.text, atMs });
    if (named.length > 0)
      this.#happened({ type: 'typed', texts: named, emptied: this.#screen?.emptiedSegments() ?? [], atMs });
  }

  /** What is typed from now on is another undo group. */
  beginUndoGroup(): void {
    this.#happened({ type: 'groupBegan', emptied: this.#screen?.emptiedSegments() ?? [] });
  }

  /** Runs a command after all typed text is stored. Throws nothing: failures are shown. */
  run(command: SyncCommand): Promise<CommandOutcome> {
    this.#tickets += 1;
    const ticket = this.#tickets;
    return new Promise((resolve) => {
      this.#waiting.set(ticket, resolve);
      this.#happened({ type: 'commanded', command, ticket });
    });
  }

  /** Stores what was typed. Throws nothing: failures are shown. */
  async flush(): Promise<void> {
    await this.run({ kind: 'flush' });
  }

  /** Reopens the text from the main process: its job has advanced, or it was changed elsewhere. */
  async reopen(): Promise<void> {
    await this.run({ kind: 'reopen', beginsGroup: false });
  }

  /** Fetches the missing words. */
  loadWords(): void {
    this.#happened({ type: 'wordsWanted', onScreen: this.#screen?.segmentsOnScreen() ?? [] });
  }

  /** Shows what an earlier page could not store: typed again, and retried. Throws AppErrors. */
  async takeUnsaved(): Promise<void> {
    const runs = await request('transcripts.takeUnsaved', { recordingId: this.recordingId });
    this.#screen?.type(
      runs.flatMap(({ segments, texts }) => segments.map((id, index) => ({ id, text: texts[index] ?? '' }))),
    );
  }

  /** Stores what is left and stops listening. */
  async close(): Promise<void> {
    await this.flush();
    this.#happened({ type: 'closed' });
    this.#unsubscribe();
    // If this fails the vault is being locked, which does the same.
    await request('transcripts.close', { recordingId: this.recordingId }).catch(() => undefined);
  }

  /** Handles an event; synchronous follow-ups are queued behind it. */
  #happened(event: SyncEvent): void {
    this.#events.push(event);
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        const [state, effects] = transition(this.#state, next);
        this.#state = state;
        for (const effect of effects) this.#perform(effect);
      }
    } finally {
      this.#isAtWork = false;
    }
    const view = this.#view();
    const shown = this.store.getState();
    const isSame = (Object.keys(view) as (keyof SyncView)[]).every((key) => view[key] === shown[key]);
    if (!isSame) this.store.setState(view);
  }

  #view(): SyncView {
    const { facts, canUndo, canRedo, speakers, segments } = this.#state;
    if (this.#unsure?.segments !== segments) {
      const unsure = segments.filter(({ flags }) => flags.includes('unsureSpeaker'));
      this.#unsure = { segments, count: unsure.length };
    }
    const [saved, hasText] = [savedState(this.#state), segments.length > 0];
    return { facts, canUndo, canRedo, speakers, saved, hasText, unsureSpeakers: this.#unsure.count };
  }

  #perform(effect: SyncEffect): void {
    switch (effect.type) {
      case 'show':
        this.#screen?.show(effect.segments, (id) => effect.held.has(id));
        return;
      case 'takeSegments':
        this.#screen?.takeSegments(effect.segments);
        return;
      case 'begin':
        this.#screen?.begin(effect.segments);
        return;
      case 'type':
        this.#screen?.type(effect.texts);
        return;
      case 'reveal':
        this.#screen?.revealSegment(effect.segment);
        return;
      case 'edit':
        this.#answer(this.#edit(effect));
        return;
      case 'ask':
        this.#answer(askFor(this.recordingId, effect.command));
        return;
      case 'open':
        fetchAgain(this.recordingId, nextTask).then(
          (view) => this.#happened({ type: 'opened', view }),
          (thrown: unknown) => this.#happened({ type: 'refused', error: appErrorOf(thrown) }),
        );
        return;
      case 'pause':
        void nextTask().then(() => this.#happened({ type: 'resumed' }));
        return;
      case 'keepUnsaved': {
        const text = { undoGroup: this.#groupId(effect.group), runs: effect.runs };
        // If even this fails the vault is locked, and has the earlier report.
        request('transcripts.keepUnsaved', { recordingId: this.recordingId, text }).catch(() => undefined);
        return;
      }
      case 'settle':
        this.#waiting.get(effect.ticket)?.(effect.outcome);
        this.#waiting.delete(effect.ticket);
        return;
      case 'tell':
        this.#takeAway?.();
        this.#takeAway = this.#options.tell(effect.error, () => {
          void (effect.retry === 'reopen' ? this.reopen() : this.flush());
        });
        return;
      case 'takeAwayTold':
        this.#takeAway?.();
        this.#takeAway = null;
        return;
      case 'startTimer':
        this.#timers.set(
          effect.timer,
          setTimeout(() => this.#happened({ type: 'timerEnded', timer: effect.timer }), effect.afterMs),
        );
        return;
      case 'stopTimer':
        clearTimeout(this.#timers.get(effect.timer));
        return;
      case 'wantWords':
        this.loadWords();
        return;
      case 'fetchWords':
        this.#fetchWords(effect.segments, effect.whenIdle).catch(() =>
          this.#happened({ type: 'wordsFailed' }),
        );
        return;
      case 'wordsComplete':
        this.#options.onWords();
    }
  }

  #answer(asked: Promise<{ patches: TranscriptPatch[] | null; count: number }>): void {
    asked.then(
      ({ patches, count }) => this.#happened({ type: 'answered', patches, count }),
      (thrown: unknown) => this.#happened({ type: 'refused', error: appErrorOf(thrown) }),
    );
  }

  async #edit({ segments, texts, group }: Extract<SyncEffect, { type: 'edit' }>) {
    // The view state can be measured once the editor is done with the change.
    await Promise.resolve();
    const patches = await request('transcripts.edit', {
      recordingId: this.recordingId,
      segments: [...segments],
      texts: [...texts],
      undoGroup: this.#groupId(group),
      place: this.#options.viewState(),
    });
    return { patches, count: 0 };
  }

  async #fetchWords(segments: readonly string[], whenIdle: boolean): Promise<void> {
    if (whenIdle) await idle();
    const { recordingId } = this;
    const packed = await request('transcripts.words', { recordingId, segments: [...segments] });
    this.#happened({ type: 'wordsCame', words: unpackWords(packed) });
  }

  #groupId(group: number): string {
    const known = this.#groups.get(group);
    if (known !== undefined) return known;
    const id = crypto.randomUUID();
    this.#groups.set(group, id);
    return id;
  }
}

/** Maps a main process event to one of an open transcript; null if it has none. */
function syncEventOf(event: AppEvent, recordingId: string): SyncEvent | null {
  if (event.type === 'segmentsArrived' && event.recordingId === recordingId) {
    const { segments, skipped, otherLanguages } = event;
    return { type: 'arrived', segments, skipped, otherLanguages };
  }
  if (event.type === 'textCorrected' && event.recordingId === recordingId) return { type: 'retranscribed' };
  if (event.type === 'speakersChanged' && event.recordingId === recordingId && event.percent === null) {
    // Segments were split and named behind the window's back, as a retranscription does.
    return { type: 'retranscribed' };
  }
  if (event.type !== 'core') return null;
  const { event: core } = event;
  // The final transcript is put into the live text in the same way.
  const isRetranscribed =
    core.type === 'rangeRetranscribed' || core.type === 'finalTranscribed' || core.type === 'textAligned';
  return isRetranscribed && core.recordingId === recordingId ? { type: 'retranscribed' } : null;
}

/** Asks the main process to run a command. Throws AppErrors. */
async function askFor(
  recordingId: string,
  command: AskedCommand,
): Promise<{ patches: TranscriptPatch[] | null; count: number }> {
  switch (command.kind) {
    case 'undo':
      return { patches: await request('transcripts.undo', { recordingId }), count: 0 };
    case 'redo':
      return { patches: await request('transcripts.redo', { recordingId }), count: 0 };
    case 'assignSpeaker': {
      const { segments, speaker, undoGroup } = command;
      const input = { recordingId, segments: [...segments], speaker, undoGroup };
      return { patches: await request('transcripts.assignSpeaker', input), count: 0 };
    }
    case 'replace': {
      const { segments, texts, undoGroup } = command;
      const input = { recordingId, segments: [...segments], texts: [...texts], undoGroup };
      return { patches: await request('transcripts.edit', input), count: 0 };
    }
    case 'renameSpeaker': {
      const { from, to } = command;
      return { patches: await request('transcripts.renameSpeaker', { recordingId, from, to }), count: 0 };
    }
    case 'replaceAll': {
      const segments = command.segments === null ? null : [...command.segments];
      return await request('transcripts.replaceAll', { recordingId, ...command.search, segments });
    }
    case 'takeHeard': {
      const input = { recordingId, machineIds: [...command.machineIds] };
      return { patches: await request('transcripts.takeHeard', input), count: 0 };
    }
    case 'takeBack': {
      const corrections = command.corrections === null ? null : [...command.corrections];
      return await request('autoCorrections.takeBack', { recordingId, corrections });
    }
    case 'reset': {
      const input = { recordingId, segments: [...command.segments] };
      return { patches: await request('transcripts.reset', input), count: 0 };
    }
  }
}
