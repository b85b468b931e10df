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
import type { SegmentReader } from './segments.db.ts';
import type { VersionReader } from './versions.db.ts';
import type { Place, Places } from './view-states.db.ts';

/** Which text is corrected, and what goes along with that. */
export interface Correction {
  readonly recordingId: string;
  /** Edits in a row with the same undo group are undone together. */
  readonly undoGroup?: string | null;
  /** Where the user is now: kept with the edit. */
  readonly place?: Place | null;
}

/** What a correction does to the current text: the segments it is about, as they stand, and the changes. */
interface Finding {
  readonly present: readonly StoredSegment[];
  readonly changes: readonly NewChange[];
}

/** What these repositories know of a text. */
interface TextParts {
  readonly edits: Edits;
  readonly segments: SegmentReader;
  readonly places: Places;
  readonly recordings: RecordingReader;
  readonly versions: VersionReader;
  readonly jobs: JobReader;
}

/**
 * What users do to current texts, each as one edit: found and made in one transaction, so that nothing comes between, and
 * here, where the text is, so that hours of it need not go from one thread to the other. All throw
 * `recording.notTranscribed` where there is no text, and `transcript.changed` where a segment is not there any more; an
 * edit that changes nothing is none.
 */
export class Corrections {
  readonly #connection: Connection;
  readonly #parts: TextParts;

  constructor(connection: Connection, parts: TextParts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  /** Puts texts in the place of neighbouring segments: see `replaceTexts`. Without any it begins a text that has none. */
  edit({
    ids,
    texts,
    ...about
  }: Correction & { ids: readonly string[]; texts: readonly string[] }): AppliedEdit {
    return this.#make(about, (text) => {
      if (ids.length === 0) return this.#firstWords(about.recordingId, text, texts);
      const present = this.#find(text, ids);
      return { present, changes: replaceTexts(present, texts) };
    });
  }

  /**
   * Puts texts in the place of segments that have gone because a stretch was heard anew: in the text which that was put
   * into, where they are as they were. Gives the number of the version that holds them.
   */
  keepBefore({
    recordingId,
    undoGroup = null,
    ids,
    texts,
  }: Omit<Correction, 'place'> & { ids: readonly string[]; texts: readonly string[] }): number {
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

  /** Says who speaks in these segments; null where it is not known. */
  assignSpeaker({
    ids,
    speaker,
    ...about
  }: Correction & { ids: readonly string[]; speaker: string | null }): AppliedEdit {
    return this.#make(about, (text) => speakerChanges(this.#find(text, ids), speaker));
  }

  /** Renames a speaker everywhere. */
  renameSpeaker({ from, to, ...about }: Correction & { from: string; to: string }): AppliedEdit {
    return this.#make(about, (text) =>
      speakerChanges(
        this.#all(text).filter(({ segment }) => segment.speaker === from),
        to,
      ),
    );
  }

  /** Replaces what is looked for in the segments of these ids, or in all. Gives how many places there were, too. */
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
   * Gives back what the machine wrote, for these segments and for those that were made of the same machine's segments as
   * they. Untouched ones stay as they are.
   */
  reset({ ids, ...about }: Correction & { ids: readonly string[] }): AppliedEdit {
    return this.#make(about, (text) => {
      const chosen = this.#find(text, ids).filter((segment) => segment.edited);
      const edited = this.#parts.edits.edited(text);
      return { present: edited, changes: resetChanges(chosen, edited) };
    });
  }

  /** Puts the text of another version of the recording in the place of the current one. Gives whether they differed. */
  useVersion({ versionId, ...about }: Correction & { versionId: string }): boolean {
    const { changes } = this.#make(about, (text) => this.#changesTo(versionId, text));
    return changes === null || changes.length > 0;
  }

  /** The words of current segments, as `unpackWords` takes them; segments that are not there are left out. */
  packedWords({ recordingId, ids }: { recordingId: string; ids: readonly string[] }): string {
    return this.#parts.edits.packedWords({ text: this.#text(recordingId), ids });
  }

  /** What begins a text that has no segments: one that lasts as long as the recording, in place of all that stood there. */
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
    { recordingId, undoGroup = null, place = null }: Correction,
    find: (text: EditableText) => Finding,
  ): AppliedEdit {
    const { edits, places } = this.#parts;
    return this.#connection.transaction(() => {
      const text = this.#text(recordingId);
      const found = find(text);
      if (found.changes.length > 0) {
        return edits.apply({ recordingId, text, ...found, atMs: Date.now(), undoGroup, place });
      }
      if (place !== null) places.keep({ recordingId, place });
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

function speakerChanges(segments: readonly StoredSegment[], speaker: string | null): Finding {
  const present = segments.filter(({ segment }) => segment.speaker !== speaker);
  return {
    present,
    changes: present.map((segment) => ({
      removed: [segment.id],
      inserted: [withSpeaker(segment, speaker)],
    })),
  };
}

function resetChanges(chosen: readonly StoredSegment[], edited: readonly StoredSegment[]): NewChange[] {
  if (chosen.length === 0) return [];
  const origins = new Set(chosen.flatMap((segment) => segment.origins));
  // One that stands for nothing the machine wrote has no origins to be found by.
  const removed = new Set(chosen.map(({ id }) => id));
  // A segment may share origins with one that shares others with a third: all of them give way together.
  for (let grown = true; grown; ) {
    grown = false;
    for (const segment of edited) {
      if (removed.has(segment.id) || !segment.origins.some((origin) => origins.has(origin))) continue;
      removed.add(segment.id);
      for (const origin of segment.origins) origins.add(origin);
      grown = true;
    }
  }
  return [{ removed: [...removed], inserted: [], restored: [...origins] }];
}
