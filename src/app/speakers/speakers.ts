import { Mutex } from 'async-mutex';
import { PART_MS } from '../../contract/audio.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { RequestOutput } from '../../contract/ipc.ts';
import type { SimilarSegment, SpeakerCount, SpeakersView } from '../../contract/speakers.ts';
import type { Database } from '../../core/database/database.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import type { Engine } from '../../core/engine/engine.ts';
import { toldSpeakers } from '../../core/pipeline/told-speakers.ts';
import { isEngineFailure } from '../../core/pipeline/twice-at-most.ts';
import type { TypingActivity } from '../../core/pipeline/typing-activity.ts';
import { VoiceActivityOfParts } from '../../core/pipeline/voice-activity.ts';
import { heardParts, VoiceHearing } from '../../core/pipeline/voice-hearing.ts';
import { WorkingCopyReader } from '../../core/pipeline/working-copy-reader.ts';
import { askSpeakers } from '../../core/speakers/ask-speakers.ts';
import type { Vault } from '../../core/vault/vault.ts';

/** Dependencies of the speakers. */
export interface SpeakersServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly engine: Engine;
  /** Knows when a text is edited: it is not changed while the user types. */
  readonly typing: TypingActivity;
}

/** Listeners to who speaks in recordings. */
export interface SpeakersObserver {
  /** The speakers of the current text were told anew; `percent` while voices are still being heard, else null. */
  readonly onChange?: (recordingId: string, percent: number | null) => void;
}

/** Who speaks in the recordings of a vault. */
export class Speakers {
  readonly #services: SpeakersServices;
  readonly #observer: SpeakersObserver;
  readonly #closing = new AbortController();
  readonly #oneAtATime = new Mutex();

  constructor(services: SpeakersServices, observer: SpeakersObserver = {}) {
    this.#services = services;
    this.#observer = observer;
  }

  /** Whether speakers are being told apart. */
  get isBusy(): boolean {
    return this.#oneAtATime.isLocked();
  }

  /** Who speaks when, by the current text. Throws `recording.notFound`. */
  async overview(recordingId: string): Promise<SpeakersView> {
    const { database } = this.#services;
    const recording = await database.recordings.get(recordingId);
    const stored = await database.diarizations.get(recordingId);
    const version = await database.versions.latest(recordingId);
    const isByChannels = recording.layout === 'speakers';
    return {
      recordingId,
      by: isByChannels ? 'channels' : stored === null ? 'nothing' : 'voices',
      count: stored?.count ?? null,
      canRecount: await this.#canRecount(recording),
      lanes: version === null ? [] : await database.speakerTexts.lanes({ versionId: version.id }),
      recognised: version === null ? [] : await this.#recognised(recordingId),
    };
  }

