import { PART_MS, SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import { VOICE_CHUNK_SAMPLES } from '../../contract/engine.ts';
import type { JobOptions, JobRange } from '../../contract/job.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { Database } from '../database/database.ts';
import type { Engine } from '../engine/engine.ts';
import { fillWindow, speechIn, windowDurationMs } from '../speech/window-packer.ts';
import type { Vault } from '../vault/vault.ts';
import type { ImportFeed } from './import/import-feed.ts';
import { decidingRanges, LanguageDecision, SpanLanguages } from './language-choice.ts';
import { type ChannelWindow, type PartSpeech, planWindows } from './plan-windows.ts';
import { windowSpan } from './range-first.ts';
import { detectSpeech } from './steps/detect-speech.ts';
import { VoiceActivityOfParts } from './voice-activity.ts';
import { placeSegments } from './window/place-segments.ts';
import { transcribeWindow, windowRequest } from './window/transcribe-window.ts';
import { WorkingCopyReader } from './working-copy-reader.ts';

/** The services of a trial. */
export interface TrialServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly engine: Engine;
}

/** The recording that is tried. */
export interface TrialSubject {
  readonly recordingId: string;
  readonly feed: ImportFeed;
  /** As a job would have them; the model is named with each transcription. */
  readonly options: JobOptions;
}

/** A window's text, as a job would have stored it. */
export interface TriedWindow {
  readonly segments: readonly Segment[];
  readonly language: string;
  /** How much of the stretch is transcribed with it, 0 to 1. */
  readonly share: number;
  /** In the recording, up to where. */
  readonly untilMs: number;
}

/** The stretch is this many parts of a minute long. */
const STRETCH_PARTS = 2;
/** It is looked for in this much of the beginning: a recording's sound seldom changes after it. */
const SEARCHED_PARTS = 15;
/** With so much speech no other stretch is looked for. */
const ENOUGH_SPEECH = 0.75;
/** A chunk with this probability of speech, of 255, counts as speech. */
const SPEECH_PROBABILITY = 128;

/**
 * Two minutes of a recording, transcribed with several models as a job would do it. Nothing is stored but the voice activity,
 * which a later job finds: no version, no window, no segment. Close it when done.
 */
export class StretchTrial {
  readonly range: JobRange & { readonly endMs: number };
  readonly #services: TrialServices;
  readonly #subject: TrialSubject;
  readonly #channels: number;
  readonly #isSpeakerOfChannel: boolean;
  readonly #reader: WorkingCopyReader;
  readonly #speech: readonly PartSpeech[];

  private constructor(parts: {
    range: StretchTrial['range'];
    services: TrialServices;
    subject: TrialSubject;
    channels: number;
    isSpeakerOfChannel: boolean;
    reader: WorkingCopyReader;
    speech: readonly PartSpeech[];
  }) {
    this.range = parts.range;
    this.#services = parts.services;
    this.#subject = parts.subject;
    this.#channels = parts.channels;
    this.#isSpeakerOfChannel = parts.isSpeakerOfChannel;
    this.#reader = parts.reader;
    this.#speech = parts.speech;
  }

