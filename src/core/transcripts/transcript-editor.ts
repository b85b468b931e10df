import { Mutex } from 'async-mutex';
import { AppError } from '../../contract/errors.ts';
import type { EditableSegment, TranscriptPatch } from '../../contract/views.ts';
import type { Database } from '../database/database.ts';
import type { AppliedEdit, EditableText, NewChange } from '../database/repositories/edits.ts';
import type { StoredSegment } from '../database/repositories/segments.ts';
import { eachSegment } from '../database/segment-pages.ts';
import { replacedIn, type Search } from './find-and-replace.ts';
import { replaceTexts, withSpeaker } from './replace-texts.ts';

/**
 * Edits the current texts of recordings. Each edit is durable when its promise is fulfilled, can be undone as a whole,
 * and answers with what has changed. One edit at a time; all throw `recording.notTranscribed` where there is no text, and
 * `transcript.changed` where a segment is not there any more.
 */
export class TranscriptEditor {
  readonly #database: Database;
  readonly #mutex = new Mutex();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts texts in the place of neighbouring segments: see `replaceTexts`. */
  edit(recordingId: string, keys: readonly string[], texts: readonly string[]): Promise<TranscriptPatch[]> {
    return this.#edit(recordingId, async (text) => replaceTexts(await this.#find(text, keys), texts));
  }

  /** Says who speaks in these segments; null where it is not known. */
  assignSpeaker(
    recordingId: string,
    keys: readonly string[],
    speaker: string | null,
  ): Promise<TranscriptPatch[]> {
    return this.#edit(recordingId, async (text) => speakerChanges(await this.#find(text, keys), speaker));
  }

  /** Renames a speaker everywhere. */
  renameSpeaker(recordingId: string, from: string, to: string): Promise<TranscriptPatch[]> {
    return this.#edit(recordingId, async (text) => {
      const segments = await this.#all(text);
      return speakerChanges(
        segments.filter(({ segment }) => segment.speaker === from),
        to,
      );
    });
  }

  /** Replaces what is looked for in the segments of these keys, or in all, as one edit. Gives how many places there were. */
  async replaceAll(
    recordingId: string,
    search: Search,
    replacement: string,
    keys: readonly string[] | null,
  ): Promise<{ count: number; patches: TranscriptPatch[] }> {
    let count = 0;
    const patches = await this.#edit(recordingId, async (text) => {
      const segments = keys === null ? await this.#all(text) : await this.#find(text, keys);
      const changes: NewChange[] = [];
      for (const segment of segments) {
        const replaced = replacedIn(segment.segment.text, search, replacement);
        count += replaced.count;
        if (replaced.count > 0) changes.push(...replaceTexts([segment], [replaced.text]));
      }
      return changes;
    });
    return { count, patches };
  }

  /**
   * Gives back what the machine wrote, for these segments and for those that were made of the same machine's segments as
   * they. Untouched ones stay as they are.
   */
  reset(recordingId: string, keys: readonly string[]): Promise<TranscriptPatch[]> {
    return this.#edit(recordingId, async (text) => {
      const chosen = await this.#find(text, keys);
      const edited = await this.#database.edits.edited(text);
      return resetChanges(
        chosen.filter((segment) => segment.edited),
        edited,
      );
    });
  }

  /** Undoes the last edit; without any gives no patches. */
  undo(recordingId: string): Promise<TranscriptPatch[]> {
    return this.#mutex.runExclusive(async () =>
      patchesOf(recordingId, await this.#database.edits.undo(recordingId)),
    );
  }

  /** Makes the edit again that was undone last; without any gives no patches. */
  redo(recordingId: string): Promise<TranscriptPatch[]> {
    return this.#mutex.runExclusive(async () =>
      patchesOf(recordingId, await this.#database.edits.redo(recordingId)),
    );
  }

  /** The words of current segments, as `unpackWords` takes them; segments that are not there are left out. */
  async packedWords(recordingId: string, keys: readonly string[]): Promise<string> {
    return await this.#database.edits.packedWords({ text: await this.#text(recordingId), keys });
  }

  /** Finds the changes and makes them, with no other edit between. An edit that changes nothing is none. */
  #edit(recordingId: string, find: (text: EditableText) => Promise<NewChange[]>): Promise<TranscriptPatch[]> {
    return this.#mutex.runExclusive(async () => {
      const text = await this.#text(recordingId);
      const changes = await find(text);
      if (changes.length === 0) return [];
      const { machineVersionId } = text;
      return patchesOf(
        recordingId,
        await this.#database.edits.apply({ recordingId, machineVersionId, changes, atMs: Date.now() }),
      );
    });
  }

  async #text(recordingId: string): Promise<EditableText> {
    const text = await this.#database.edits.text(recordingId);
    if (text !== null) return text;
    const { name } = await this.#database.recordings.get(recordingId);
    throw new AppError('recording.notTranscribed', { name });
  }

  async #find(text: EditableText, keys: readonly string[]): Promise<StoredSegment[]> {
    const segments = await this.#database.edits.find({ text, keys });
    if (segments.length !== new Set(keys).size) throw new AppError('transcript.changed', {});
    return segments;
  }

  async #all(text: EditableText): Promise<StoredSegment[]> {
    const segments: StoredSegment[] = [];
    const versionId = text.editedVersionId ?? text.machineVersionId;
    for await (const segment of eachSegment(this.#database, versionId)) segments.push(segment);
    return segments;
  }
}

/** A segment as the window edits it. */
export function editableSegment({ key, channel, edited, segment }: StoredSegment): EditableSegment {
  return { id: key, channel, edited, ...segment };
}

function speakerChanges(segments: readonly StoredSegment[], speaker: string | null): NewChange[] {
  return segments
    .filter(({ segment }) => segment.speaker !== speaker)
    .map((segment) => ({ removed: [segment.key], inserted: [withSpeaker(segment, speaker)] }));
}

function resetChanges(chosen: readonly StoredSegment[], edited: readonly StoredSegment[]): NewChange[] {
  if (chosen.length === 0) return [];
  const origins = new Set(chosen.flatMap((segment) => segment.origins));
  const removed = new Set<StoredSegment>();
  // A segment may share origins with one that shares others with a third: all of them give way together.
  for (let grown = true; grown; ) {
    grown = false;
    for (const segment of edited) {
      if (removed.has(segment) || !segment.origins.some((origin) => origins.has(origin))) continue;
      removed.add(segment);
      for (const origin of segment.origins) origins.add(origin);
      grown = true;
    }
  }
  return [{ removed: [...removed].map(({ key }) => key), inserted: [], restored: [...origins] }];
}

function patchesOf(recordingId: string, { changes, canUndo, canRedo }: AppliedEdit): TranscriptPatch[] {
  return changes.map(({ after, removed, inserted }) => ({
    recordingId,
    after,
    removed: [...removed],
    inserted: inserted.map(editableSegment),
    canUndo,
    canRedo,
  }));
}
