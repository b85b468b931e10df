/** What a player is doing. */
export interface PlayerState {
  readonly playing: boolean;
  /** Playback speed, 1 as recorded. */
  readonly rate: number;
  /** The stretch that is played, once or over and over; null for the whole recording. */
  readonly stretch: PlayedStretch | null;
}

/** A stretch to play. */
export interface PlayedStretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly isLoop: boolean;
}

/** Who wants to know about the player. */
export interface PlayerListener {
  /** The playhead has moved; at most once for each frame. */
  readonly onTime: (timeMs: number) => void;
  readonly onState: (state: PlayerState) => void;
  /** The sound cannot be played. */
  readonly onFailure: () => void;
}

const SLOWEST = 0.5;
const FASTEST = 2;
const RATE_STEP = 0.125;
/** Winding first goes so far, then, after a while, on in steps. */
const WIND_FIRST_MS = 1500;
const WIND_AFTER_MS = 350;
const WIND_STEP_MS = 500;
const WIND_EVERY_MS = 100;

/** Plays a recording out of the vault: the working copy, under the app's own scheme. */
export class Player {
  readonly media: HTMLAudioElement;
  readonly #listener: PlayerListener;
  readonly #rewindMs: () => number;
  #winding: { readonly by: 1 | -1; timer: ReturnType<typeof setTimeout> } | null = null;
  /** Whether to play as soon as winding ends. */
  #resumes = false;
  #stretch: PlayedStretch | null = null;
  #frame = 0;
  #end: ReturnType<typeof setTimeout> | null = null;
  #lastMs = -1;

  /** @param rewindMs how far a pause goes back, so that going on begins with what was heard last. */
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

  get timeMs(): number {
    return this.media.currentTime * 1000;
  }

  get playing(): boolean {
    return !this.media.paused;
  }

  get stretch(): PlayedStretch | null {
    return this.#stretch;
  }

  /** Moves the playhead; sound goes on if it was playing. Leaves a stretch that does not hold this time. */
  seek(timeMs: number): void {
    const stretch = this.#stretch;
    if (stretch !== null && (timeMs < stretch.startMs || timeMs >= stretch.endMs)) this.#leaveStretch();
    this.media.currentTime = Math.max(0, timeMs) / 1000;
    this.#tellTime();
    this.#watchEnd();
  }

  /** Plays from where the playhead is, or from the given time. */
  play(fromMs?: number): void {
    if (fromMs !== undefined) this.seek(fromMs);
    if (this.#winding !== null) {
      this.#resumes = true;
      return;
    }
    // A refusal is told by the error event; a pause right after the start is no failure.
    this.media.play().catch(() => undefined);
  }

  /** Stops, and goes back a little. */
  pause(): void {
    this.#resumes = false;
    if (!this.playing) return;
    const start = this.#stretch?.startMs ?? 0;
    const back = Math.max(Math.min(start, this.timeMs), this.timeMs - this.#rewindMs());
    this.media.pause();
    if (this.#stretch !== null && !this.#stretch.isLoop) this.#leaveStretch();
    this.seek(back);
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Winds back or forward, silently, until `endWinding`; then sound goes on if it was playing. */
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

  /** Plays a stretch alone and stops at its end, or plays it over and over. */
  playStretch(startMs: number, endMs: number, isLoop = false): void {
    const stretch = { startMs: Math.max(0, startMs), endMs, isLoop };
    this.#stretch = stretch;
    this.play(stretch.startMs);
    this.#tellState();
  }

  /** Goes on behind the stretch's end from now on. */
  endStretch(): void {
    if (this.#stretch !== null) this.#leaveStretch();
  }

  /** Faster by so many steps, or slower where negative. */
  changeRate(steps: number): void {
    this.setRate(this.media.playbackRate + steps * RATE_STEP);
  }

  setRate(rate: number): void {
    const bounded = Math.min(FASTEST, Math.max(SLOWEST, rate));
    this.media.playbackRate = bounded;
    this.media.defaultPlaybackRate = bounded;
    this.#watchEnd();
  }

  /** Stops and lets the recording go. */
  close(): void {
    cancelAnimationFrame(this.#frame);
    if (this.#end !== null) clearTimeout(this.#end);
    if (this.#winding !== null) clearTimeout(this.#winding.timer);
    this.#winding = null;
    this.media.pause();
    this.media.removeAttribute('src');
    this.media.load();
  }

  #leaveStretch(): void {
    this.#stretch = null;
    if (this.#end !== null) clearTimeout(this.#end);
    this.#end = null;
    this.#tellState();
  }

  #tellState(): void {
    const { playing, stretch } = this;
    this.#listener.onState({ playing, rate: this.media.playbackRate, stretch });
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

  /** Frames may come late: the end of a stretch has its own clock. */
  #watchEnd(): void {
    if (this.#end !== null) clearTimeout(this.#end);
    this.#end = null;
    const stretch = this.#stretch;
    if (stretch === null || !this.playing) return;
    const leftMs = (stretch.endMs - this.timeMs) / this.media.playbackRate;
    if (leftMs > 4) {
      // Sound may start late: most of the wait, then another look.
      this.#end = setTimeout(() => this.#watchEnd(), leftMs > 60 ? leftMs - 40 : leftMs);
      return;
    }
    if (stretch.isLoop) {
      this.seek(stretch.startMs);
      return;
    }
    this.media.pause();
    this.#leaveStretch();
  }
}