  /**
   * Finds the two minutes with the most speech of a recording's first quarter of an hour; null if nobody speaks in it. Waits for
   * an import that has not come so far. Throws the engine's, the vault's and the import's errors, and the signal's reason.
   */
  static async begin(
    services: TrialServices,
    subject: TrialSubject,
    signal: AbortSignal,
  ): Promise<StretchTrial | null> {
    const { recordingId, feed, options } = subject;
    const { layout, channels } = await feed.layout(signal);
    const reader = new WorkingCopyReader(services.vault, services.database, recordingId);
    try {
      const activity = new VoiceActivityOfParts({ ...services, reader }, recordingId);
      const range = await stretchWithSpeech(feed, activity, channels, signal);
      const speech: PartSpeech[] = [];
      if (range !== null) {
        const source = { database: services.database, recordingId, range, feed, activity };
        for await (const part of detectSpeech(
          { ...source, keepSilence: options.keepSilence },
          { layout, channels },
          signal,
        ))
          speech.push(part);
      }
      if (range === null || speech.every(({ spans }) => spans.length === 0)) {
        await reader.close();
        return null;
      }
      const isSpeakerOfChannel = layout === 'speakers' && options.speakers !== 'none';
      return new StretchTrial({ range, services, subject, channels, isSpeakerOfChannel, reader, speech });
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  /** Transcribes the stretch with a model, window by window. Throws the engine's errors, and the signal's reason. */
  async *transcribe(options: JobOptions, signal: AbortSignal): AsyncGenerator<TriedWindow> {
    const { engine } = this.#services;
    const { path } = options.model;
    const { multilingual } = await engine.load(path, signal);
    const choice = multilingual ? options.language : 'en';
    const windows = await this.#windows(options, choice, signal);
    const language = choice === 'auto' ? await this.#detected(options, windows, signal) : choice;
    const totalMs = windows.reduce((sum, { window }) => sum + windowDurationMs(window), 0);
    let doneMs = 0;
    for (const { channel, window } of windows) {
      const pcm = await this.#pcmOf(channel, window);
      const spoken = window.language ?? language;
      const request = windowRequest(options, spoken, multilingual, engine);
      const result = await transcribeWindow(engine, { pcm, speech: speechIn(window) }, request, { signal });
      doneMs += windowDurationMs(window);
      yield {
        segments: placeSegments(
          window,
          result.segments,
          this.#isSpeakerOfChannel ? `Speaker ${channel + 1}` : null,
        ),
        language: spoken,
        share: doneMs / totalMs,
        untilMs: windowSpan(window).endMs,
      };
    }
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }

  async #windows(options: JobOptions, choice: string, signal: AbortSignal): Promise<ChannelWindow[]> {
    const spans = new SpanLanguages(this.#services.engine, this.#reader, options, signal, []);
    const languageOf = choice === 'mixed' ? spans.languageOf.bind(spans) : null;
    const windows: ChannelWindow[] = [];
    for await (const window of planWindows(this.#channels, languageOf, inOrder(this.#speech)))
      windows.push(window);
    return windows;
  }

  /** The language of the stretch, decided as a job decides that of its first windows. */
  async #detected(
    options: JobOptions,
    windows: readonly ChannelWindow[],
    signal: AbortSignal,
  ): Promise<string> {
    const { database, engine } = this.#services;
    const usual = await database.jobs.languageUses(this.#subject.recordingId);
    const decision = new LanguageDecision(engine, options, usual, signal);
    for (const { window: index, startMs, endMs } of decidingRanges(
      windows.map(({ window }) => windowDurationMs(window)),
    )) {
      const { channel, window } = windows[index] as ChannelWindow;
      const pcm = await this.#pcmOf(channel, window);
      await decision.detect(pcm.slice(startMs * SAMPLES_PER_MS, endMs * SAMPLES_PER_MS));
    }
    return decision.best.language;
  }

  #pcmOf(channel: number, window: ChannelWindow['window']): Promise<Int16Array> {
    return fillWindow(window, (startMs, durationMs) => this.#reader.read(channel, startMs, durationMs));
  }
}

async function* inOrder(speech: readonly PartSpeech[]): AsyncGenerator<PartSpeech> {
  yield* speech;
}

/** The consecutive parts with the most speech, by their voice activity; null if there is none in any. */
async function stretchWithSpeech(
  feed: ImportFeed,
  activity: VoiceActivityOfParts,
  channels: number,
  signal: AbortSignal,
): Promise<(Span & JobRange) | null> {
  const spoken: number[] = [];
  let best = { part: 0, chunks: 0 };
  for (let part = 0; part < SEARCHED_PARTS && (await feed.hasPart(part, signal)); part += 1) {
    let chunks = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      const probabilities = await activity.of(channel, part, signal);
      chunks += probabilities.reduce((sum, one) => sum + (one >= SPEECH_PROBABILITY ? 1 : 0), 0);
    }
    spoken.push(chunks);
    const first = Math.max(0, part + 1 - STRETCH_PARTS);
    const together = spoken.slice(first).reduce((sum, one) => sum + one, 0);
    if (together > best.chunks) best = { part: first, chunks: together };
    if (part + 1 >= STRETCH_PARTS && best.chunks >= ENOUGH_SPEECH * STRETCH_PARTS * CHUNKS_OF_PART) break;
  }
  if (best.chunks === 0) return null;
  const startMs = best.part * PART_MS;
  return {
    startMs,
    endMs: Math.min(startMs + STRETCH_PARTS * PART_MS, feed.durationMs ?? Number.POSITIVE_INFINITY),
  };
}

const CHUNKS_OF_PART = (PART_MS * SAMPLES_PER_MS) / VOICE_CHUNK_SAMPLES;
