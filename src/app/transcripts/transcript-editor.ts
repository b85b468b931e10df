import { isAppError } from '../../contract/errors.ts';
import type { EditableSegment, TranscriptPatch } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { AppliedEdit } from '../../core/database/transcripts/edits.db.ts';
import type { StoredViewState } from '../../core/database/transcripts/view-states.db.ts';
import type { Search } from '../../core/text-alignment/find-and-replace.ts';
import type { StoredSegment } from '../../core/text-alignment/stored-segment.ts';

/** The context of an edit. */
export interface EditContext {
  /** Undo group: consecutive edits of the same one are undone together. */
  readonly undoGroup?: string | undefined;
  /** View state, stored with the edit. */
  readonly place?: StoredViewState | undefined;
}

/** Typing into a range that was just retranscribed: the number of the version that keeps it. */
export interface KeptBefore {
  readonly recordingId: string;
  readonly versionNumber: number;
}

/** Listeners to the editor. */
export interface EditObserver {
  /** Called for every edit of a recording's text, when it is requested. */
  readonly onEdit?: (recordingId: string) => void;
  /** Called for texts that came too late for the current text: see `edit`. */
  readonly onKeptBefore?: (kept: KeptBefore) => void;
}

/** The changes; null if they are so many that the text has to be opened again. */
export type Patches = TranscriptPatch[] | null;

/**
 * Edits the current texts of recordings. Each edit is durable when its promise is fulfilled, can be undone as a whole,
 * and returns what has changed. Edits are made in the order in which they are requested; what they do and throw:
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
   * If a range with some of the segments was just retranscribed, their texts are kept in the version before that one:
   * no patches are returned for them.
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

  /** Also returns the number of matches. */
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

  /** Takes over what the machine heard in the place of an edit: see `Transcripts.keptEdits`. */
  async takeHeard(recordingId: string, machineIds: readonly string[]): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    return patchesOf(recordingId, await this.#database.corrections.restore({ recordingId, machineIds }));
  }

  /** Returns whether the texts differed. */
  useVersion(recordingId: string, versionId: string): Promise<boolean> {
    this.#observer.onEdit?.(recordingId);
    return this.#database.corrections.useVersion({ recordingId, versionId });
  }

  /** Undoes the last edit; returns no patches if there is none. */
  async undo(recordingId: string): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    return patchesOf(recordingId, await this.#database.edits.undo(recordingId));
  }

  /** Redoes the edit undone last; returns no patches if there is none. */
  async redo(recordingId: string): Promise<Patches> {
    this.#observer.onEdit?.(recordingId);
    return patchesOf(recordingId, await this.#database.edits.redo(recordingId));
  }

  /** The words of current segments, in the format of `unpackWords`; missing segments are skipped. */
  packedWords(recordingId: string, ids: readonly string[]): Promise<string> {
    return this.#database.corrections.packedWords({ recordingId, ids });
  }
}

/** A segment as the window edits it. */
export function editableSegment({ id, channel, edited, segment }: StoredSegment): EditableSegment {
  return { id, channel, edited, ...segment };
}

function definite({ undoGroup = null, place = null }: { [K in keyof EditContext]?: EditContext[K] | null }) {
  return { undoGroup: undoGroup, viewState: place };
}

/** An edit as the window applies it; null if the text is to be reopened. */
export function patchesOf(recordingId: string, { changes, canUndo, canRedo }: AppliedEdit): Patches {
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
