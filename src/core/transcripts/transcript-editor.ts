import { Mutex } from 'async-mutex';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { EditableSegment, TranscriptPatch } from '../../contract/views.ts';
import type { Database } from '../database/database.ts';
import type { AppliedEdit, EditableText, NewChange } from '../database/repositories/edits.ts';
import type { Place } from '../database/repositories/places.ts';
import type { StoredSegment } from '../database/repositories/segments.ts';
import { eachSegment } from '../database/segment-pages.ts';
import { replacedIn, type Search } from './find-and-replace.ts';
import { firstWords, replaceTexts, withSpeaker } from './replace-texts.ts';
import { languageOf } from './transcript-document.ts';
import { versionChanges } from './use-version.ts';

/** What goes along with an edit. */
export interface EditContext {
  /** Edits in a row with the same gesture are undone together. */
  readonly gesture?: string | undefined;
  /** Where the user is now: kept with the edit. */
  readonly place?: Place | undefined;
}

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

  /** Puts texts in the place of neighbouring segments: see `replaceTexts`. Without any it begins a text that has none. */
  edit(
    recordingId: string,
    keys: readonly string[],
    texts: readonly string[],
    context: EditContext = {},
  ): Promise<TranscriptPatch[]> {
    const find = async (text: EditableText) =>
      keys.length === 0
        ? await this.#firstWords(recordingId, text, texts)
        : replaceTexts(await this.#find(text, keys), texts);
    return this.#edit(recordingId, find, context);
  }

  /** Says who speaks in these segments; null where it is not known. */
  assignSpeaker(
    recordingId: string,
    keys: readonly string[],
    speaker: string | null,
    context: EditContext = {},
  ): Promise<TranscriptPatch[]> {
    const find = async (text: EditableText) => speakerChanges(await this.#find(text, keys), speaker);
    return this.#edit(recordingId, find, context);
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
      count = 0;
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

  /**
   * Puts the text of another version of the recording in the place of the current one, as one edit. Gives whether they
   * differed.
   */
  async useVersion(recordingId: string, versionId: string): Promise<boolean> {
    const patches = await this.#edit(recordingId, async (text) => {
      if (versionId === text.machineVersionId) {
        const edited = await this.#database.edits.edited(text);
        const restored = await this.#database.edits.replaced(text);
        if (edited.length === 0 && restored.length === 0) return [];
        return [{ removed: edited.map(({ key }) => key), inserted: [], restored }];
      }
      return versionChanges(await this.#all(text), await this.#segments(versionId));
    });
    return patches.length > 0;
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

  /**
   * Finds the changes and makes them, with no other edit between. An edit that changes nothing is none. Where a new version
   * has come just then, in which a stretch was heard anew, the edit is made in that one: its segments go by the same keys.
   */
  #edit(
    recordingId: string,
    find: (text: EditableText) => Promise<NewChange[]>,
    context: EditContext = {},
  ): Promise<TranscriptPatch[]> {
    return this.#mutex.runExclusive(async () => {
      for (;;) {
        const text = await this.#text(recordingId);
        try {
          return await this.#make(recordingId, text, await find(text), context);
        } catch (error) {
          const { machineVersionId } = await this.#text(recordingId);
          if (!isAppError(error, 'transcript.changed') || machineVersionId === text.machineVersionId)
            throw error;
        }
      }
    });
  }

  async #make(
    recordingId: string,
    { machineVersionId }: EditableText,
    changes: NewChange[],
    { gesture, place }: EditContext,
  ): Promise<TranscriptPatch[]> {
    const { edits, places } = this.#database;
    if (changes.length === 0) {
      if (place !== undefined) await places.keep({ recordingId, place });
      return [];
    }
    const edit = { recordingId, machineVersionId, changes, atMs: Date.now() };
    const context = { gesture: gesture ?? null, place: place ?? null };
    return patchesOf(recordingId, await edits.apply({ ...edit, ...context }));
  }

  /** What begins a text that has no segments: one that lasts as long as the recording, in place of all that stood there. */
  async #firstWords(recordingId: string, text: EditableText, texts: readonly string[]): Promise<NewChange[]> {
    const isEmpty = (await this.#all(text)).length === 0;
    if (!isEmpty) throw new AppError('transcript.changed', {});
    const { durationMs } = await this.#database.recordings.get(recordingId);
    const version = await this.#database.versions.latest(recordingId);
    const jobId = version?.jobId ?? null;
    const language = jobId === null ? null : languageOf(await this.#database.jobs.get(jobId));
    const origins = await this.#database.edits.replaced(text);
    return firstWords(texts.join(' '), { durationMs: durationMs ?? 0, language: language ?? 'en', origins });
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

  #all(text: EditableText): Promise<StoredSegment[]> {
    return this.#segments(text.editedVersionId ?? text.machineVersionId);
  }

  async #segments(versionId: string): Promise<StoredSegment[]> {
    const segments: StoredSegment[] = [];
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
  // One that stands for nothing the machine wrote has no origins to be found by.
  const removed = new Set(chosen.map(({ key }) => key));
  // A segment may share origins with one that shares others with a third: all of them give way together.
  for (let grown = true; grown; ) {
    grown = false;
    for (const segment of edited) {
      if (removed.has(segment.key) || !segment.origins.some((origin) => origins.has(origin))) continue;
      removed.add(segment.key);
      for (const origin of segment.origins) origins.add(origin);
      grown = true;
    }
  }
  return [{ removed: [...removed], inserted: [], restored: [...origins] }];
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
