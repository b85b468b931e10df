import { v7 as newId } from 'uuid';
import type { Span } from '../../../contract/audio.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { counterpartsOf } from '../../text-alignment/counterparts.ts';
import { normalText } from '../../text-alignment/split-words.ts';
import type { NewSegment, StoredSegment } from '../../text-alignment/stored-segment.ts';
import { liesIn, outsideOf, partOf } from '../transcripts/cut-segment.ts';
import type { LoggedEdit, LoggedSegment } from '../transcripts/edit-log.db.ts';
import { type EditedContent, IdGroups, idsOf, idsOfChange } from '../transcripts/id-groups.ts';

/** A machine segment of the merged text. */
export type MachineSegment = Omit<NewSegment, 'origins'>;

/** What a final job's segments are merged with. */
export interface MergedTexts {
  /** The edits of the current text. */
  readonly content: EditedContent;
  /** The machine segments that the edits are based on. */
  readonly machine: readonly StoredSegment[];
  /** What the final job transcribed. */
  readonly heard: readonly StoredSegment[];
  /** The time that the final job covered; outside it the current text stays. */
  readonly taken: readonly Span[];
  /** Time whose text stays although the final job covered it: the user had it transcribed again. */
  readonly stays: readonly Span[];
  /** Whether both texts are of the same channels; if not, all that stays is of the first. */
  readonly hasSameChannels: boolean;
}

/** A final job's text with what stays of the one before. */
export interface FinalText {
  /** What the machine wrote: the final job's segments, cut where they meet an edit, and what it did not cover. */
  readonly machine: readonly MachineSegment[];
  /** The edits of words that stay, based on the final job's segments in their place. */
  readonly content: EditedContent;
  /** Segments whose speaker the user had set. */
  readonly speakers: readonly NewSegment[];
  /** The number of places where edits stay. */
  readonly keptEdits: number;
  /** The ranges in which the text before stays because the job did not cover them. */
  readonly uncovered: readonly Span[];
}

/**
 * Merges a final job's text with the current one: it takes the place of all that it covered but what the user has edited.
 * An edit stays with its undoing, and what the machine heard there takes the place of the words that it replaced: undone
 * or reset it gives way to them. Edits that change no word give way too, but speakers that were set stay with what they say.
 */
export function finalText(texts: MergedTexts): FinalText {
  const { content, machine, heard, taken } = texts;
  const groups = IdGroups.of(content);
  const kept = editedGroups(groups, content, machine);
  const isKept = (id: string) => kept.has(groups.rootOf(id));
  const { speakerOf, renamed } = setSpeakers(content, machine, isKept);
  const channelOf = ({ channel }: { readonly channel: number }) => (texts.hasSameChannels ? channel : 0);
  /** What the machine's words in the place of each edited segment are in the merged text. */
  const successors = new Map(machine.filter(({ id }) => isKept(id)).map(({ id }) => [id, [] as string[]]));
  const parts: MachineSegment[] = [];
  const speakers: NewSegment[] = [];
  const add = (part: MachineSegment, { inPlaceOf, speaker }: Place) => {
    parts.push(part);
    if (inPlaceOf !== null) successors.get(inPlaceOf)?.push(part.id);
    const { id, segment } = part;
    const name = speaker === undefined ? renamed.get(segment.speaker ?? '') : speaker;
    if (inPlaceOf === null && name !== undefined && name !== segment.speaker)
      speakers.push({ ...part, origins: [id], segment: { ...segment, speaker: name } });
  };

  // Where a speaker ends is known only by what is said by others.
  const wanted = speakerOf.size > 0 ? machine.map(({ id }) => id) : successors.keys();
  const counterparts = counterpartsByChannel(machine, new Set(wanted), heard, channelOf);
  const placeOf = (id: string | null): Place => {
    if (id === null) return NOWHERE;
    if (isKept(id)) return { inPlaceOf: id, speaker: undefined, isKnown: true };
    return { inPlaceOf: null, speaker: speakerOf.get(id), isKnown: true };
  };
  for (const { id, channel, windowIndex, segment } of heard) {
    const places = (counterparts.get(id) ?? []).map(placeOf);
    for (const [index, run] of runsOf(segment, places, texts.stays).entries()) {
      const partId = index === 0 ? id : newId();
      add({ id: partId, channel, windowIndex, segment: run.segment }, run);
    }
  }
  const uncovered: Span[] = [];
  for (const { id, windowIndex, segment, ...stored } of machine) {
    for (const [index, rest] of withoutTime(segment, taken).entries()) {
      const partId = index === 0 ? id : newId();
      add({ id: partId, channel: channelOf(stored), windowIndex, segment: rest }, placeOf(id));
      if (!isKept(id)) uncovered.push({ startMs: rest.startMs, endMs: rest.endMs });
    }
  }

  const successorsOf = (ids: readonly string[]) => ids.flatMap((id) => successors.get(id) ?? []);
  const moved = (row: NewSegment): NewSegment => ({
    ...{ id: row.id, channel: channelOf(row), windowIndex: row.windowIndex, segment: row.segment },
    origins: successorsOf(row.origins),
  });
  const logged = (segment: LoggedSegment): readonly LoggedSegment[] =>
    typeof segment === 'string' ? successorsOf([segment]) : [moved(segment)];
  const log = content.log.flatMap((edit): LoggedEdit[] => {
    const changes = edit.changes
      .filter((change) => idsOfChange(change).some(isKept))
      .map(({ removed, inserted }) => ({
        removed: removed.flatMap(logged),
        inserted: inserted.flatMap(logged),
      }));
    return changes.length === 0 && edit.changes.length > 0 ? [] : [{ ...edit, changes }];
  });
  return {
    machine: parts,
    content: {
      rows: content.rows.filter((row) => idsOf(row).some(isKept)).map(moved),
      replaced: successorsOf(content.replaced.filter(isKept)),
      log,
    },
    speakers,
    keptEdits: kept.size,
    uncovered,
  };
}

