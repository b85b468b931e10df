import { type Span, totalMs } from '../../contract/audio.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { Engine } from '../engine/engine.ts';
import { ConfirmedText, type PassEnd } from './confirmed-text.ts';
import type { HeardWord } from './heard-words.ts';
import type { LiveCrosstalk } from './live-crosstalk.ts';
import type { LiveWords } from './live-event.ts';
import { LiveLevel } from './live-level.ts';
import { type LiveWindow, windowsOf } from './live-windows.ts';
import { SoundBuffer } from './sound-buffer.ts';
import { SoundInput } from './sound-input.ts';
import { VoiceTracker } from './voice-tracker.ts';

/** The longest pass: Whisper's window less what surrounds the speech. */
const LONGEST_PASS_MS = 25_000;

/** A pass that would be longer begins at confirmed words, and so long before its end at the latest. */
const USUAL_PASS_MS = 12_000;
const CONTEXT_MS = 3_000;

/** A window in which passes begin so much later than it does is over there. */
const LONGEST_WINDOW_MS = 60_000;

/** Speech from which on a first pass is worthwhile. */
const FEWEST_MS = 300;

/** Silence behind the speech that a pass still takes in. */
const TAIL_MS = 400;

/** Sound that is kept: what the text is behind by at most, and the longest pass. */
const KEPT_MS = 90_000;

/** The text skips the oldest of what it has not heard when it is behind by the first, up to the second. */
const SKIP_FROM_MS = 60_000;
const SKIP_TO_MS = 30_000;

/** What is kept before the place up to which voice activity is known: speech begins before it is detected. */
const BEFORE_SPEECH_MS = 2_000;

/** A pass to be run. */
export interface PlannedPass {
  readonly range: Span;
  readonly speech: readonly Span[];
  readonly end: PassEnd;
  /** Identifies the window: its start. */
  readonly windowMs: number;
  /** Sound in it that no pass has had. */
  readonly newMs: number;
}

/** One channel of live text: its sound, its speech, the windows in it, and the text so far. Pure but for the detector. */
export class LiveChannel {
  readonly channel: number;
  readonly speaker: string | null;
  readonly sound = new SoundBuffer();
  readonly voice: VoiceTracker;
  readonly #input: SoundInput;
  readonly #level = new LiveLevel();
  readonly #crosstalk: LiveCrosstalk;
  readonly #text: ConfirmedText;
  /** The windows before this time are finished. */
  #doneMs = 0;
  /** Where the passes over the window in hand begin; null: at its start. */
  #fromMs: number | null = null;
  #heardUntilMs = 0;
  /** Ends of what was said without a pause: stops and holes. The first may still be ahead of the detector. */
  #ends: number[] = [];

