import { createHash, type Hash } from 'node:crypto';
import { parse } from 'node:path';
import type { TranscriptDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { languageName } from '../../contract/languages.ts';
import type { Locale } from '../../contract/locale.ts';
import { BUNDLED_VOICE_LANGUAGE, type SpokenFormat, type SpokenSentence } from '../../contract/read-aloud.ts';
import type { Database } from '../../core/database/database.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import type { Ffmpeg } from '../../core/media/find-ffmpeg.ts';
import { VOICE_RATE } from '../../core/read-aloud/flite-voice.ts';
import { sentencesOf } from '../../core/read-aloud/sentences.ts';
import { soundFile } from '../../core/read-aloud/sound-file.ts';
import { BundledVoice } from '../../core/read-aloud/voice-thread.ts';
import { latestVersion, transcriptDocument } from '../../core/transcripts/transcript-document.ts';

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
   * Writes the current text of a recording as a sound file in which each speaker is named when they begin; the audit log tells of it.
   * Throws `voice.noVoice` if it is in a language that the bundled voice does not speak, `voice.failed`, and what writing throws.
   */
  async save(
    recordingId: string,
    { path, format, speed }: { path: string; format: SpokenFormat; speed: number },
  ): Promise<void> {
    const database = this.#database;
    const version = await latestVersion(database, await database.recordings.get(recordingId));
    const { segments } = await transcriptDocument(database, version.id);
    const foreign = segments.find(({ language }) => language !== BUNDLED_VOICE_LANGUAGE);
    if (foreign !== undefined) {
      const language = languageName(foreign.language, this.#language());
      throw new AppError('voice.noVoice', { language });
    }
    await database.editSessions.bind({ recordingId, atMs: Date.now() });
    const { dir, name } = parse(path);
    const hash = createHash('sha256');
    const sound = soundFile(await this.#spoken(segments, speed), VOICE_RATE, format, this.#ffmpeg);
    // The system's dialog has asked about a file of this name.
    const target = { folder: dir, baseName: name, extension: format, overwrite: true };
    await writeAtomically(hashed(sound, hash), target);
    await database.audit.append({
      atMs: Date.now(),
      action: 'version.readAloud',
      subjectId: version.id,
      outcome: 'done',
      detail: { format, fileHash: hash.digest('hex') },
    });
  }

  async #spoken(segments: TranscriptDocument['segments'], speed: number): Promise<Int16Array[]> {
    const pieces: Int16Array[] = [];
    let speaker: string | null = null;
    for (const segment of segments) {
      const isNew = segment.speaker !== null && segment.speaker !== speaker;
      if (isNew) pieces.push(silence(BETWEEN_SPEAKERS_MS));
      const said = isNew ? `${segment.speaker}: ${segment.text}` : segment.text;
      speaker = segment.speaker;
      for (const sentence of sentencesOf(said, BUNDLED_VOICE_LANGUAGE)) {
        pieces.push((await this.#say(sentence, speed)).samples, silence(BETWEEN_SENTENCES_MS));
      }
    }
    return pieces;
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

function silence(ms: number): Int16Array {
  return new Int16Array(Math.round((ms * VOICE_RATE) / 1000));
}

async function* hashed(content: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}