/** What a word of the final job stands in the place of. */
interface Place {
  /** The edited segment that hides it; null if none does. */
  readonly inPlaceOf: string | null;
  /** The speaker that the user has set there; undefined if none was set. */
  readonly speaker: string | null | undefined;
  /** Whether the text before has a segment there. */
  readonly isKnown: boolean;
}

const NOWHERE: Place = { inPlaceOf: null, speaker: undefined, isKnown: false };

/** The groups in which the user has changed words, or removed them. */
function editedGroups(
  groups: IdGroups,
  { rows, replaced }: EditedContent,
  machine: readonly StoredSegment[],
): Set<string> {
  const byId = new Map(machine.map((segment) => [segment.id, segment]));
  const before = Map.groupBy(
    replaced.flatMap((id) => byId.get(id) ?? []),
    ({ id }) => groups.rootOf(id),
  );
  const after = Map.groupBy(rows, ({ id }) => groups.rootOf(id));
  const roots = new Set([...before.keys(), ...after.keys()]);
  return new Set([...roots].filter((root) => textOf(before.get(root)) !== textOf(after.get(root))));
}

function textOf(segments: readonly Pick<NewSegment, 'segment'>[] = []): string {
  const inOrder = segments.toSorted((a, b) => a.segment.startMs - b.segment.startMs);
  return normalText(inOrder.map(({ segment }) => segment.text).join(' '));
}

/** Which of the wanted segments each word of the heard ones is in the place of: by the heard segment's id. */
function counterpartsByChannel(
  machine: readonly StoredSegment[],
  wanted: ReadonlySet<string>,
  heard: readonly StoredSegment[],
  channelOf: (segment: StoredSegment) => number,
): Map<string, (string | null)[]> {
  const places = new Map<string, (string | null)[]>();
  if (wanted.size === 0) return places;
  const earlier = Map.groupBy(machine, channelOf);
  for (const [channel, fresh] of Map.groupBy(heard, (segment) => segment.channel)) {
    const segments = fresh.map(({ segment }) => segment);
    const found = counterpartsOf(earlier.get(channel) ?? [], wanted, segments);
    for (const [index, { id }] of fresh.entries()) places.set(id, found[index] ?? []);
  }
  return places;
}

interface Run extends Place {
  readonly segment: Segment;
}

/** A heard segment, cut where its words are in another place, and without what stays as it was. */
function runsOf(segment: Segment, places: readonly Place[], stays: readonly Span[]): Run[] {
  const units = segment.words.length > 0 ? segment.words : [segment];
  const known = spread(units.map((_, index) => places[index] ?? NOWHERE));
  const taken = units.map((unit) => !stays.some((span) => liesIn(unit, span)));
  const isSame = (a: number, b: number) =>
    taken[a] === taken[b] &&
    known[a]?.inPlaceOf === known[b]?.inPlaceOf &&
    known[a]?.speaker === known[b]?.speaker;
  const runs: Run[] = [];
  for (let from = 0; from < units.length; ) {
    let to = from + 1;
    while (to < units.length && isSame(from, to)) to += 1;
    const part = to - from === units.length ? segment : partOf(segment, from, to);
    if (taken[from] && part !== null) runs.push({ ...(known[from] ?? NOWHERE), segment: part });
    from = to;
  }
  return runs;
}

/** Words that the earlier text does not have are said by who speaks before them in their segment, or else after them. */
function spread(places: readonly Place[]): Place[] {
  const said = (place: Place | undefined): Place => ({ ...NOWHERE, speaker: place?.speaker });
  const forward: Place[] = [];
  for (const place of places) forward.push(place.isKnown ? place : said(forward.at(-1)));
  const first = forward.findIndex(({ isKnown }) => isKnown);
  return forward.map((place, index) => (index < first ? said(forward[first]) : place));
}

/** What remains of a segment without the words of some ranges. */
function withoutTime(segment: Segment, taken: readonly Span[]): Segment[] {
  const near = taken.filter(({ startMs, endMs }) => startMs < segment.endMs && endMs > segment.startMs);
  return near.reduce<Segment[]>((parts, span) => parts.flatMap((part) => outsideOf(part, span)), [segment]);
}

/**
 * The speakers that the user has set without changing words: of the machine's segments by their ids and, where a label was
 * renamed everywhere, by that label.
 */
function setSpeakers(
  { rows }: EditedContent,
  machine: readonly StoredSegment[],
  isKept: (id: string) => boolean,
): { speakerOf: Map<string, string | null>; renamed: Map<string, string | null> } {
  const all = new Map<string, string | null>();
  for (const { origins, segment } of rows) for (const id of origins) all.set(id, segment.speaker);
  const renamed = new Map<string, string | null>();
  for (const [label, segments] of Map.groupBy(machine, ({ segment }) => segment.speaker)) {
    const names = new Set(segments.map(({ id }) => (all.has(id) ? all.get(id) : label)));
    const [name] = names;
    if (label !== null && names.size === 1 && name !== undefined && name !== label) renamed.set(label, name);
  }
  const speakerOf = new Map<string, string | null>();
  for (const { id, segment } of machine) {
    const speaker = all.get(id);
    if (speaker === undefined || speaker === segment.speaker || isKept(id)) continue;
    if (segment.speaker === null || !renamed.has(segment.speaker)) speakerOf.set(id, speaker);
  }
  return { speakerOf, renamed };
}
