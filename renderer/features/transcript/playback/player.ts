/** The player's state. */
export interface PlayerState {
  readonly playing: boolean;
  /** Playback speed, 1 as recorded. */
  readonly rate: number;
  /** The range that is played, once or looped; null for the whole recording. */
  readonly range: PlayedRange | null;
}

/** A range to play. */
export interface PlayedRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly isLoop: boolean;
}

/** The player's listeners. */
export interface PlayerListener {
  /** The playhead has moved; at most once per frame. */
  readonly onTime: (timeMs: number) => void;
  readonly onState: (state: PlayerState) => void;
  /** The audio cannot be played. */
  readonly onFailure: () => void;
}

const SLOWEST = 0.5;
const FASTEST = 2;
const RATE_STEP = 0.125;
/** Winding first goes this far, then, after a delay, in steps. */
const WIND_FIRST_MS = 1500;
const WIND_AFTER_MS = 350;
const WIND_STEP_MS = 500;
const WIND_EVERY_MS = 100;

/** Plays a recording from the vault: the working copy, through the app's own scheme. */
export class Player {
  readonly media: HTMLAudioElement;
  readonly #listener: PlayerListener;
  readonly #rewindMs: () => number;
  #winding: { readonly by: 1 | -1; timer: ReturnType<typeof setTimeout> } | null = null;
  /** Whether to play as soon as winding ends. */
  #resumes = false;
  #range: PlayedRange | null = null;
  #frame = 0;
  #end: ReturnType<typeof setTimeout> | null = null;
  #lastMs = -1;

