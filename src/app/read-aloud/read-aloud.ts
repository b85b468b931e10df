import { parse } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { languageName } from '../../contract/languages.ts';
import type { Locale } from '../../contract/locale.ts';
import { BUNDLED_VOICE_LANGUAGE, type SpokenFormat, type SpokenSentence } from '../../contract/read-aloud.ts';
import type { Database } from '../../core/database/database.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import type { Ffmpeg } from '../../core/media/find-ffmpeg.ts';
import { sentencesOf } from '../../core/read-aloud/sentences.ts';
import { soundFile } from '../../core/read-aloud/sound-file.ts';
import { BundledVoice } from '../../core/read-aloud/voice-thread.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';

/** Silence between sentences, and before what another person says. */
const BETWEEN_SENTENCES_MS = 250;
const BETWEEN_SPEAKERS_MS = 700;

/** Reads texts of an open vault aloud with the bundled voice. */
export class ReadAloud {
  readonly #voice = new BundledVoice();
  readonly #database: Database;
  readonly #ffmpeg: () => Promise<Ffmpeg>;
  readonly #language: () => Locale;

  constructor(parts: {
    readonly database: Database;
    readonly ffmpeg: () => Promise<Ffmpeg>;
    /** The user's language, for names of languages in messages. */
    readonly language: () => Locale;
  }) {
    this.#database = parts.database;
    this.#ffmpeg = parts.ffmpeg;
    this.#language = parts.language;
  }

  /** A sentence as sound, with the time of every word. Throws `voice.failed`. */
  async speak(text: string, speed: number): Promise<SpokenSentence> {
    const { samples, sampleRate, words } = await this.#say(text, speed);
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength).slice();
    return { samples: bytes, sampleRate, words: words.map((word) => ({ ...word })) };
  }

  /**
   * Writes the current text of a recording as a sound file in which each speaker is named when they begin. Throws `voice.noVoice` if it
   * is in a language that the bundled voice does not speak, `voice.failed`, and what writing throws.
   */
  async save(
    recordingId: string,
    { path, format, speed }: { path: string; format: SpokenFormat; speed: number },
  ): Promise<void> {
    const document = await latestDocument(this.#database, await this.#database.recordings.get(recordingId));
    const foreign = document.segments.find(({ language }) => language !== BUNDLED_VOICE_LANGUAGE);
    if (foreign !== undefined) {
      const language = languageName(foreign.language, this.#language());
      throw new AppError('voice.noVoice', { language });
    }
    const pieces: Int16Array[] = [];
    let rate = 16_000;
    let speaker: string | null = null;
    for (const segment of document.segments) {
      const isNew = segment.speaker !== null && segment.speaker !== speaker;
      if (isNew) pieces.push(silence(BETWEEN_SPEAKERS_MS, rate));
      const said = isNew ? `${segment.speaker}: ${segment.text}` : segment.text;
      speaker = segment.speaker;
      for (const sentence of sentencesOf(said, BUNDLED_VOICE_LANGUAGE)) {
        const { samples, sampleRate } = await this.#say(sentence, speed);
        rate = sampleRate;
        pieces.push(samples, silence(BETWEEN_SENTENCES_MS, rate));
      }
    }
    const sound = soundFile(joined(pieces), rate, format, this.#ffmpeg);
    const { dir, name } = parse(path);
    // The system's dialog has asked about a file of this name.
    await writeAtomically(sound, { folder: dir, baseName: name, extension: format, overwrite: true });
  }

  /** Ends the voice's thread. */
  async close(): Promise<void> {
    await this.#voice.close();
  }

  async #say(text: string, speed: number) {
    try {
      return await this.#voice.speak(text, speed);
    } catch (cause) {
      throw new AppError('voice.failed', {}, { cause });
    }
  }
}

function silence(ms: number, sampleRate: number): Int16Array {
  return new Int16Array(Math.round((ms * sampleRate) / 1000));
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
