import { AppError } from '../../../contract/errors.ts';
import { replacedIn, type Search } from '../../text-alignment/find-and-replace.ts';
import { firstWords, replaceTexts, withSpeaker } from '../../text-alignment/replace-texts.ts';
import type { NewChange, StoredSegment } from '../../text-alignment/stored-segment.ts';
import { versionChanges } from '../../text-alignment/version-changes.ts';
import type { Connection } from '../connection.db.ts';
import { languageOf } from '../jobs/job-language.ts';
import type { JobReader } from '../jobs/jobs.db.ts';
import type { RecordingReader } from '../recordings/recordings.db.ts';
import { requiredRow } from '../required-row.ts';
import type { AppliedEdit, EditableText, Edits } from './edits.db.ts';
import type { RecentSplits } from './recent-splits.ts';
import type { SegmentReader } from './segments.db.ts';
import type { VersionReader } from './versions.db.ts';
import type { StoredViewState, ViewStates } from './view-states.db.ts';

/** The corrected text, its undo group and view state. */
export interface Correction {
  readonly recordingId: string;
  /** Edits in a row with the same undo group are undone together. */
  readonly undoGroup?: string | null;
  /** The current view state: stored with the edit. */
  readonly viewState?: StoredViewState | null;
}

/** The effect of a correction on the current text: the present segments concerned, and the changes. */
interface Finding {
  readonly present: readonly StoredSegment[];
  readonly changes: readonly NewChange[];
}

/** The repositories that corrections use. */
interface TextParts {
  readonly edits: Edits;
  readonly segments: SegmentReader;
  readonly viewStates: ViewStates;
  readonly recordings: RecordingReader;
  readonly versions: VersionReader;
  readonly jobs: JobReader;
  readonly recentSplits: RecentSplits;
}

/**
 * Users' corrections of current texts, each as one edit: found and applied in one transaction, so that no other change
 * comes between, and in the database's thread, so that hours of text need not cross threads. All throw
 * `recording.notTranscribed` if there is no text, and `transcript.changed` if a segment does not exist; an edit that
 * changes nothing is not made.
 */
export class Corrections {
  readonly #connection: Connection;
  readonly #parts: TextParts;

  constructor(connection: Connection, parts: TextParts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  /** Replaces neighbouring segments by texts: see `replaceTexts`. Without ids it begins a text that has no segments. */
  edit({
    ids,
    texts,
    ...about
  }: Correction & { ids: readonly string[]; texts: readonly string[] }): AppliedEdit {
    return this.#make(about, (text) => {
      if (ids.length === 0) return this.#firstWords(about.recordingId, text, texts);
      const meant = ids.map((id, index) => this.#parts.recentSplits.idsOf(id, texts[index] ?? ''));
      if (ids.length !== texts.length || meant.every((one) => one.length === 1)) {
        const present = this.#find(text, ids);
        return { present, changes: replaceTexts(present, texts) };
      }
      const found = meant.map((one, index) => {
        const present = this.#find(text, one);
        return { present, changes: replaceTexts(present, [texts[index] ?? '']) };
      });
      return {
        present: found.flatMap(({ present }) => present),
        changes: found.flatMap(({ changes }) => changes),
      };
    });
  }

