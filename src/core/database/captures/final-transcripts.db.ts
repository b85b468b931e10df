import type { Span } from '../../../contract/audio.ts';
import type { KeptEditView } from '../../../contract/views.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import type { JobReader } from '../jobs/jobs.db.ts';
import type { RecordingReader } from '../recordings/recordings.db.ts';
import { requiredRow } from '../required-row.ts';
import { editedContentOf, ownSegments, writeEdited } from '../transcripts/edited-content.db.ts';
import { type EditableText, type Edits, REBASED } from '../transcripts/edits.db.ts';
import { IdGroups, idsOf, idsOfChange } from '../transcripts/id-groups.ts';
import { insertSegment, segmentColumns } from '../transcripts/segments.db.ts';
import type { Version, Versions } from '../transcripts/versions.db.ts';
import { coveredTime, withoutSpans } from '../windows/covered-time.ts';
import type { WindowReader } from '../windows/windows.db.ts';
import { type FinalText, finalText, type MachineSegment } from './final-text.ts';
import type { LiveTexts } from './live-texts.db.ts';

/** The result of putting a final job's text into the live text. */
export interface FinalOutcome {
  /** The new current version. */
  readonly version: Version;
  /** The current version before; unchanged. */
  readonly earlier: Version;
  /** The number of places where the user's edits stay. */
  readonly keptEdits: number;
  /** The ranges in which the text before stays because the job did not cover them. */
  readonly uncovered: readonly Span[];
}

/** The repositories that final transcripts use. */
interface FinalParts {
  readonly versions: Versions;
  readonly edits: Edits;
  readonly jobs: JobReader;
  readonly windows: WindowReader;
  readonly recordings: RecordingReader;
  readonly liveTexts: LiveTexts;
}

/**
 * Puts the text of a capture's final job into the current one, as `finalText` merges them. The earlier version stays
 * unchanged.
 */
export class FinalTranscripts {
  readonly #connection: Connection;
  readonly #parts: FinalParts;