  /** Speakers who still have the name of the voice that they were recognised as: another name is the user's answer. */
  async #recognised(recordingId: string): Promise<SpeakersView['recognised']> {
    const { speakerTexts, knownVoices } = this.#services.database;
    const recognised = await speakerTexts.recognised({ recordingId });
    if (recognised.length === 0) return [];
    const voices = await knownVoices.list({ matterId: null, nowMs: Date.now() });
    return recognised.filter(({ speaker, voiceId }) =>
      voices.some(({ id, name }) => id === voiceId && name === speaker),
    );
  }

  /**
   * Tells the speakers apart again, for another number of them (null: found automatically), and puts them into the current
   * text as one edit. Voices that were not heard yet are heard first, and `onChange` is told how far that is. Throws
   * `recording.notFound`, `recording.notTranscribed`, `speakers.notHeard`, and what hearing throws.
   */
  async recount(recordingId: string, count: SpeakerCount | null): Promise<RequestOutput<'speakers.recount'>> {
    return await this.#exclusively(async (signal) => {
      const { database } = this.#services;
      const recording = await this.#recountable(recordingId);
      await this.#hear(recording, signal);
      const diarization = await toldSpeakers(database, recordingId, count, signal);
      await this.#pause(recordingId, signal);
      const atMs = Date.now();
      const { edit, labels } = await database.speakerTexts.relabel({ recordingId, count, diarization, atMs });
      this.#observer.onChange?.(recordingId, null);
      const named = new Set(labels.filter((label) => label !== null));
      return { changed: edit.changes?.length !== 0, speakers: Math.max(named.size, labels.length) };
    });
  }

  /**
   * Tells a speaker's turns apart as two by their voices, as one edit: who says more of it keeps the label. Nothing changes
   * if they are too alike. Returns the labels of both. Throws like `recount`.
   */
  async split(recordingId: string, speaker: string): Promise<RequestOutput<'speakers.split'>> {
    return await this.#exclusively(async (signal) => {
      const { database } = this.#services;
      const recording = await this.#recountable(recordingId);
      await this.#hear(recording, signal);
      const lanes = await this.#lanes(recordingId);
      const spans = lanes.find((lane) => lane.speaker === speaker)?.turns ?? [];
      const turns = await askSpeakers(heardParts(database, recordingId), 'split', { spans }, signal);
      if (turns === null) return { changed: false, speakers: [speaker] };
      await this.#pause(recordingId, signal);
      const order = { recordingId, speaker, turns, atMs: Date.now() };
      const { edit, label } = await database.speakerTexts.split(order);
      this.#observer.onChange?.(recordingId, null);
      const changed = edit.changes?.length !== 0;
      return { changed, speakers: changed ? [speaker, label] : [speaker] };
    });
  }

  /**
   * Segments of the speaker that these were before they were given another one, whose voice is like that of these; the most
   * similar first. None if their voices were not heard. Throws `transcript.changed` if one of them does not exist.
   */
  async similar({
    recordingId,
    segments: ids,
    speaker,
  }: {
    recordingId: string;
    segments: readonly string[];
    speaker: string;
  }): Promise<SimilarSegment[]> {
    const { database } = this.#services;
    const asked = await database.speakerTexts.candidates({ recordingId, ids, speaker });
    if (asked === null) return [];
    const { segments, corrected } = asked;
    const question = { segments, corrected };
    const parts = heardParts(database, recordingId);
    const found = await askSpeakers(parts, 'similar', question, this.#closing.signal);
    return found.flatMap(({ index, certainty }): SimilarSegment[] => {
      const segment = segments[index];
      return segment === undefined ? [] : [{ ...segment, certainty }];
    });
  }

  /** Ends what is being heard; it goes on there when it is asked for again. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#oneAtATime.waitForUnlock();
  }

  #exclusively<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#oneAtATime.runExclusive(async () => {
      this.#closing.signal.throwIfAborted();
      return await work(this.#closing.signal);
    });
  }

  async #lanes(recordingId: string): Promise<SpeakersView['lanes']> {
    const { database } = this.#services;
    const version = await database.versions.latest(recordingId);
    return version === null ? [] : await database.speakerTexts.lanes({ versionId: version.id });
  }

  /** A recording whose voices can be told apart again: one channel, and a finished text. */
  async #recountable(recordingId: string): Promise<Recording> {
    const { database } = this.#services;
    const recording = await database.recordings.get(recordingId);
    const text = await database.edits.text(recordingId);
    if (text === null) throw new AppError('recording.notTranscribed', { name: recording.name });
    if (!(await this.#canRecount(recording))) throw new AppError('speakers.notHeard', {});
    return recording;
  }

  async #canRecount({ id, channels, durationMs }: Recording): Promise<boolean> {
    const { database } = this.#services;
    const text = await database.edits.text(id);
    if (text === null || channels !== 1 || durationMs === null) return false;
    return (await database.versions.get(text.machineVersionId))?.completedAtMs != null;
  }

  /** Hears what was not heard of the recording's voices. */
  async #hear({ id, durationMs }: Recording, signal: AbortSignal): Promise<void> {
    const { vault, database, engine } = this.#services;
    const parts = Math.ceil((durationMs ?? 0) / PART_MS);
    const heard = new Set(await database.speakerParts.heard(id));
    const missing = parts - heard.size;
    const reader = new WorkingCopyReader(vault, database, id);
    try {
      const activity = new VoiceActivityOfParts({ database, engine, reader }, id);
      const voices = new VoiceHearing({ database, engine, reader, activity }, id);
      let done = 0;
      for (let part = 0; part < parts; part += 1) {
        if (!heard.has(part)) this.#observer.onChange?.(id, Math.round((100 * done++) / missing));
        await voices.hear(part, signal);
      }
    } catch (error) {
      this.#observer.onChange?.(id, null);
      if (isEngineFailure(error) || isAppError(error, 'engine.voicesUnusable')) {
        throw new AppError('speakers.notHeard', {}, { cause: error });
      }
      throw error;
    } finally {
      await reader.close();
    }
  }

  /** Waits until the user does not type in the text. */
  async #pause(recordingId: string, signal: AbortSignal): Promise<void> {
    const { database, typing } = this.#services;
    const text = await database.edits.text(recordingId);
    await typing.pause(recordingId, text?.editedAtMs ?? null, signal);
  }
}
