import { v7 as newId } from 'uuid';
import type { JobRange } from '../../../contract/job.ts';
import type { NewSegment, StoredSegment } from '../../text-alignment/stored-segment.ts';
import { outsideOf } from './cut-segment.ts';
import type { LoggedEdit } from './edit-log.db.ts';
import { REBASED } from './edits.db.ts';
import { type EditedContent, IdGroups, idsOf, idsOfChange } from './id-groups.ts';

/** The ids of what remains of each of the machine's segments that a range cuts: none if nothing remains. */
export type CutSegments = ReadonlyMap<string, readonly string[]>;

/** The edits that are rebased onto a version in which a range was retranscribed. */
export interface EditsOutside extends EditedContent {
  /** Whether some of it is of edits that reached into the range: what remains of them cannot be undone. */
  readonly hasRest: boolean;
}

/**
 * The edits of a version rebased onto a copy of it without a range. Edits of segments outside the range stay undoable.
 * If an edit reaches into the range its segments are cut like the machine's, and it is dropped from the log, with all
 * that build on it.
 */
export function editsOutside(
  { rows, replaced, log }: EditedContent,
  range: JobRange,
  cut: CutSegments,
): EditsOutside {
  const groups = IdGroups.of({ rows, replaced, log });
  const cutRows = rows.filter(({ segment }) => outsideOf(segment, range)[0] !== segment);
  const torn = groups.rootsOf([...groups.ids.filter((id) => cut.has(id)), ...cutRows.flatMap(idsOf)]);
  const isTorn = (ids: readonly string[]) => ids.length === 0 || torn.has(groups.rootOf(ids[0] as string));

  const keptLog = log.flatMap((edit): LoggedEdit[] => {
    const changes = edit.changes.filter((change) => !isTorn(idsOfChange(change)));
    return changes.length === 0 ? [] : [{ ...edit, changes }];
  });
  const whole = rows.filter((row) => !isTorn(idsOf(row)));
  const rest = rows.filter((row) => isTorn(idsOf(row))).flatMap((row) => cutRow(row, range, cut));
  const replacedWhole = replaced.filter((id) => !isTorn([id]));
  const replacedRest = replaced.filter((id) => isTorn([id])).flatMap((id) => remainsOf(id, cut));
  const isRest = log.some(({ number }) => number === REBASED) && whole.length + replacedWhole.length > 0;
  return {
    rows: [...whole, ...rest],
    replaced: [...replacedWhole, ...replacedRest],
    log: keptLog,
    hasRest: isRest || rest.length > 0 || replacedRest.length > 0,
  };
}

/**
 * The retranscribed segments whose speaker was another in the earlier text: each gets the speaker of the earlier
 * segment, of the same channel, with the longest overlap.
 */
export function speakersFromBefore(
  earlier: readonly Pick<StoredSegment, 'channel' | 'segment'>[],
  heard: readonly StoredSegment[],
): NewSegment[] {
  return heard.flatMap((found): NewSegment[] => {
    let most = 0;
    let speaker = found.segment.speaker;
    for (const { channel, segment } of earlier) {
      const sharedMs =
        Math.min(segment.endMs, found.segment.endMs) - Math.max(segment.startMs, found.segment.startMs);
      if (channel !== found.channel || sharedMs <= most) continue;
      most = sharedMs;
      speaker = segment.speaker;
    }
    if (speaker === found.segment.speaker) return [];
    const { id, channel, windowIndex } = found;
    return [{ id, channel, windowIndex, origins: [id], segment: { ...found.segment, speaker } }];
  });
}

function cutRow(row: NewSegment, range: JobRange, cut: CutSegments): NewSegment[] {
  const { channel, windowIndex } = row;
  const origins = row.origins.flatMap((id) => remainsOf(id, cut));
  return outsideOf(row.segment, range).map((segment, index) => ({
    ...{ id: index === 0 ? row.id : newId(), channel, windowIndex, origins, segment },
  }));
}

function remainsOf(id: string, cut: CutSegments): readonly string[] {
  return cut.get(id) ?? [id];
}