  constructor(connection: Connection, parts: FinalParts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  /**
   * Completes the version of a final job, in one transaction: it is merged with the text that is current at this moment.
   * Without segments the version is dropped and the text unchanged: null.
   */
  complete({ versionId, atMs }: { versionId: string; atMs: number }): FinalOutcome | null {
    const { versions, edits } = this.#parts;
    return this.#connection.transaction(() => {
      const unfinished = requiredRow(versions.get(versionId), 'version');
      if (unfinished.completedAtMs !== null) throw new Error('a finished version never changes');
      const { recordingId } = unfinished;
      const heard = ownSegments(this.#connection, versionId);
      if (heard.length === 0) {
        this.#connection.run('DELETE FROM versions WHERE id = @versionId', { versionId });
        return null;
      }
      const earlier = requiredRow(versions.latest(recordingId), 'version');
      const text = requiredRow(edits.text(recordingId), 'text');
      const merged = this.#merged(unfinished, text, heard);
      this.#rewrite(versionId, heard, merged.machine);
      const parentId = text.machineVersionId;
      this.#connection.run('UPDATE versions SET parent_id = @parentId WHERE id = @versionId', {
        versionId,
        parentId,
      });
      const { keptEdits, uncovered } = merged;
      versions.finish({ versionId, completedAtMs: atMs, detail: { parentId, final: true, keptEdits } });
      const { content, speakers } = merged;
      const hasRest =
        content.log.some(({ number }) => number === REBASED) &&
        content.rows.length + content.replaced.length > 0;
      const stored = { connection: this.#connection, versions };
      writeEdited(stored, unfinished, { ...content, hasRest }, speakers, atMs);
      return { version: requiredRow(versions.latest(recordingId), 'version'), earlier, keptEdits, uncovered };
    });
  }

  /**
   * The places in the current text where edits stayed as the final job's text was put into it, in order; those that were
   * edited again since, or taken back, are left out.
   */
  keptEdits({ recordingId }: { recordingId: string }): KeptEditView[] {
    const { edits } = this.#parts;
    const text = edits.text(recordingId);
    const mergedAtMs = text === null ? null : this.#mergedAtMs(text);
    if (text === null || text.editedVersionId === null || mergedAtMs === null) return [];
    const content = editedContentOf(this.#connection, edits, text);
    const groups = IdGroups.of(content);
    const touched = (isIn: (atMs: number) => boolean) =>
      groups.rootsOf(
        content.log
          .filter(({ atMs, number, undone }) => number !== REBASED && undone === 0 && isIn(atMs))
          .flatMap(({ changes }) => changes.flatMap(idsOfChange)),
      );
    const before = touched((atMs) => atMs <= mergedAtMs);
    const since = touched((atMs) => atMs > mergedAtMs);
    const machine = new Map(
      ownSegments(this.#connection, text.machineVersionId).map((segment) => [segment.id, segment]),
    );
    const hidden = Map.groupBy(content.replaced, (id) => groups.rootOf(id));
    const rows = Map.groupBy(content.rows, (row) => groups.rootOf(idsOf(row)[0] ?? ''));
    const kept = [...before]
      .filter((root) => !since.has(root))
      .flatMap((root): KeptEditView[] => {
        const own = (rows.get(root) ?? []).toSorted((a, b) => a.segment.startMs - b.segment.startMs);
        const under = (hidden.get(root) ?? [])
          .flatMap((id) => machine.get(id) ?? [])
          .sort((a, b) => a.segment.startMs - b.segment.startMs);
        const all = [...own, ...under].map(({ segment }) => segment);
        const edited = textOf(own);
        const heard = textOf(under);
        if (all.length === 0 || edited === heard) return [];
        return [
          {
            segmentIds: own.map(({ id }) => id),
            machineIds: under.map(({ id }) => id),
            startMs: Math.min(...all.map(({ startMs }) => startMs)),
            endMs: Math.max(...all.map(({ endMs }) => endMs)),
            text: edited,
            heard,
          },
        ];
      });
    return kept.sort((a, b) => a.startMs - b.startMs);
  }

  #merged(unfinished: Version, text: EditableText, heard: readonly StoredSegment[]): FinalText {
    const { edits, windows, recordings } = this.#parts;
    const { jobId, recordingId } = unfinished;
    const stays = this.#retranscribed(text.machineVersionId);
    const covered = coveredTime(windows.list(jobId ?? '').filter((window) => window.completedAtMs !== null));
    const machine = ownSegments(this.#connection, text.machineVersionId);
    const channels = recordings.get(recordingId).channels ?? 1;
    return finalText({
      content: editedContentOf(this.#connection, edits, text),
      machine,
      heard,
      taken: withoutSpans(covered, stays),
      stays,
      hasSameChannels: machine.every(({ channel }) => channel < channels),
    });
  }

  /** The ranges of a text that were transcribed again. */
  #retranscribed(machineVersionId: string): Span[] {
    const { versions, jobs } = this.#parts;
    const version = requiredRow(versions.get(machineVersionId), 'version');
    return versions.layers(version).flatMap(({ jobId }) => {
      const range = jobId === null ? null : jobs.get(jobId).range;
      return range === null
        ? []
        : [{ startMs: range.startMs, endMs: range.endMs ?? Number.MAX_SAFE_INTEGER }];
    });
  }

  /** Stores the machine segments of the merged text in the place of the job's own. */
  #rewrite(versionId: string, heard: readonly StoredSegment[], machine: readonly MachineSegment[]): void {
    const known = new Map(heard.map(({ id, segment }) => [id, segment]));
    const isStored = ({ id, segment }: MachineSegment) => known.get(id) === segment;
    const stays = new Set(machine.filter(isStored).map(({ id }) => id));
    for (const { id } of heard) {
      if (stays.has(id)) continue;
      this.#connection.run('DELETE FROM segments WHERE version_id = @versionId AND id = @id', {
        versionId,
        id,
      });
    }
    for (const part of machine) {
      if (isStored(part)) continue;
      const { id, channel, windowIndex, segment } = part;
      const place = { id, versionId, origins: null, channel, windowIndex };
      insertSegment(this.#connection, { ...place, ...segmentColumns(segment) });
    }
  }

  /** When the text of a final job was put into this one; null if that never happened. */
  #mergedAtMs({ machineVersionId }: EditableText): number | null {
    const { versions, liveTexts } = this.#parts;
    const version = requiredRow(versions.get(machineVersionId), 'version');
    const merged = versions
      .layers(version)
      .find(({ jobId, parentId }) => parentId !== null && jobId !== null && liveTexts.isFinalJob(jobId));
    return merged?.completedAtMs ?? null;
  }
}

function textOf(segments: readonly { readonly segment: { readonly text: string } }[]): string {
  return segments.map(({ segment }) => segment.text).join(' ');
}
