import { isAppError } from '../../contract/errors.ts';
import type { EditableSegment, TranscriptPatch } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { AppliedEdit } from '../../core/database/transcripts/edits.db.ts';
import type { Place } from '../../core/database/transcripts/view-states.db.ts';
import type { Search } from '../../core/text-alignment/find-and-replace.ts';
import type { StoredSegment } from '../../core/text-alignment/stored-segment.ts';

/** What goes along with an edit. */
export interface EditContext {
  /** Edits in a row with the same gesture are undone together. */
  readonly gesture?: string | undefined;
  /** Where the user is now: kept with the edit. */
  readonly place?: Place | undefined;
}

/** What was typed into a stretch just when it was heard anew: the number of the version that holds it. */
export interface KeptBefore {
  readonly recordingId: string;
  readonly versionNumber: number;
}

/** Who is told of what the editor does. */
export interface EditObserver {
  /** Every edit of a recording's text, when it is asked for. */
  readonly onEdit?: (recordingId: string) => void;
  /** Texts that came too late for the current text: see `edit`. */
  readonly onKeptBefore?: (kept: KeptBefore) => void;
}

/** What has changed; null where that is so much that the text is to be opened anew. */
export type Patches = TranscriptPatch[] | null;

/**
 * Edits the current texts of recordings. Each edit is durable when its promise is fulfilled, can be undone as a whole,
 * and answers with what has changed. Edits are made in the order in which they are asked for; what they do and throw:
 * see `Corrections`.
 */
export class TranscriptEditor {
  readonly #database: Database;
  readonly #observer: EditObserver;

  constructor(database: Database, observer: EditObserver = {}) {
    this.#database = database;
    this.#observer = observer;
  }

  /**
   * Where a stretch with some of the segments was heard anew just then, their texts are kept in the text before that one:
   * of these nothing is answered.
   */
  async edit(
    recordingId: string,
    ids: readonly string[],
    texts: readonly string[],
    context: EditContext = {},
  ): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    const about = { recordingId, ...definite(context) };
    try {
      return patchesOf(recordingId, await this.#database.corrections.edit({ ...about, ids, texts }));
    } catch (error) {
      if (!isAppError(error, 'transcript.changed') || ids.length === 0) throw error;
    }
    if (ids.length === 1 || ids.length !== texts.length) {
      const versionNumber = await this.#database.corrections.keepBefore({ ...about, ids, texts });
      this.#observer.onKeptBefore?.({ recordingId, versionNumber });
      return [];
    }
    const patches: (TranscriptPatch[] | null)[] = [];
    for (const [index, id] of ids.entries())
      patches.push(await this.edit(recordingId, [id], [texts[index] ?? ''], context));
    return patches.every((one) => one !== null) ? patches.flat() : null;
  }

  async assignSpeaker(
    recordingId: string,
    ids: readonly string[],
    speaker: string | null,
    context: EditContext = {},
  ): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    const about = { recordingId, ...definite(context) };
    return patchesOf(recordingId, await this.#database.corrections.assignSpeaker({ ...about, ids, speaker }));
  }

  async renameSpeaker(recordingId: string, from: string, to: string): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    return patchesOf(recordingId, await this.#database.corrections.renameSpeaker({ recordingId, from, to }));
  }

  /** Gives how many places there were, too. */
  async replaceAll(
    recordingId: string,
    search: Search,
    replacement: string,
    ids: readonly string[] | null,
  ): Promise<{ count: number; patches: Patches }> {
    this.#observer.onEdit?.(recordingId);
    const order = { recordingId, search, replacement, ids };
    const { count, edit } = await this.#database.corrections.replaceAll(order);
    return { count, patches: patchesOf(recordingId, edit) };
  }

  async reset(recordingId: string, ids: readonly string[]): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    return patchesOf(recordingId, await this.#database.corrections.reset({ recordingId, ids }));
  }

  /** Gives whether the texts differed. */
  useVersion(recordingId: string, versionId: string): Promise<boolean> {
    this.#observer.onEdit?.(recordingId);
    return this.#database.corrections.useVersion({ recordingId, versionId });
  }

  /** Undoes the last edit; without any gives no patches. */
  async undo(recordingId: string): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    return patchesOf(recordingId, await this.#database.edits.undo(recordingId));
  }

  /** Makes the edit again that was undone last; without any gives no patches. */
  async redo(recordingId: string): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    return patchesOf(recordingId, await this.#database.edits.redo(recordingId));
  }

  /** The words of current segments, as `unpackWords` takes them; segments that are not there are left out. */
  packedWords(recordingId: string, ids: readonly string[]): Promise<string> {
    return this.#database.corrections.packedWords({ recordingId, ids });
  }
}

/** A segment as the window edits it. */
export function editableSegment({ id, channel, edited, segment }: StoredSegment): EditableSegment {
  return { id, channel, edited, ...segment };
}

function definite({ gesture = null, place = null }: { [K in keyof EditContext]?: EditContext[K] | null }) {
  return { undoGroup: gesture, place };
}

function patchesOf(recordingId: string, { changes, canUndo, canRedo }: AppliedEdit): Patches {
  if (changes === null) return null;
  return changes.map(({ after, removed, inserted }) => ({
    recordingId,
    after,
    removed: [...removed],
    inserted: inserted.map(editableSegment),
    canUndo,
    canRedo,
  }));
}
