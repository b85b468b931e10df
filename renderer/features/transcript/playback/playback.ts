import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Span } from '../../../../src/contract/audio.ts';
import { request } from '../../../lib/client.ts';
import { useApp } from '../../../stores/app.ts';
import { indexAtTime } from '../document/segment-table.ts';
import type { TextRange } from '../editor/editor-state.ts';
import type { TranscriptEditor } from '../editor/transcript-editor.ts';
import type { HeldAction } from '../keys/transcript-keys.ts';
import { Player, type PlayerState } from './player.ts';
import { type SpeakerRun, stepSpeakerRun } from './speaker-run.ts';

/** After the user has scrolled, the text does not follow the sound for so long. */
const FOLLOWING_PAUSE_MS = 5000;
/** The clock on the screen is drawn anew at most so often. */
const CLOCK_STEP_MS = 100;
/** A spoken word stays marked this long behind its segment's end. */
const AFTERGLOW_MS = 400;
/** What is played around a word to judge it. */
const BEFORE_WORD_MS = 1500;
const AFTER_WORD_MS = 500;
/** What is played around a range without a text. */
const AROUND_RANGE_MS = 500;

/** What of playing is shown. */
export interface PlaybackState {
  readonly player: PlayerState;
  /** The playhead, ten times a second. */
  readonly timeMs: number;
  readonly soundFailed: boolean;
  /** Who is being assigned while playback goes on. */
  readonly assigning: string | null;
}

/** What playing a text needs. */
export interface PlaybackOptions {
  readonly recordingId: string;
  readonly editor: TranscriptEditor;
  readonly startMs: number;
  /** Whether the user types: then the text stays where it is. */
  readonly isTyping: () => boolean;
  /** The playhead is somewhere else. */
  readonly onMoved: () => void;
  /** Says who speaks in these segments; a text that is only read has no speakers to assign. */
  readonly assignSpeaker: (segments: readonly string[], speaker: string, undoGroup: string) => void;
}

/** Sound and text together: the spoken word is marked and kept in sight, and speakers are assigned while it plays. */
export class Playback {
  readonly player: Player;
  readonly store: StoreApi<PlaybackState>;
  readonly #options: PlaybackOptions;
  readonly #editor: TranscriptEditor;
  #spoken: TextRange | null = null;
  #shownMs = -1;
  #scrolledAt = Number.NEGATIVE_INFINITY;
  #run: (SpeakerRun & { readonly undoGroup: string }) | null = null;
  #toldPlaying = false;

  constructor(options: PlaybackOptions) {
    const { recordingId, editor, startMs } = options;
    this.#options = options;
    this.#editor = editor;
    this.store = createStore(() => ({
      player: { playing: false, rate: 1, stretch: null },
      timeMs: startMs,
      soundFailed: false,
      assigning: null,
    }));
    this.player = new Player(
      `/media/${recordingId}`,
      {
        onTime: (timeMs) => this.#atTime(timeMs),
        onState: (state) => this.#inState(state),
        onFailure: () => this.store.setState({ soundFailed: true }),
      },
      () => useApp.getState().state?.settings.rewindMs ?? 0,
    );
    if (startMs > 0) this.player.seek(startMs);
  }

  /** Begins or ends what lasts for as long as a key is down. */
  hold(action: HeldAction, isDown: boolean): void {
    const { player } = this;
    const by = action === 'forwardWhileHeld' ? 1 : -1;
    if (action === 'playWhileHeld') {
      if (isDown) player.play();
      else player.pause();
    } else if (isDown) player.wind(by);
    else player.endWinding(by);
  }

  /** The user has scrolled: the text stays where they put it for a while. */
  scrolledByUser(): void {
    this.#scrolledAt = performance.now();
  }

  /** The caret was put at a character: the playhead goes to the word there; sound goes on only if it is playing. */
  followCaret(position: number, plays: boolean): void {
    const time = this.#editor.timeAt(position);
    if (time === null) return;
    if (plays) this.player.endStretch();
    if (plays) this.player.play(time.startMs);
    else this.player.seek(time.startMs);
  }

