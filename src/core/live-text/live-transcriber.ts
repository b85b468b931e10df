import { setTimeout as wait } from 'node:timers/promises';
import { SAMPLES_PER_MS, totalMs } from '../../contract/audio.ts';
import { isAppError } from '../../contract/errors.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import type { LanguageUse } from '../database/jobs/jobs.db.ts';
import type { Engine } from '../engine/engine.ts';
import { quickDecoding } from '../pipeline/window/decoding.ts';
import { LiveChannel, type PlannedPass } from './live-channel.ts';
import { LiveCrosstalk } from './live-crosstalk.ts';
import type { LiveEvent } from './live-event.ts';
import { LiveLanguage } from './live-language.ts';
import { LiveModelDecision, type LiveModels } from './live-model.ts';
import { runPass } from './live-pass.ts';

/** What a live transcriber works with. */
export interface LiveParts {
  readonly engine: Engine;
  /** Null: only voice activity is told, and there is no text. */
  readonly models: LiveModels | null;
  readonly channels: number;
  /** Rate of the blocks, in hertz; resampled to 16 kHz. */
  readonly sampleRate: number;
  /** The speaker of each channel, if each has one of its own; null: they are not distinguished. */
  readonly speakers: readonly string[] | null;
  /** What the user chose for the recording; its model is `models.final`. */
  readonly choice: Pick<TranscriptionChoice, 'language' | 'prompt' | 'translate'>;
  /** The languages that are usual in the recording's matter and vault. */
  readonly usualLanguages?: readonly LanguageUse[];
  /** Called in order, never while `push` runs. */
  readonly emit: (event: LiveEvent) => void;
}

/** A block of a channel's sound. */
export interface LiveBlock {
  /** Time of its first sample in the recording. */
  readonly startMs: number;
  /** Mono. They may be kept, and must not be changed afterwards. */
  readonly samples: Int16Array;
  readonly channel: number;
}

/** A pass begins when so many times the last one’s duration has been said since, within these limits: the final transcript is being made too. */
const COST_FACTOR = 3;
const SHORTEST_INTERVAL_MS = 300;
const LONGEST_INTERVAL_MS = 3_000;

/** The text is late, and is no longer. */
const LATE_MS = 6_000;
const CAUGHT_UP_MS = 3_000;

/** Failures in a row after which it is told that there is no text; then it is tried more rarely. */
const FAILURES_TOLD = 3;
const RETRY_MS = 500;
const RETRY_TOLD_MS = 10_000;

/** Length of the silence that is transcribed to load the model and to see what a pass costs. */
const TRIAL_MS = 5_000;

/**
 * Text of what is being said (interim text at once, confirmed words after two passes that agree). Sound is pushed as it
 * is recorded; what the engine hears in it comes as events. It holds up nobody: `push` never waits, and text that comes
 * too late is left out. It must be ended by `finish` or `abort`.
 */
export class LiveTranscriber {
  readonly #parts: LiveParts;
  readonly #channels: readonly LiveChannel[];
  readonly #model: LiveModelDecision | null;
  readonly #language: LiveLanguage | null;
  readonly #abort = new AbortController();
  readonly #finishing = new AbortController();
  readonly #work: Promise<void>;
  #listeningEnded = false;
  #wake = Promise.withResolvers<void>();
  /** Duration of the last pass over a window that goes on, the wait for the engine included. */
  #costMs = 0;
  #lastChannel = -1;
  #failures = 0;
  #isFailed = false;
  #isLate = false;
  #failedPass = '';
  #told = '';
  #passes = 0;
  #passMs = 0;
  #skippedMs = 0;
  readonly #texts = new Map<number, string>();
  readonly #speaking = new Set<number>();

