import { AppError } from '../../contract/errors.ts';
import type { KnownVoiceView } from '../../contract/speakers.ts';
import type { Database } from '../../core/database/database.ts';

/** Voices that are remembered in matters. */
export class Voices {
  readonly #database: Database;

  constructor({ database }: { database: Database }) {
    this.#database = database;
  }

  /** The voices of a matter, or of all. */
  async list(matterId: string | null): Promise<KnownVoiceView[]> {
    const voices = await this.#database.knownVoices.list({ matterId, nowMs: Date.now() });
    return voices.map(({ embedding: _, recordingId: __, ...voice }) => ({ ...voice, recordingName: null }));
  }

  /** Remembers a speaker's voice in the recording's matter. */
  async remember(_asked: {
    recordingId: string;
    speaker: string;
    name: string;
    expiresAtMs: number | null;
  }): Promise<KnownVoiceView> {
    throw new AppError('voice.noMatter', {});
  }

  async setExpiry(id: string, expiresAtMs: number | null): Promise<void> {
    await this.#database.knownVoices.setExpiry({ id, expiresAtMs });
  }

  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.#database.knownVoices.delete({ id });
  }
}