  /**
   * Replaces by texts segments that were removed as a range was retranscribed: in the earlier text, which still holds
   * them unchanged. Returns the number of the version that holds them.
   */
  keepBefore({
    recordingId,
    undoGroup = null,
    ids,
    texts,
  }: Omit<Correction, 'viewState'> & { ids: readonly string[]; texts: readonly string[] }): number {
    const { edits, versions } = this.#parts;
    return this.#connection.transaction(() => {
      const { machineVersionId } = this.#text(recordingId);
      const text = edits.textBefore(machineVersionId);
      if (text === null) throw new AppError('transcript.changed', {});
      const present = this.#find(text, ids);
      const changes = replaceTexts(present, texts);
      if (changes.length > 0)
        edits.apply({ recordingId, text, present, changes, atMs: Date.now(), undoGroup });
      const kept = edits.textBefore(machineVersionId)?.editedVersionId ?? text.machineVersionId;
      return requiredRow(versions.get(kept), 'version').number;
    });
  }

  /** Sets the speaker of these segments, null if unknown: where it was uncertain it is confirmed. */
  assignSpeaker({
    ids,
    speaker,
    ...about
  }: Correction & { ids: readonly string[]; speaker: string | null }): AppliedEdit {
    return this.#make(about, (text) => speakerChanges(this.#find(text, ids), speaker, true));
  }

  /** Renames a speaker everywhere. */
  renameSpeaker({ from, to, ...about }: Correction & { from: string; to: string }): AppliedEdit {
    return this.#make(about, (text) =>
      speakerChanges(
        this.#all(text).filter(({ segment }) => segment.speaker === from),
        to,
        false,
      ),
    );
  }

  /** Replaces the matches of a search in the segments of these ids, or in all. Returns their count, too. */
  replaceAll({
    search,
    replacement,
    ids,
    ...about
  }: Correction & { search: Search; replacement: string; ids: readonly string[] | null }): {
    count: number;
    edit: AppliedEdit;
  } {
    let count = 0;
    const edit = this.#make(about, (text) => {
      const present = ids === null ? this.#all(text) : this.#find(text, ids);
      const changes = present.flatMap((segment) => {
        const replaced = replacedIn(segment.segment.text, search, replacement);
        count += replaced.count;
        return replaced.count === 0 ? [] : replaceTexts([segment], [replaced.text]);
      });
      return { present, changes };
    });
    return { count, edit };
  }

  /**
   * Restores the machine's text, for these segments and for those that were made from the same machine segments.
   * Unedited ones stay as they are.
   */
  reset({ ids, ...about }: Correction & { ids: readonly string[] }): AppliedEdit {
    return this.#make(about, (text) => {
      const chosen = this.#find(text, ids).filter((segment) => segment.edited);
      const edited = this.#parts.edits.edited(text);
      return { present: edited, changes: resetChanges(chosen, edited) };
    });
  }

  /** Restores machine segments by their ids, with all that edits have made of them. Those that stand stay as they are. */
  restore({ machineIds, ...about }: Correction & { machineIds: readonly string[] }): AppliedEdit {
    return this.#make(about, (text) => {
      const replaced = new Set(this.#parts.edits.replaced(text));
      const present = this.#parts.edits.edited(text);
      return {
        present,
        changes: restoredChanges(
          machineIds.filter((id) => replaced.has(id)),
          present,
        ),
      };
    });
  }

  /** Replaces the current text by that of another version of the recording. Returns whether they differed. */
  useVersion({ versionId, ...about }: Correction & { versionId: string }): boolean {
    const { changes } = this.#make(about, (text) => this.#changesTo(versionId, text));
    return changes === null || changes.length > 0;
  }

  /** The words of current segments, as `unpackWords` accepts them; missing segments are left out. */
  packedWords({ recordingId, ids }: { recordingId: string; ids: readonly string[] }): string {
    return this.#parts.edits.packedWords({ text: this.#text(recordingId), ids });
  }

  /** The first segment of a text without segments: as long as the recording, replacing all that was there. */
  #firstWords(recordingId: string, text: EditableText, texts: readonly string[]): Finding {
    const { edits, recordings, versions, jobs } = this.#parts;
    if (this.#all(text).length > 0) throw new AppError('transcript.changed', {});
    const { durationMs } = recordings.get(recordingId);
    const jobId = versions.latest(recordingId)?.jobId ?? null;
    const language = jobId === null ? null : languageOf(jobs.get(jobId));
    const facts = { durationMs: durationMs ?? 0, language: language ?? 'en', origins: edits.replaced(text) };
    return { present: [], changes: firstWords(texts.join(' '), facts) };
  }

  #changesTo(versionId: string, text: EditableText): Finding {
    if (versionId !== text.machineVersionId) {
      const present = this.#all(text);
      return { present, changes: versionChanges(present, this.#segments(versionId)) };
    }
    const present = this.#parts.edits.edited(text);
    const restored = this.#parts.edits.replaced(text);
    if (present.length === 0 && restored.length === 0) return { present, changes: [] };
    return { present, changes: [{ removed: present.map(({ id }) => id), inserted: [], restored }] };
  }

  #make(
    { recordingId, undoGroup = null, viewState = null }: Correction,
    find: (text: EditableText) => Finding,
  ): AppliedEdit {
    const { edits, viewStates } = this.#parts;
    return this.#connection.transaction(() => {
      const text = this.#text(recordingId);
      const found = find(text);
      if (found.changes.length > 0) {
        return edits.apply({ recordingId, text, ...found, atMs: Date.now(), undoGroup, viewState });
      }
      if (viewState !== null) viewStates.keep({ recordingId, state: viewState });
      return { changes: [], canUndo: text.canUndo, canRedo: text.canRedo };
    });
  }

  #text(recordingId: string): EditableText {
    const { edits, recordings } = this.#parts;
    const text = edits.text(recordingId);
    if (text !== null) return text;
    throw new AppError('recording.notTranscribed', { name: recordings.get(recordingId).name });
  }

  #find(text: EditableText, ids: readonly string[]): StoredSegment[] {
    const segments = this.#parts.edits.find({ text, ids });
    if (segments.length !== new Set(ids).size) throw new AppError('transcript.changed', {});
    return segments;
  }

  #all(text: EditableText): StoredSegment[] {
    return this.#segments(text.editedVersionId ?? text.machineVersionId);
  }

  #segments(versionId: string): StoredSegment[] {
    return this.#parts.segments.all(versionId);
  }
}

function speakerChanges(
  segments: readonly StoredSegment[],
  speaker: string | null,
  isSure: boolean,
): Finding {
  const isConfirmed = ({ segment }: StoredSegment) => isSure && segment.flags.includes('unsureSpeaker');
  const present = segments.filter((one) => one.segment.speaker !== speaker || isConfirmed(one));
  return {
    present,
    changes: present.map((segment) => ({
      removed: [segment.id],
      inserted: [withSpeaker(segment, speaker, isSure)],
    })),
  };
}

function resetChanges(chosen: readonly StoredSegment[], edited: readonly StoredSegment[]): NewChange[] {
  if (chosen.length === 0) return [];
  const machineIds = chosen.flatMap((segment) => segment.origins);
  // One that replaces no machine segment has no origins to be found by.
  return [restored(new Set(machineIds), new Set(chosen.map(({ id }) => id)), edited)];
}

function restoredChanges(machineIds: readonly string[], edited: readonly StoredSegment[]): NewChange[] {
  return machineIds.length === 0 ? [] : [restored(new Set(machineIds), new Set(), edited)];
}

/** The change that restores machine segments, in the place of these and of all that share origins with them. */
function restored(origins: Set<string>, removed: Set<string>, edited: readonly StoredSegment[]): NewChange {
  // A segment may share origins with one that shares others with a third: all are removed together.
  for (let grown = true; grown; ) {
    grown = false;
    for (const segment of edited) {
      if (removed.has(segment.id) || !segment.origins.some((origin) => origins.has(origin))) continue;
      removed.add(segment.id);
      for (const origin of segment.origins) origins.add(origin);
      grown = true;
    }
  }
  return { removed: [...removed], inserted: [], restored: [...origins] };
}