  /** @param rewindMs how far a pause rewinds, so that playback resumes with what was played last. */
  constructor(url: string, listener: PlayerListener, rewindMs: () => number) {
    this.#listener = listener;
    this.#rewindMs = rewindMs;
    this.media = new Audio();
    this.media.preload = 'metadata';
    this.media.preservesPitch = true;
    this.media.addEventListener('play', () => this.#tellState());
    this.media.addEventListener('pause', () => this.#tellState());
    this.media.addEventListener('ratechange', () => this.#tellState());
    this.media.addEventListener('seeked', () => this.#tellTime());
    this.media.addEventListener('ended', () => this.#tellState());
    this.media.addEventListener('error', () => listener.onFailure());
    this.media.src = url;
  }

  /** Reads the recording anew: it has grown since it was opened. The playhead stays. */
  reload(): void {
    const { currentTime } = this.media;
    this.media.load();
    if (currentTime > 0) this.media.currentTime = currentTime;
  }

  get timeMs(): number {
    return this.media.currentTime * 1000;
  }

  get playing(): boolean {
    return !this.media.paused;
  }

  /** What was played since the recording was opened or reloaded, as the media element counts it: seeking plays nothing. */
  playedSpans(): { startMs: number; endMs: number }[] {
    const { played } = this.media;
    return Array.from({ length: played.length }, (_, index) => ({
      startMs: Math.round(played.start(index) * 1000),
      endMs: Math.round(played.end(index) * 1000),
    })).filter(({ startMs, endMs }) => startMs < endMs);
  }

  get range(): PlayedRange | null {
    return this.#range;
  }

  /** Moves the playhead; playback goes on if active. Leaves a range that does not contain this time. */
  seek(timeMs: number): void {
    const range = this.#range;
    if (range !== null && (timeMs < range.startMs || timeMs >= range.endMs)) this.#leaveRange();
    this.media.currentTime = Math.max(0, timeMs) / 1000;
    this.#tellTime();
    this.#watchEnd();
  }

  /** Plays from the playhead, or from the given time. */
  play(fromMs?: number): void {
    if (fromMs !== undefined) this.seek(fromMs);
    if (this.#winding !== null) {
      this.#resumes = true;
      return;
    }
    // The error event reports a refusal; a pause right after the start is no failure.
    this.media.play().catch(() => undefined);
  }

  /** Pauses and goes back a little. */
  pause(): void {
    this.#resumes = false;
    if (!this.playing) return;
    const start = this.#range?.startMs ?? 0;
    const back = Math.max(Math.min(start, this.timeMs), this.timeMs - this.#rewindMs());
    this.media.pause();
    if (this.#range !== null && !this.#range.isLoop) this.#leaveRange();
    this.seek(back);
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Winds back or forward, silently, until `endWinding`; playback then goes on if active. */
  wind(by: 1 | -1): void {
    const wasPlaying = this.playing || this.#resumes;
    this.endWinding(by === 1 ? -1 : 1);
    if (this.#winding !== null) return;
    const step = () => {
      this.skip(by * WIND_STEP_MS);
      if (this.#winding !== null) this.#winding.timer = setTimeout(step, WIND_EVERY_MS);
    };
    this.media.pause();
    this.skip(by * WIND_FIRST_MS);
    this.#winding = { by, timer: setTimeout(step, WIND_AFTER_MS) };
    this.#resumes = wasPlaying;
  }

  /** Ends winding in this direction; winding in the other goes on. */
  endWinding(by: 1 | -1): void {
    if (this.#winding?.by !== by) return;
    clearTimeout(this.#winding.timer);
    this.#winding = null;
    if (this.#resumes) this.play();
    this.#resumes = false;
  }

  /** Goes back or forward. */
  skip(byMs: number): void {
    this.seek(this.timeMs + byMs);
  }

  /** Plays a range and stops at its end, or loops it. */
  playRange(startMs: number, endMs: number, isLoop = false): void {
    const range = { startMs: Math.max(0, startMs), endMs, isLoop };
    this.#range = range;
    this.play(range.startMs);
    this.#tellState();
  }

  /** Plays on past the range's end. */
  endRange(): void {
    if (this.#range !== null) this.#leaveRange();
  }

  /** Faster by this many steps, or slower if negative. */
  changeRate(steps: number): void {
    this.setRate(this.media.playbackRate + steps * RATE_STEP);
  }

  setRate(rate: number): void {
    const bounded = Math.min(FASTEST, Math.max(SLOWEST, rate));
    this.media.playbackRate = bounded;
    this.media.defaultPlaybackRate = bounded;
    this.#watchEnd();
  }

  /** Stops, releases the recording. */
  close(): void {
    cancelAnimationFrame(this.#frame);
    if (this.#end !== null) clearTimeout(this.#end);
    if (this.#winding !== null) clearTimeout(this.#winding.timer);
    this.#winding = null;
    this.media.pause();
    this.media.removeAttribute('src');
    this.media.load();
  }

  #leaveRange(): void {
    this.#range = null;
    if (this.#end !== null) clearTimeout(this.#end);
    this.#end = null;
    this.#tellState();
  }

  #tellState(): void {
    const { playing, range } = this;
    this.#listener.onState({ playing, rate: this.media.playbackRate, range });
    cancelAnimationFrame(this.#frame);
    if (playing) this.#everyFrame();
    this.#watchEnd();
  }

  #everyFrame(): void {
    this.#frame = requestAnimationFrame(() => {
      this.#tellTime();
      if (this.playing) this.#everyFrame();
    });
  }

  #tellTime(): void {
    const { timeMs } = this;
    if (timeMs === this.#lastMs) return;
    this.#lastMs = timeMs;
    this.#listener.onTime(timeMs);
  }

  /** Frames may be late: the end of a range has its own timer. */
  #watchEnd(): void {
    if (this.#end !== null) clearTimeout(this.#end);
    this.#end = null;
    const range = this.#range;
    if (range === null || !this.playing) return;
    const leftMs = (range.endMs - this.timeMs) / this.media.playbackRate;
    if (leftMs > 4) {
      // Audio may start late: most of the wait, then recheck.
      this.#end = setTimeout(() => this.#watchEnd(), leftMs > 60 ? leftMs - 40 : leftMs);
      return;
    }
    if (range.isLoop) {
      this.seek(range.startMs);
      return;
    }
    this.media.pause();
    this.#leaveRange();
  }
}