  constructor(
    { channel, speaker, sampleRate }: { channel: number; speaker: string | null; sampleRate: number },
    crosstalk: LiveCrosstalk,
    engine: Engine,
    signal: AbortSignal,
  ) {
    this.channel = channel;
    this.speaker = speaker;
    this.#input = new SoundInput(sampleRate);
    this.#crosstalk = crosstalk;
    const foreign = (fromMs: number, toMs: number) => crosstalk.framesOf(channel, fromMs, toMs);
    this.voice = new VoiceTracker(
      engine,
      { sound: this.sound, level: this.#level, crosstalk: foreign },
      signal,
    );
    this.#text = new ConfirmedText(speaker);
  }

  get words(): LiveWords {
    return this.#text.words;
  }

  /** The next end that the detector has not reached. */
  get nextEndMs(): number | null {
    return this.#ends.find((ms) => ms > this.voice.knownUntilMs) ?? null;
  }

  /** Appends a block of sound. */
  push(startMs: number, block: Int16Array): void {
    const { beginsAtMs, samples } = this.#input.push(startMs, block);
    if (beginsAtMs !== null) {
      // What the detector has not had of the sound before is lost: with half a minute of nothing behind it, little.
      this.end();
      this.sound.restartAt(Math.round(beginsAtMs));
      this.voice.restartAt(Math.round(beginsAtMs));
      this.#crosstalk.restartAt(this.channel, Math.round(beginsAtMs));
    }
    this.#level.hear(samples);
    this.#crosstalk.hear(this.channel, samples);
    this.sound.append(samples);
  }

  /** What was pushed so far is all that was said: the window in hand ends with it. */
  end(): void {
    const endMs = Math.floor(this.sound.endMs);
    if (this.#ends.at(-1) !== endMs) this.#ends.push(endMs);
  }

  /** The detector has come to an end: it begins anew behind it. */
  passEnds(): void {
    const endMs = this.nextEndMs;
    if (endMs === null || this.voice.canAdvance(endMs) || this.sound.endMs < endMs) return;
    this.voice.restartAt(endMs);
  }

  /** The first window that is not finished. */
  get #window(): LiveWindow | null {
    const [window] = windowsOf(this.voice.speech, {
      fromMs: this.#doneMs,
      knownUntilMs: this.voice.knownUntilMs,
      endsMs: this.#ends,
    });
    return window ?? null;
  }

  /** How far the text is behind the sound: from the first speech that no pass has had. */
  get behindMs(): number {
    const waiting = this.voice.speech.find(({ endMs }) => endMs > this.#heardUntilMs);
    const oldest = Math.min(waiting?.startMs ?? Number.POSITIVE_INFINITY, this.voice.knownUntilMs);
    return this.sound.endMs - Math.max(oldest, Math.min(this.#heardUntilMs, this.sound.endMs));
  }

  /** The pass that should be run next; null if nothing was said that the passes have not had. */
  plan(): PlannedPass | null {
    const window = this.#window;
    if (window === null) return null;
    const startMs = Math.max(window.startMs, this.#fromMs ?? window.startMs);
    const lastMs = window.speech.at(-1)?.endMs ?? window.endMs;
    const wantedMs = window.isClosed ? window.endMs : Math.min(window.endMs, lastMs + TAIL_MS);
    const isLimited = wantedMs - startMs > LONGEST_PASS_MS;
    const endMs = isLimited ? startMs + LONGEST_PASS_MS : wantedMs;
    const speech = window.speech.filter((span) => span.endMs > startMs && span.startMs < endMs);
    const newMs = endMs - Math.max(startMs, this.#heardUntilMs);
    const isBeginning = this.voice.isSpeaking && totalMs(speech) < FEWEST_MS;
    if (!window.isClosed && (newMs <= 0 || isBeginning)) return null;
    const end = isLimited ? 'limit' : window.isClosed ? 'windowEnd' : 'now';
    return { range: { startMs, endMs }, speech, end, windowMs: window.startMs, newMs };
  }

  /** Whether a pass over a window that goes on is worthwhile: so much new sound, or the end of something said. */
  isWorthwhile({ range, speech, newMs }: PlannedPass, intervalMs: number): boolean {
    const lastMs = speech.at(-1)?.endMs ?? range.startMs;
    // What is behind the last speech that a pass had says nothing new.
    if (lastMs + TAIL_MS / 2 <= this.#heardUntilMs) return false;
    return newMs >= intervalMs || (!this.voice.isSpeaking && range.endMs >= lastMs + TAIL_MS / 2);
  }

  /** The samples of a pass. */
  pcmOf({ range }: PlannedPass): Int16Array {
    return this.#level.forPass(this.sound.read(range.startMs, range.endMs));
  }

  /** Accepts what a pass heard; returns the segments that are complete. */
  accept(pass: PlannedPass, heard: readonly HeardWord[]): Segment[] {
    const { range, end } = pass;
    const segments = this.#text.accept(range, heard, end);
    this.#heardUntilMs = range.endMs;
    if (end === 'windowEnd') this.#windowDone(range.endMs);
    else this.#moveOn(pass);
    return segments;
  }

  #moveOn({ range, end, windowMs }: PlannedPass): void {
    const fromMs = this.#nextStart(range, end);
    if (fromMs === null) return;
    this.#fromMs = fromMs;
    this.#text.forgetBefore(fromMs);
    // Speech without a pause, as music may seem to be, would be one window for hours.
    if (fromMs - windowMs < LONGEST_WINDOW_MS) return;
    this.#doneMs = fromMs;
    this.voice.forgetBefore(fromMs);
  }

  /** Where the passes over a window that goes on begin after this one; null: where this one did. */
  #nextStart({ startMs, endMs }: Span, end: PassEnd): number | null {
    if (end === 'limit') {
      // Without a word in all of it, its end alone may be the beginning of one.
      const confirmedMs = this.#text.confirmedUntilMs ?? 0;
      return confirmedMs > startMs ? confirmedMs : endMs - CONTEXT_MS;
    }
    if (endMs - startMs <= USUAL_PASS_MS) return null;
    return this.#text.restartMs(startMs + CONTEXT_MS, endMs - CONTEXT_MS);
  }

  #windowDone(endMs: number): void {
    this.#doneMs = endMs;
    this.#fromMs = null;
    this.#heardUntilMs = Math.max(this.#heardUntilMs, endMs);
    this.voice.forgetBefore(endMs);
    const first = this.#ends.findIndex((ms) => ms > endMs);
    this.#ends = first < 0 ? this.#ends.slice(-1) : this.#ends.slice(Math.max(0, first - 1));
  }

  /** Gives the range of a pass up; returns the segments of what was confirmed in it before. */
  leaveOut({ range, end }: PlannedPass): Segment[] {
    const segments = this.#text.endWindow();
    if (end === 'windowEnd') this.#windowDone(range.endMs);
    else {
      this.#fromMs = range.endMs;
      this.#heardUntilMs = range.endMs;
    }
    return segments;
  }

  /** Leaves the oldest out if the text is too late for it; returns what, and the segments confirmed in it before. */
  skip(): { skipped: Span; segments: Segment[] } | null {
    if (this.behindMs <= SKIP_FROM_MS && this.sound.endMs - this.sound.startMs <= KEPT_MS) return null;
    const startMs = Math.max(this.sound.startMs, Math.min(this.#heardUntilMs, this.voice.knownUntilMs));
    const endMs = Math.round(this.sound.endMs - SKIP_TO_MS);
    const segments = this.#text.endWindow();
    if (this.voice.knownUntilMs < endMs) this.voice.restartAt(endMs);
    this.#windowDone(endMs);
    this.sound.forgetBefore(endMs - BEFORE_SPEECH_MS);
    return { skipped: { startMs: Math.round(startMs), endMs }, segments };
  }

  /** Ends the text with what is confirmed: the rest of the sound cannot be heard. */
  close(): Segment[] {
    return this.#text.endWindow();
  }

  /** Leaves out all that was said so far: nobody reads along. */
  ignore(): void {
    this.#windowDone(this.voice.knownUntilMs);
  }

  /** Forgets the sound that no pass will need. */
  forget(): void {
    const known = this.voice.knownUntilMs;
    const needed = this.#window === null ? known - BEFORE_SPEECH_MS : (this.#fromMs ?? this.#window.startMs);
    this.sound.forgetBefore(Math.min(known, needed));
  }
}
