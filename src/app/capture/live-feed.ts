import type { CaptureWarning, LiveText } from '../../contract/capture.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { TextMaking } from '../../contract/text-making.ts';
import type { CaptureBlock } from '../../core/capture/capture-timeline.ts';
import type { LiveEvent, LiveWords } from '../../core/live-text/live-event.ts';
import { type LiveParts, LiveTranscriber } from '../../core/live-text/live-transcriber.ts';
import type { LiveVersion } from '../transcripts/live-version.ts';

/** How long the engine may take to confirm the last words of a session. */
const FINISH_MS = 30_000;

/** What of the texts of a session can be warned of. */
export type TextWarning = Extract<
  CaptureWarning,
  'liveTextLate' | 'liveTextSkipped' | 'liveTextFailed' | 'finalTranscriptFailed'
>;

/** What is told of the texts of a session. */
export interface LiveListener {
  readonly onText: (text: Pick<LiveText, 'confirmed' | 'interim'>) => void;
  /** Somebody begins or ceases to speak in a channel. */
  readonly onSpeech: (channel: number, isSpeaking: boolean) => void;
  readonly onModel: (name: string) => void;
  readonly onWarning: (warning: TextWarning, holds: boolean) => void;
}

/** Dependencies of a live feed. */
export interface LiveFeedParts extends Omit<LiveParts, 'emit'> {
  /** Where the text is stored, and the options it is stored with; null if there is none, and only speech is found. */
  readonly text: { readonly version: LiveVersion; readonly options: JobOptions } | null;
}

/**
 * Feeds the recorded sound of a session to its live transcriber, and stores what that confirms. Neither holds up the
 * session: what is too late is left out, and what cannot be stored is told.
 */
export class LiveFeed {
  readonly #parts: LiveFeedParts;
  readonly #listener: LiveListener;
  readonly #transcriber: LiveTranscriber;
  readonly #words = new Map<number, LiveWords>();
  #storing: Promise<void> = Promise.resolve();
  /** How the stored text is made. */
  #making: TextMaking | null;
  #greatestBehindMs = 0;
  /** The engine makes no text until further notice. */
  #hasFailed = false;

  constructor(parts: LiveFeedParts, listener: LiveListener) {
    this.#parts = parts;
    this.#listener = listener;
    const making = { detectedLanguage: null, languageProbability: null };
    this.#making = parts.text === null ? null : { ...making, options: parts.text.options };
    this.#transcriber = new LiveTranscriber({ ...parts, emit: (event) => this.#take(event) });
  }

  /** How much sound was left out, in milliseconds. */
  get skippedMs(): number {
    return this.#transcriber.figures.skippedMs;
  }

  /** How far the text was behind the sound at most, in milliseconds. */
  get greatestBehindMs(): number {
    return this.#greatestBehindMs;
  }

  /** Takes the next sound of the recording; what is missing before it is silence. Never waits. */
  push({ startFrame, samples }: CaptureBlock): void {
    if (samples === null) return;
    const { channels, sampleRate } = this.#parts;
    const startMs = (startFrame / sampleRate) * 1000;
    for (let channel = 0; channel < channels; channel += 1) {
      this.#transcriber.push({ startMs, samples: channelOf(samples, channel, channels), channel });
    }
    this.#greatestBehindMs = Math.max(this.#greatestBehindMs, this.#transcriber.behindMs);
  }

  /** The recording is paused. */
  pause(): void {
    this.#transcriber.pause();
  }

  /**
   * Confirms and stores what is left, and finishes the text, unless the engine takes too long or `abandoned` resolves: the
   * rest is then left to the final transcript.
   */
  async finish(abandoned: Promise<void>): Promise<void> {
    const { text } = this.#parts;
    if (text !== null && !this.#hasFailed) {
      const timeout = Promise.withResolvers<void>();
      const timer = setTimeout(timeout.resolve, FINISH_MS);
      const finished = this.#transcriber.finish().catch(() => this.#fail());
      await Promise.race([finished, timeout.promise, abandoned]);
      clearTimeout(timer);
    }
    // Does nothing where it has finished.
    await this.#transcriber.abort().catch(() => undefined);
    await this.#storing;
    await text?.version.finish();
  }

  #take(event: LiveEvent): void {
    const { onSpeech, onModel, onWarning } = this.#listener;
    switch (event.type) {
      case 'text': {
        const { channel, confirmed, interim } = event;
        // Words that have just become a segment would be nowhere until it is stored.
        this.#storing = this.#storing.then(() => {
          this.#words.set(channel, { confirmed, interim });
          this.#tellText();
        });
        break;
      }
      case 'segments':
        this.#store((version) => version.commit(event.segments, event.channel));
        break;
      case 'speech':
        onSpeech(event.channel, event.isSpeaking);
        break;
      case 'late':
        onWarning('liveTextLate', event.isLate);
        break;
      case 'skipped':
        if (this.#parts.text !== null) onWarning('liveTextSkipped', true);
        break;
      case 'failed':
        this.#hasFailed = event.error !== null;
        if (this.#parts.text !== null) onWarning('liveTextFailed', this.#hasFailed);
        break;
      case 'language':
        this.#tellLanguage(event.language, event.probability);
        break;
      case 'model':
        onModel(event.model);
        this.#tellModel(event.model);
        break;
    }
  }

  #fail(): void {
    this.#listener.onWarning('liveTextFailed', true);
  }

  #tellText(): void {
    const words = [...this.#words.entries()].sort(([a], [b]) => a - b).map(([, text]) => text);
    const joined = (texts: string[]) => texts.filter((text) => text.trim() !== '').join('\n');
    this.#listener.onText({
      confirmed: joined(words.map(({ confirmed }) => confirmed)),
      interim: joined(words.map(({ interim }) => interim)),
    });
  }

  #tellLanguage(detectedLanguage: string, languageProbability: number): void {
    this.#remake((making) => ({ ...making, detectedLanguage, languageProbability }));
  }

  #tellModel(name: string): void {
    const { models } = this.#parts;
    const found = [models?.final, ...(models?.others ?? [])].find((one) => one?.choice.name === name);
    if (found === undefined) return;
    this.#remake((making) => ({ ...making, options: { ...making.options, model: found.choice } }));
  }

  #remake(change: (making: TextMaking) => TextMaking): void {
    if (this.#making === null) return;
    const making = change(this.#making);
    this.#making = making;
    this.#store((version) => version.setMaking(making));
  }

  #store(write: (version: LiveVersion) => Promise<unknown>): void {
    const { text } = this.#parts;
    if (text === null) return;
    this.#storing = this.#storing
      .then(() => write(text.version))
      .then(
        () => undefined,
        // The words stay in the recording: the final transcript has them.
        () => this.#fail(),
      );
  }
}

/** One channel of interleaved samples. */
function channelOf(samples: Int16Array, channel: number, channels: number): Int16Array {
  if (channels === 1) return samples;
  const length = samples.length / channels;
  const own = new Int16Array(length);
  for (let index = 0; index < length; index += 1) own[index] = samples[index * channels + channel] ?? 0;
  return own;
}
