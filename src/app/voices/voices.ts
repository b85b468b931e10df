import { v7 as newId } from 'uuid';
import { AppError, isAppError } from '../../contract/errors.ts';
import { type KnownVoiceView, LEAST_VOICE_MS } from '../../contract/speakers.ts';
import type { Database } from '../../core/database/database.ts';
import type { KnownVoice } from '../../core/database/speakers/known-voices.db.ts';
import { heardParts } from '../../core/pipeline/voice-hearing.ts';
import { askSpeakers } from '../../core/speakers/ask-speakers.ts';
import type { LearntVoice } from '../../core/speakers/learnt-voice.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A speaker whose voice is to be remembered, and as whose. */
export interface VoiceToRemember {
  readonly recordingId: string;
  /** The label in the current text. */
  readonly speaker: string;
  readonly name: string;
  /** Null: kept until deleted. */
  readonly expiresAtMs: number | null;
}

/** Listeners to changes of known voices. */
export interface VoicesObserver {
  /** Voices were added, changed or deleted. */
  readonly onChange?: () => void;
}

/** Voices that are remembered in matters: biometric data, which exists only where the user asked for it. */
export class Voices {
  readonly #database: Database;
  readonly #observer: VoicesObserver;
  readonly #closing = new AbortController();
  #daily: NodeJS.Timeout | null = null;

  constructor({ database }: { database: Database }, observer: VoicesObserver = {}) {
    this.#database = database;
    this.#observer = observer;
  }

  /** Deletes what has expired, at once and every day until it is closed. */
  async begin(): Promise<void> {
    await this.#expireNow();
    // A day in which the computer sleeps passes when it wakes up: nothing that has expired is used before.
    this.#daily = setInterval(() => void this.#expireNow(), DAY_MS);
    this.#daily.unref();
  }

  close(): void {
    this.#closing.abort();
    if (this.#daily !== null) clearInterval(this.#daily);
    this.#daily = null;
  }

  /** Deletes the voices whose time is over. */
  async expire(nowMs: number): Promise<void> {
    if ((await this.#database.knownVoices.deleteExpired({ nowMs })) > 0) this.#observer.onChange?.();
  }

  /** The voices of a matter, or of all. */
  async list(matterId: string | null): Promise<KnownVoiceView[]> {
    const voices = await this.#database.knownVoices.list({ matterId, nowMs: Date.now() });
    return await Promise.all(voices.map((voice) => this.#view(voice)));
  }

  /**
   * Remembers a speaker's voice in the recording's matter, by all that this speaker says alone. Throws
   * `recording.notFound`, `recording.notTranscribed`, `voice.noMatter`, `speakers.notHeard` if the speakers were not told
   * apart by their voices, and `voice.tooShort`.
   */
  async remember({ recordingId, speaker, name, expiresAtMs }: VoiceToRemember): Promise<KnownVoiceView> {
    const recording = await this.#database.recordings.get(recordingId);
    const { matterId } = recording;
    if (matterId === null) throw new AppError('voice.noMatter', {});
    const learnt = await this.#learnt(recordingId, recording.name, speaker);
    if (learnt === null || learnt.speechMs < LEAST_VOICE_MS) throw new AppError('voice.tooShort', {});
    const voice: KnownVoice = {
      ...{ id: newId(), matterId, recordingId, name, expiresAtMs, ...learnt },
      rememberedAtMs: Date.now(),
    };
    await this.#database.knownVoices.add(voice);
    this.#observer.onChange?.();
    return await this.#view(voice);
  }

  /** Sets when a voice expires; null: never. */
  async setExpiry(id: string, expiresAtMs: number | null): Promise<void> {
    await this.#database.knownVoices.setExpiry({ id, expiresAtMs, atMs: Date.now() });
    await this.expire(Date.now());
    this.#observer.onChange?.();
  }

  /** Ends the question whether a speaker was rightly recognised as this voice. */
  async settle(recordingId: string, voiceId: string): Promise<void> {
    await this.#database.diarizations.settle({ recordingId, voiceId });
  }

  /** Deletes voices for good. */
  async forget(ids: readonly string[]): Promise<void> {
    await this.#database.knownVoices.forget({ ids: [...ids], atMs: Date.now() });
    this.#observer.onChange?.();
  }

  /** A full disk keeps nobody out of a vault: what has expired is not used, and is deleted the next time. */
  async #expireNow(): Promise<void> {
    try {
      await this.expire(Date.now());
    } catch (error) {
      if (!isAppError(error, 'disk.full')) throw error;
    }
  }

  async #learnt(recordingId: string, name: string, speaker: string): Promise<LearntVoice | null> {
    const diarization = await this.#database.diarizations.get(recordingId);
    if (diarization === null) throw new AppError('speakers.notHeard', {});
    const version = await this.#database.versions.latest(recordingId);
    if (version === null) throw new AppError('recording.notTranscribed', { name });
    const lanes = await this.#database.speakerTexts.lanes({ versionId: version.id });
    const parts = heardParts(this.#database, recordingId);
    return await askSpeakers(parts, 'learn', { lanes, speaker }, this.#closing.signal);
  }

  async #view({ embedding: _, recordingId, ...voice }: KnownVoice): Promise<KnownVoiceView> {
    if (recordingId === null) return { ...voice, recordingName: null };
    const { name } = await this.#database.recordings.get(recordingId);
    return { ...voice, recordingName: name };
  }
}
