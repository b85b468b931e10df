import { v7 as newId } from 'uuid';
import type { JobRange } from '../../../contract/job.ts';
import type { NewSegment, StoredSegment } from '../../text-alignment/stored-segment.ts';
import { outsideOf } from './cut-segment.ts';
import type { LoggedChange, LoggedEdit, LoggedSegment } from './edit-log.db.ts';
import { CARRIED } from './edits.db.ts';

/** Where the machine's segments of a version were copied to, by their ids. */
export interface CopiedSegments {
  /** The copy of each that was copied as it is. */
  readonly wholeOf: ReadonlyMap<number, number>;
  /** The copies of what remains of each; none where nothing does. */
  readonly partsOf: ReadonlyMap<number, readonly number[]>;
}

/** What makes an edited version what it is. */
export interface EditedContent {
  /** Its own segments. */
  readonly rows: readonly NewSegment[];
  /** The ids of the machine's segments that it replaces. */
  readonly replaced: readonly number[];
  readonly log: readonly LoggedEdit[];
}

/** The edits that go along to a version in which a stretch was heard anew. */
export interface EditsOutside extends EditedContent {
  /** Whether some of it is the work of edits that reached into the stretch: what remains of them cannot be undone. */
  readonly hasRest: boolean;
}

/**
 * The edits of a version as they are for a copy of it without a stretch. Edits of segments that were copied whole go along
 * with their undoing. Where an edit reaches into the stretch its segments are cut like the machine's, and it leaves the log,
 * with all that build on it.
 */
export function editsOutside(
  { rows, replaced, log }: EditedContent,
  span: JobRange,
  { wholeOf, partsOf }: CopiedSegments,
): EditsOutside {
  const groups = new Groups();
  for (const { changes } of log) for (const change of changes) groups.join(namesOfChange(change));
  for (const row of rows) groups.join(namesOf(row));
  for (const id of replaced) groups.join(namesOf(id));
  const isCopied = (name: string) => !name.startsWith('m') || wholeOf.has(Number(name.slice(1)));
  const cutRows = new Set(rows.filter(({ segment }) => outsideOf(segment, span)[0] !== segment));
  const torn = groups.rootsOf([
    ...groups.names.filter((name) => !isCopied(name)),
    ...[...cutRows].flatMap(namesOf),
  ]);
  const isTorn = (names: readonly string[]) =>
    names.length === 0 || torn.has(groups.rootOf(names[0] as string));

  const copied = (segment: LoggedSegment): LoggedSegment =>
    typeof segment === 'number' ? (wholeOf.get(segment) as number) : withOrigins(segment, partsOf);
  const carriedLog = log.flatMap((edit): LoggedEdit[] => {
    const changes = edit.changes.filter((change) => !isTorn(namesOfChange(change)));
    if (changes.length === 0) return [];
    const mapped = changes.map((change) => ({
      removed: change.removed.map(copied),
      inserted: change.inserted.map(copied),
    }));
    return [{ ...edit, changes: mapped }];
  });
  const rest = rows.filter((row) => isTorn(namesOf(row))).flatMap((row) => cutRow(row, span, partsOf));
  const whole = rows.filter((row) => !isTorn(namesOf(row))).map((row) => withOrigins(row, partsOf));
  const replacedRest = replaced.filter((id) => isTorn(namesOf(id))).flatMap((id) => partsOf.get(id) ?? []);
  const replacedWhole = replaced.filter((id) => !isTorn(namesOf(id))).map((id) => wholeOf.get(id) as number);
  const isRest = log.some(({ number }) => number === CARRIED) && whole.length + replacedWhole.length > 0;
  return {
    rows: [...whole, ...rest],
    replaced: [...replacedWhole, ...replacedRest],
    log: carriedLog,
    hasRest: isRest || rest.length > 0 || replacedRest.length > 0,
  };
}

/**
 * The segments that were heard anew where someone else was said to speak than the machine says now: they are given the
 * speaker of the earlier segment, of the same channel, that they share most of their time with.
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
    const { channel, windowIndex, id } = found;
    return [{ key: newId(), channel, windowIndex, origins: [id], segment: { ...found.segment, speaker } }];
  });
}

function cutRow(row: NewSegment, span: JobRange, partsOf: CopiedSegments['partsOf']): NewSegment[] {
  return outsideOf(row.segment, span).map((segment, index) => ({
    ...withOrigins(row, partsOf),
    key: index === 0 ? row.key : newId(),
    segment,
  }));
}

function withOrigins(row: NewSegment, partsOf: CopiedSegments['partsOf']): NewSegment {
  const { key, channel, windowIndex, segment } = row;
  const origins = row.origins.flatMap((id) => partsOf.get(id) ?? []);
  return { key, channel, windowIndex, origins, segment };
}

function namesOfChange({ removed, inserted }: LoggedChange): string[] {
  return [...removed, ...inserted].flatMap(namesOf);
}

/** What binds a segment to others: its own name, and those of the machine's segments it stands for. */
function namesOf(segment: LoggedSegment): string[] {
  if (typeof segment === 'number') return [`m${segment}`];
  return [`k${segment.key}`, ...segment.origins.map((id) => `m${id}`)];
}

/** Names that belong together, directly or through others. */
class Groups {
  readonly #parents = new Map<string, string>();

  get names(): string[] {
    return [...this.#parents.keys()];
  }

  join(names: readonly string[]): void {
    const [first] = names;
    if (first === undefined) return;
    const root = this.rootOf(first);
    for (const name of names) this.#parents.set(this.rootOf(name), root);
  }

  rootOf(name: string): string {
    let root = name;
    for (;;) {
      const parent = this.#parents.get(root) ?? root;
      if (parent === root) break;
      root = parent;
    }
    this.#parents.set(name, root);
    return root;
  }

  rootsOf(names: readonly string[]): Set<string> {
    return new Set(names.map((name) => this.rootOf(name)));
  }
}