  /** Plays from the word at the caret. */
  playFromCaret(): void {
    this.followCaret(this.#editor.view.state.selection.main.head, true);
  }

  /** Plays a range of the text with a little around it, once. */
  playAround(range: TextRange): void {
    const first = this.#editor.timeAt(range.from);
    const last = this.#editor.timeAt(Math.max(range.from, range.to - 1));
    if (first === null || last === null) return;
    this.player.playStretch(
      first.startMs - BEFORE_WORD_MS,
      Math.max(first.endMs, last.endMs) + AFTER_WORD_MS,
    );
  }

  /** Plays a range of the recording with a little around it, once. */
  playRange({ startMs, endMs }: Span): void {
    this.player.playStretch(startMs - AROUND_RANGE_MS, endMs + AROUND_RANGE_MS);
  }

  /** Plays the selected words over and over; with nothing selected, or when looping, goes on normally. */
  toggleLoop(): void {
    const { from, to, empty } = this.#editor.view.state.selection.main;
    if (this.player.stretch !== null || empty) {
      this.player.endStretch();
      return;
    }
    const first = this.#editor.timeAt(from);
    const last = this.#editor.timeAt(to - 1);
    if (first === null || last === null) return;
    this.player.playStretch(first.startMs, Math.max(last.endMs, first.endMs), true);
  }

  /** Someone speaks from the segment that is playing on, until the next press or the next pause. */
  assignFromHere(speaker: string): void {
    const { table } = this.#editor;
    const index = indexAtTime(table, this.player.timeMs);
    const segment = table.segments[index];
    if (segment === undefined) return;
    this.#run = { speaker, lastIndex: index, undoGroup: crypto.randomUUID() };
    this.store.setState({ assigning: speaker });
    this.#options.assignSpeaker([segment.id], speaker, this.#run.undoGroup);
  }

  close(): void {
    if (this.#toldPlaying) this.#tellPlaying(false);
    this.player.close();
  }

  #inState(player: PlayerState): void {
    this.store.setState({ player });
    if (!player.playing) this.#endRun();
    if (player.playing !== this.#toldPlaying) this.#tellPlaying(player.playing);
  }

  #tellPlaying(playing: boolean): void {
    this.#toldPlaying = playing;
    // Only keeps the curtain from falling: nothing to tell the user where it fails.
    request('app.playing', { playing }).catch(() => undefined);
  }

  #atTime(timeMs: number): void {
    if (Math.abs(timeMs - this.#shownMs) >= CLOCK_STEP_MS || !this.player.playing) {
      this.#shownMs = timeMs;
      this.store.setState({ timeMs });
    }
    this.#options.onMoved();
    const editor = this.#editor;
    const index = indexAtTime(editor.table, timeMs);
    const segment = editor.table.segments[index];
    const isSpoken = segment !== undefined && timeMs < segment.endMs + AFTERGLOW_MS;
    this.#mark(isSpoken ? editor.wordAt(index, timeMs) : null);
    if (this.#run !== null && index >= 0) this.#continueRun(this.#run, index);
  }

  #mark(range: TextRange | null): void {
    if (range?.from === this.#spoken?.from && range?.to === this.#spoken?.to) return;
    this.#spoken = range === null ? null : { from: range.from, to: range.to };
    const editor = this.#editor;
    editor.setSpoken(this.#spoken);
    if (range === null || !this.player.playing || this.#options.isTyping()) return;
    const isFollowing = performance.now() - this.#scrolledAt > FOLLOWING_PAUSE_MS;
    if (isFollowing && !editor.isInSight(range.from)) editor.reveal(range.from, 'center');
  }

  #continueRun(run: SpeakerRun & { readonly undoGroup: string }, index: number): void {
    const { assign, run: next } = stepSpeakerRun(run, index);
    if (next === null) {
      this.#endRun();
      return;
    }
    if (assign.length === 0) return;
    this.#run = { ...next, undoGroup: run.undoGroup };
    const { segments } = this.#editor.table;
    const ids = assign.flatMap((place) => segments[place]?.id ?? []);
    this.#options.assignSpeaker(ids, run.speaker, run.undoGroup);
  }

  #endRun(): void {
    if (this.#run === null) return;
    this.#run = null;
    this.store.setState({ assigning: null });
  }
}
