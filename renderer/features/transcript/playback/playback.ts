import type { Span } from '../../../../src/contract/audio.ts';
import { request } from '../../../lib/client.ts';
import { useApp } from '../../../stores/app.ts';
import { indexAtTime } from '../document/segment-table.ts';
import type { TextRange } from '../editor/editor-state.ts';
import type { HeldAction } from '../keys/transcript-keys.ts';
import { type SpeakerRun, stepSpeakerRun } from '../speakers/speaker-run.ts';
import type { TranscriptSession } from '../transcript-session.ts';
import { Player, type PlayerState } from './player.ts';

/** After the user has scrolled, the text does not follow the sound for so long. */
const FOLLOWING_PAUSE_MS = 5000;
/** The clock on the screen is drawn anew at most so often. */
const CLOCK_STEP_MS = 100;
/** A spoken word stays marked this long behind its segment's end. */
const AFTERGLOW_MS = 400;
/** What is played around a word to judge it. */
const BEFORE_WORD_MS = 1500;
const AFTER_WORD_MS = 500;
/** What is played around a stretch without a text. */
const AROUND_SPAN_MS = 500;

/** The text that is played; one that is only read has no speakers to assign. */
export type PlayedText = Pick<TranscriptSession, 'recordingId' | 'editor' | 'state'> &
  Partial<Pick<TranscriptSession, 'assignSpeaker'>>;

/** A text with its sound, as far as the player is concerned. */
export interface PlayingDesk {
  readonly session: Pick<TranscriptSession, 'recordingId' | 'state'>;
  readonly playback: Playback;
  act(action: 'back' | 'playPause' | 'forward' | 'loop'): void;
}

/** Sound and text together: the spoken word is marked and kept in sight, and speakers are assigned while it plays. */
export class Playback {
  readonly player: Player;
  readonly #session: PlayedText;
  readonly #onMoved: () => void;
  #spoken: TextRange | null = null;
  #shownMs = -1;
  #scrolledAt = Number.NEGATIVE_INFINITY;
  #run: (SpeakerRun & { readonly gesture: string }) | null = null;
  #toldPlaying = false;

  /** @param onMoved the playhead is somewhere else. */
  constructor(session: PlayedText, startMs: number, onMoved: () => void) {
    this.#session = session;
    this.#onMoved = onMoved;
    this.player = new Player(
      `/media/${session.recordingId}`,
      {
        onTime: (timeMs) => this.#atTime(timeMs),
        onState: (state) => this.#inState(state),
        onFailure: () => session.state.setState({ soundFailed: true }),
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
    const time = this.#session.editor.timeAt(position);
    if (time === null) return;
    if (plays) this.player.endStretch();
    if (plays) this.player.play(time.startMs);
    else this.player.seek(time.startMs);
  }

  /** Plays from the word at the caret. */
  playFromCaret(): void {
    this.followCaret(this.#session.editor.view.state.selection.main.head, true);
  }

  /** Plays a range of the text with a little around it, once. */
  playAround(range: TextRange): void {
    const first = this.#session.editor.timeAt(range.from);
    const last = this.#session.editor.timeAt(Math.max(range.from, range.to - 1));
    if (first === null || last === null) return;
    this.player.playStretch(
      first.startMs - BEFORE_WORD_MS,
      Math.max(first.endMs, last.endMs) + AFTER_WORD_MS,
    );
  }

  /** Plays a stretch of the recording with a little around it, once. */
  playSpan({ startMs, endMs }: Span): void {
    this.player.playStretch(startMs - AROUND_SPAN_MS, endMs + AROUND_SPAN_MS);
  }

  /** Plays the selected words over and over; with nothing selected, or when looping, goes on normally. */
  toggleLoop(): void {
    const { from, to, empty } = this.#session.editor.view.state.selection.main;
    if (this.player.stretch !== null || empty) {
      this.player.endStretch();
      return;
    }
    const first = this.#session.editor.timeAt(from);
    const last = this.#session.editor.timeAt(to - 1);
    if (first === null || last === null) return;
    this.player.playStretch(first.startMs, Math.max(last.endMs, first.endMs), true);
  }

  /** Someone speaks from the segment that is playing on, until the next press or the next pause. */
  assignFromHere(speaker: string): void {
    const { table } = this.#session.editor;
    const index = indexAtTime(table, this.player.timeMs);
    const segment = table.segments[index];
    if (segment === undefined) return;
    this.#run = { speaker, lastIndex: index, gesture: crypto.randomUUID() };
    this.#session.state.setState({ assigning: speaker });
    void this.#session.assignSpeaker?.([segment.id], speaker, this.#run.gesture);
  }

  close(): void {
    if (this.#toldPlaying) this.#tellPlaying(false);
    this.player.close();
  }

  #inState(player: PlayerState): void {
    this.#session.state.setState({ player });
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
      this.#session.state.setState({ timeMs });
    }
    this.#onMoved();
    const { editor } = this.#session;
    const index = indexAtTime(editor.table, timeMs);
    const segment = editor.table.segments[index];
    const isSpoken = segment !== undefined && timeMs < segment.endMs + AFTERGLOW_MS;
    this.#mark(isSpoken ? editor.wordAt(index, timeMs) : null);
    if (this.#run !== null && index >= 0) this.#continueRun(this.#run, index);
  }

  #mark(range: TextRange | null): void {
    if (range?.from === this.#spoken?.from && range?.to === this.#spoken?.to) return;
    this.#spoken = range === null ? null : { from: range.from, to: range.to };
    const { editor, state } = this.#session;
    editor.setSpoken(this.#spoken);
    if (range === null || !this.player.playing || state.getState().isTyping) return;
    const isFollowing = performance.now() - this.#scrolledAt > FOLLOWING_PAUSE_MS;
    if (isFollowing && !editor.isInSight(range.from)) editor.reveal(range.from, 'center');
  }

  #continueRun(run: SpeakerRun & { readonly gesture: string }, index: number): void {
    const { assign, run: next } = stepSpeakerRun(run, index);
    if (next === null) {
      this.#endRun();
      return;
    }
    if (assign.length === 0) return;
    this.#run = { ...next, gesture: run.gesture };
    const { segments } = this.#session.editor.table;
    const ids = assign.flatMap((place) => segments[place]?.id ?? []);
    void this.#session.assignSpeaker?.(ids, run.speaker, run.gesture);
  }

  #endRun(): void {
    if (this.#run === null) return;
    this.#run = null;
    this.#session.state.setState({ assigning: null });
  }
}
