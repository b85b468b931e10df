import { AppError } from '../../contract/errors.ts';
import { listenedMs, listenedPercent } from '../../contract/listened.ts';
import {
  type CheckingView,
  MOST_CHANGES_LISTED,
  type PlayedSpan,
  type SignOffView,
} from '../../contract/sign-off.ts';
import type { Database } from '../../core/database/database.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import { type CheckedSegment, checkedSegment, SaidHash } from '../../core/database/sign-off/checked-text.ts';
import type { SignOff } from '../../core/database/sign-off/sign-offs.db.ts';
import { saidHashOf } from '../../core/transcripts/said-hash-of.ts';
import { latestVersion } from '../../core/transcripts/transcript-document.ts';
import { versionText } from '../transcripts/transcript-view.ts';
import { changesSince } from './changes-since.ts';

/** The setting that keeps the name of who checked a text last. */
const USUAL_NAME = 'checkerName';

/** Listeners to sign-offs. */
export interface SignOffObserver {
  /** The sign-off of this recording's text was made or taken back. */
  readonly onChange?: (recordingId: string) => void;
}

/** Who checked which text of an open vault, after having heard how much of its recording. */
export class SignOffs {
  readonly #database: Database;
  readonly #observer: SignOffObserver;

  constructor(database: Database, observer: SignOffObserver = {}) {
    this.#database = database;
    this.#observer = observer;
  }

  /** What is known of the checking of a recording's text. Throws `recording.notFound`. */
  async view(recordingId: string): Promise<CheckingView> {
    await this.#database.recordings.get(recordingId);
    const { signOffs, settings } = this.#database;
    const [signOff, played, name] = await Promise.all([
      signOffs.get(recordingId),
      signOffs.played(recordingId),
      settings.get(USUAL_NAME),
    ]);
    return {
      signOff: signOff === null ? null : await this.#signOffView(signOff),
      played,
      usualName: typeof name === 'string' ? name : '',
    };
  }

  /** Stores what was played of a recording, and returns all that was. Throws `recording.notFound`. */
  async heard(recordingId: string, spans: readonly PlayedSpan[]): Promise<PlayedSpan[]> {
    const { durationMs } = await this.#database.recordings.get(recordingId);
    const latest = durationMs ?? Number.MAX_SAFE_INTEGER;
    const within = spans
      .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, latest) }))
      .filter(({ startMs, endMs }) => startMs < endMs);
    if (within.length === 0) return await this.#database.signOffs.played(recordingId);
    return await this.#database.signOffs.addPlayed({ recordingId, spans: within });
  }

  /**
   * Marks the current text of a recording as checked by a person. Throws `recording.notFound`, `recording.notTranscribed`,
   * and `transcript.unfinished` for a text that is still being made.
   */
  async check(recordingId: string, by: string): Promise<SignOffView> {
    const database = this.#database;
    // What was typed until now is what was checked: it belongs to no later session of edits.
    await database.editSessions.bind({ recordingId, atMs: Date.now() });
    const recording = await database.recordings.get(recordingId);
    const version = await latestVersion(database, recording);
    const { completedAtMs } = await database.versions.machineVersion(version);
    if (completedAtMs === null) throw new AppError('transcript.unfinished', { name: recording.name });
    const segments: CheckedSegment[] = [];
    const hash = new SaidHash();
    for await (const stored of eachSegment(database, version.id)) {
      const segment = checkedSegment(stored);
      segments.push(segment);
      hash.add(segment);
    }
    const durationMs = recording.durationMs ?? 0;
    const signOff: SignOff = {
      recordingId,
      versionId: version.id,
      checkedBy: by,
      checkedAtMs: Date.now(),
      listenedMs: listenedMs(await database.signOffs.played(recordingId), durationMs),
      durationMs,
      textSha256: hash.digest(),
    };
    await database.signOffs.add({ signOff, segments });
    await database.settings.set({ key: USUAL_NAME, value: by });
    this.#observer.onChange?.(recordingId);
    return await this.#signOffView(signOff);
  }

  /** Takes the sign-off of a recording's text back; returns whether there was one. Throws `recording.notFound`. */
  async takeBack(recordingId: string): Promise<boolean> {
    await this.#database.recordings.get(recordingId);
    const was = await this.#database.signOffs.remove({ recordingId, atMs: Date.now() });
    if (was) this.#observer.onChange?.(recordingId);
    return was;
  }

  async #signOffView(signOff: SignOff): Promise<SignOffView> {
    const changes = await this.#changesSince(signOff);
    return {
      by: signOff.checkedBy,
      atMs: signOff.checkedAtMs,
      percent: listenedPercent(signOff.listenedMs, signOff.durationMs),
      changeCount: changes.length,
      changes: changes.slice(0, MOST_CHANGES_LISTED),
    };
  }

  async #changesSince({ recordingId, textSha256 }: SignOff): Promise<SignOffView['changes']> {
    const database = this.#database;
    const version = await database.versions.latest(recordingId);
    if (version === null || (await saidHashOf(database, version.id)) === textSha256) return [];
    const checked = await database.signOffs.text(recordingId);
    return await changesSince(checked, (await versionText(database, version)).segments);
  }
}
