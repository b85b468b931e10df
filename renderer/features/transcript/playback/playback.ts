import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Span } from '../../../../src/contract/audio.ts';
import { request } from '../../../lib/client.ts';
import { useApp } from '../../../stores/app.ts';
import { indexAtTime } from '../document/segment-table.ts';
import type { TextRange } from '../editor/editor-state.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { HeldAction } from '../keys/transcript-keys.ts';
import { Player, type PlayerState } from './player.ts';
import { RecordingSoundSetting } from './recording-sound.ts';
import { type SpeakerRun, stepSpeakerRun } from './speaker-run.ts';

/** After the user scrolls, the text does not follow the audio for this long. */
const FOLLOWING_PAUSE_MS = 5000;
/** The displayed clock is updated at most this often. */
const CLOCK_STEP_MS = 100;
/** A spoken word stays marked this long after its segment's end. */
const AFTERGLOW_MS = 400;
/** What is played around a word in review. */
const BEFORE_WORD_MS = 1500;
const AFTER_WORD_MS = 500;
/** What is played around a range without a text. */
const AROUND_RANGE_MS = 500;

/** Playback as displayed. */
export interface PlaybackState {
  readonly player: PlayerState;
  /** The playhead, ten times a second. */
  readonly timeMs: number;
  readonly soundFailed: boolean;
  /** The speaker being assigned during playback. */
  readonly assigning: string | null;
}

/** What playback needs. */
export interface PlaybackOptions {
  readonly recordingId: string;
  readonly editor: TextEditor;
  readonly startMs: number;
  /** How many channels the recording has. */
  readonly channels: number;
  /** Whether the user types: then the text is not scrolled. */
  readonly isTyping: () => boolean;
  /** The playhead has moved. */
  readonly onMoved: () => void;
  /** Assigns a speaker to these segments; a read-only text has no speakers to assign. */
  readonly assignSpeaker: (segments: readonly string[], speaker: string, undoGroup: string) => void;
}

/** Syncs audio and text: the spoken word is marked and kept in view, and speakers are assigned during playback. */
export class Playback {
  readonly player: Player;
  readonly sound: RecordingSoundSetting;
  readonly store: StoreApi<PlaybackState>;
  readonly #options: PlaybackOptions;
  readonly #editor: TextEditor;
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
      player: { playing: false, rate: 1, range: null },
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
    this.sound = new RecordingSoundSetting(recordingId, this.player.media, options.channels);
    this.sound.load();
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

  /** The user has scrolled: the text is not scrolled for a while. */
  scrolledByUser(): void {
    this.#scrolledAt = performance.now();
  }

  /** The caret was placed at a character: the playhead goes to that word; audio goes on only if it is playing. */
  followCaret(position: number, plays: boolean): void {
    const time = this.#editor.timeAt(position);
    if (time === null) return;
    if (plays) this.player.endRange();
    if (plays) this.player.play(time.startMs);
    else this.player.seek(time.startMs);
  }

  /** Plays from the word at the caret. */
  playFromCaret(): void {
    this.followCaret(this.#editor.view.state.selection.main.head, true);
  }

  /** Plays a range of the text with some context, once. */
  playAround(range: TextRange): void {
    const first = this.#editor.timeAt(range.from);
    const last = this.#editor.timeAt(Math.max(range.from, range.to - 1));
    if (first === null || last === null) return;
    this.player.playRange(first.startMs - BEFORE_WORD_MS, Math.max(first.endMs, last.endMs) + AFTER_WORD_MS);
  }

  /** Plays a range of the recording with some context, once. */
  playRange({ startMs, endMs }: Span): void {
    this.player.playRange(startMs - AROUND_RANGE_MS, endMs + AROUND_RANGE_MS);
  }

  /** Loops the selected words; with nothing selected, or when looping, goes on normally. */
  toggleLoop(): void {
    const { from, to, empty } = this.#editor.view.state.selection.main;
    if (this.player.range !== null || empty) {
      this.player.endRange();
      return;
    }
    const first = this.#editor.timeAt(from);
    const last = this.#editor.timeAt(to - 1);
    if (first === null || last === null) return;
    this.player.playRange(first.startMs, Math.max(last.endMs, first.endMs), true);
  }

  /** Assigns a speaker from the playing segment on, until the next press or the next pause. */
  assignFromHere(speaker: string): void {
    const { table } = this.#editor;
    const index = indexAtTime(table, this.player.timeMs);
    const segment = table.segments[index];
    if (segment === undefined) return;
    this.#run = { speaker, lastIndex: index, undoGroup: crypto.randomUUID() };
    this.store.setState({ assigning: speaker });
    this.#options.assignSpeaker([segment.id], speaker, this.#run.undoGroup);
  }

  /** The recording has grown, or can only now be played. */
  reload(): void {
    this.store.setState({ soundFailed: false });
    this.player.reload();
  }

  close(): void {
    if (this.#toldPlaying) this.#tellPlaying(false);
    this.player.close();
    this.sound.close();
  }

  #inState(player: PlayerState): void {
    this.store.setState({ player });
    if (!player.playing) this.#endRun();
    if (player.playing !== this.#toldPlaying) this.#tellPlaying(player.playing);
  }

  #tellPlaying(playing: boolean): void {
    this.#toldPlaying = playing;
    // Only delays the auto-lock: a failure is not shown.
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