  constructor(parts: LiveParts) {
    this.#parts = parts;
    const { engine, models, choice } = parts;
    const { signal } = this.#abort;
    const crosstalk = new LiveCrosstalk(parts.channels);
    this.#channels = Array.from({ length: parts.channels }, (_, channel) => {
      const speaker = parts.speakers?.[channel] ?? null;
      return new LiveChannel({ channel, speaker, sampleRate: parts.sampleRate }, crosstalk, engine, signal);
    });
    this.#model = models === null ? null : new LiveModelDecision(models);
    const isEnglish = models !== null && !models.final.facts.multilingual;
    const language = isEnglish ? 'en' : choice.language;
    this.#language =
      models === null
        ? null
        : new LiveLanguage(engine, language, models.final.choice, parts.usualLanguages ?? [], signal);
    this.#work = Promise.all([this.#listen(), this.#read()]).then(() => undefined);
    // Whoever ends it gets what went wrong.
    this.#work.catch(() => undefined);
  }

  /** How far the text is behind the sound, in milliseconds; that of the channel that is behind most. */
  get behindMs(): number {
    return Math.max(0, ...this.#channels.map(({ behindMs }) => behindMs));
  }

  /** Counters: sound left out, passes, and the engine's time for them. */
  get figures(): { readonly skippedMs: number; readonly passes: number; readonly passMs: number } {
    return { skippedMs: this.#skippedMs, passes: this.#passes, passMs: this.#passMs };
  }

  /** Accepts a block; returns at once. A hole before it is silence, and what was there already is left out. */
  push({ startMs, samples, channel }: LiveBlock): void {
    if (this.#isFinishing) return;
    this.#channels[channel]?.push(startMs, samples);
    this.#notify();
  }

  /** The recording is paused: what was said so far is confirmed. */
  pause(): void {
    for (const channel of this.#channels) channel.end();
    this.#notify();
  }

  /** Confirms what is left and ends. No event comes afterwards. Throws what is no failure of the engine. */
  async finish(): Promise<void> {
    this.pause();
    this.#finishing.abort();
    this.#notify();
    await this.#work;
  }

  /** Ends at once. No event comes afterwards. */
  async abort(): Promise<void> {
    this.#finishing.abort();
    this.#abort.abort();
    this.#notify();
    await this.#work;
  }

  #notify(): void {
    const before = this.#wake;
    this.#wake = Promise.withResolvers();
    before.resolve();
  }

  get #isFinishing(): boolean {
    return this.#finishing.signal.aborted;
  }

  get #isAborted(): boolean {
    return this.#abort.signal.aborted;
  }

  #emit(event: LiveEvent): void {
    if (!this.#isAborted) this.#parts.emit(event);
  }

  /** Finds speech, as the sound comes. */
  async #listen(): Promise<void> {
    while (!this.#isAborted) {
      const wake = this.#wake.promise;
      for (const channel of this.#channels) this.#keepUp(channel);
      const channel = this.#channels.find(({ voice, nextEndMs }) => voice.canAdvance(nextEndMs));
      if (channel === undefined) {
        if (this.#isFinishing) break;
        await wake;
        continue;
      }
      try {
        await channel.voice.advance(channel.nextEndMs);
        channel.passEnds();
        if (this.#model === null) this.#works();
      } catch (error) {
        if (!(await this.#failed(error))) break;
        continue;
      }
      this.#tellSpeech(channel);
      this.#notify();
    }
    this.#listeningEnded = true;
    this.#notify();
  }

  #tellSpeech({ channel, voice }: LiveChannel): void {
    if (voice.isSpeaking === this.#speaking.has(channel)) return;
    if (voice.isSpeaking) this.#speaking.add(channel);
    else this.#speaking.delete(channel);
    this.#emit({ type: 'speech', channel, isSpeaking: voice.isSpeaking });
  }

  /** Bounds what waits, and tells when the text is late. */
  #keepUp(channel: LiveChannel): void {
    channel.passEnds();
    const left = channel.skip();
    if (this.#model === null) channel.ignore();
    else if (left !== null) {
      this.#segments(channel, left.segments);
      const { startMs, endMs } = left.skipped;
      this.#skippedMs += endMs - startMs;
      this.#emit({ type: 'skipped', channel: channel.channel, startMs, endMs, reason: 'late' });
      this.#tellText(channel);
    }
    channel.forget();
    const behindMs = Math.round(this.behindMs);
    if (this.#model === null || (this.#isLate ? behindMs >= CAUGHT_UP_MS : behindMs <= LATE_MS)) return;
    this.#isLate = !this.#isLate;
    this.#emit({ type: 'late', isLate: this.#isLate, behindMs });
  }

  /** Transcribes what is said. */
  async #read(): Promise<void> {
    if (this.#model === null) return;
    await this.#tryModel();
    while (!this.#isAborted) {
      const wake = this.#wake.promise;
      const next = this.#nextPass();
      if (next === null) {
        if (this.#listeningEnded) break;
        await wake;
        continue;
      }
      try {
        await this.#pass(next.channel, next.pass);
      } catch (error) {
        if (this.#isAborted) break;
        this.#passFailed(next.channel, next.pass);
        if (!(await this.#failed(error))) break;
      }
    }
    for (const channel of this.#channels) {
      this.#segments(channel, channel.close());
      this.#tellText(channel);
    }
  }

  /** Loads the model, and sees what a pass with it costs. */
  async #tryModel(): Promise<void> {
    const model = this.#model as LiveModelDecision;
    try {
      const { choice } = model.current;
      const decoding = this.#decoding('en');
      const options = { signal: this.#abort.signal, priority: 'live', shortContext: true } as const;
      const silence = new Int16Array(TRIAL_MS * SAMPLES_PER_MS);
      const trial = async () => {
        const { inferenceMs } = await this.#parts.engine.transcribe(choice.path, silence, decoding, options);
        return inferenceMs;
      };
      this.#costMs = await trial();
      // A first pass may meet a busy moment: one that is not far too slow is not believed at once.
      const isClose = !model.keepsUp(TRIAL_MS, this.#costMs) && model.keepsUp(TRIAL_MS, this.#costMs / 2);
      if (isClose) this.#costMs = Math.min(this.#costMs, await trial());
      model.tried(TRIAL_MS, this.#costMs);
      this.#tellModel();
    } catch (error) {
      if (!this.#isAborted) await this.#failed(error);
    }
  }

  #tellModel(): void {
    const { model, reason, realTimeFactor } = (this.#model as LiveModelDecision).decide(
      this.#language?.whole ?? null,
    );
    const told = `${model} ${reason}`;
    if (told === this.#told) return;
    this.#told = told;
    this.#emit({ type: 'model', model, reason, realTimeFactor });
  }

  /** The pass that is due; the channels take turns, and windows that are complete come first. */
  #nextPass(): { channel: LiveChannel; pass: PlannedPass } | null {
    const due = this.#channels.flatMap((channel) => {
      const pass = channel.plan();
      return pass !== null && this.#isDue(channel, pass) ? [{ channel, pass }] : [];
    });
    const rank = ({ channel, pass }: (typeof due)[number]) =>
      (pass.end === 'now' ? 2 : 0) + (channel.channel === this.#lastChannel ? 1 : 0);
    return due.sort((a, b) => rank(a) - rank(b) || a.pass.windowMs - b.pass.windowMs)[0] ?? null;
  }

  #isDue(channel: LiveChannel, pass: PlannedPass): boolean {
    if (pass.end !== 'now') return true;
    const intervalMs = Math.max(
      SHORTEST_INTERVAL_MS,
      Math.min(COST_FACTOR * this.#costMs, LONGEST_INTERVAL_MS),
    );
    return channel.isWorthwhile(pass, intervalMs);
  }

  async #pass(channel: LiveChannel, pass: PlannedPass): Promise<void> {
    const model = this.#model as LiveModelDecision;
    const languages = this.#language as LiveLanguage;
    const { range, speech, end } = pass;
    const pcm = channel.pcmOf(pass);
    const speechMs = totalMs(speech);
    const isWhole = end !== 'now';
    if (model.current.facts.multilingual && languages.isToDetect(channel.channel, speechMs, isWhole)) {
      await languages.detect(channel.channel, model.current.choice.path, pcm, speechMs);
      this.#tellLanguage();
    }
    const language = model.current.facts.multilingual ? languages.of(channel.channel, isWhole) : 'en';
    // Too little was said to tell its language, and more is coming.
    if (language === null) {
      channel.accept(pass, []);
      return;
    }
    const startedAt = performance.now();
    const request = {
      ...{ range, pcm, speech, modelPath: model.current.choice.path },
      decoding: this.#decoding(language),
      isThorough: end === 'windowEnd' && !this.#isLate,
    };
    let result = await runPass(this.#parts.engine, request, this.#abort.signal);
    if (languages.isCorrectedBy(channel.channel, result.language, speechMs, isWhole)) {
      this.#tellLanguage();
      const corrected = languages.of(channel.channel) ?? language;
      if (model.current.facts.multilingual) {
        const again = { ...request, decoding: this.#decoding(corrected) };
        result = await runPass(this.#parts.engine, again, this.#abort.signal);
      }
    }
    this.#passes += 1;
    this.#passMs += result.inferenceMs;
    if (end === 'now') {
      this.#costMs = performance.now() - startedAt;
      model.measured(range.endMs - range.startMs, result.inferenceMs);
    }
    this.#lastChannel = channel.channel;
    this.#works();
    const translated = this.#parts.choice.translate ? { language: 'en' } : {};
    this.#segments(
      channel,
      channel.accept(
        pass,
        result.words.map((word) => ({ ...word, ...translated })),
      ),
    );
    if (end === 'windowEnd') {
      languages.windowBegins(channel.channel);
      this.#tellModel();
    }
    this.#tellText(channel);
    for (const one of this.#channels) this.#keepUp(one);
  }

  #tellLanguage(): void {
    const { decided, whole } = this.#language as LiveLanguage;
    if (whole !== null) this.#model?.requireLanguage(whole);
    if (decided !== null) this.#emit({ type: 'language', ...decided });
  }

  #segments({ channel }: LiveChannel, segments: readonly Segment[]): void {
    if (segments.length > 0) this.#emit({ type: 'segments', channel, segments });
  }

  #tellText({ channel, speaker, words }: LiveChannel): void {
    const text = JSON.stringify(words);
    if (text === (this.#texts.get(channel) ?? JSON.stringify({ confirmed: '', interim: '' }))) return;
    this.#texts.set(channel, text);
    this.#emit({ type: 'text', channel, speaker, ...words });
  }

  #decoding(language: string) {
    const { choice } = (this.#model as LiveModelDecision).current;
    const { prompt, translate } = this.#parts.choice;
    const unused = {
      language,
      speakers: 'none',
      speakerCount: null,
      keepSilence: false,
      threads: null,
      beamSize: 1,
    } as const;
    return quickDecoding({ ...unused, model: choice, prompt, translate }, language, this.#parts.engine);
  }

  /** The engine works: it is told if the opposite was. */
  #works(): void {
    this.#failures = 0;
    this.#failedPass = '';
    if (!this.#isFailed) return;
    this.#isFailed = false;
    this.#emit({ type: 'failed', error: null });
  }

  /** A pass that fails twice is left out: it may be what the engine dies of. */
  #passFailed(channel: LiveChannel, pass: PlannedPass): void {
    const key = `${channel.channel}/${pass.windowMs}`;
    const isAgain = this.#failedPass === key;
    this.#failedPass = isAgain ? '' : key;
    if (!isAgain) return;
    this.#segments(channel, channel.leaveOut(pass));
    const { startMs, endMs } = pass.range;
    this.#skippedMs += endMs - startMs;
    this.#emit({ type: 'skipped', channel: channel.channel, startMs, endMs, reason: 'failed' });
    this.#tellText(channel);
  }

  /** Waits a little after a failure of the engine; false if it is over. Throws every other error. */
  async #failed(error: unknown): Promise<boolean> {
    if (this.#isAborted) return false;
    if (!isAppError(error)) throw error;
    this.#failures += 1;
    const isLasting = !isAppError(error, 'engine.crashed', 'engine.stalled', 'engine.failed');
    if (!this.#isFailed && (isLasting || this.#failures >= FAILURES_TOLD)) {
      this.#isFailed = true;
      this.#emit({ type: 'failed', error });
    }
    if (this.#isFinishing && this.#isFailed) return false;
    const pauseMs = this.#isFailed ? RETRY_TOLD_MS : RETRY_MS;
    await wait(pauseMs, null, { signal: this.#finishing.signal }).catch(() => undefined);
    return !this.#isAborted;
  }
}
