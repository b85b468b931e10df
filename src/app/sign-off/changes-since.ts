import type { CheckedChange } from '../../contract/sign-off.ts';
import type { EditableSegment } from '../../contract/views.ts';
import type { CheckedSegment } from '../../core/database/sign-off/checked-text.ts';
import { versionDifferences } from '../transcripts/version-differences.ts';

/** What of a segment is shown. */
const LONGEST_SHOWN = 200;

/**
 * The passages of a text that say something else than when it was checked, or have another speaker, in the text's order:
 * one for each place where words differ, and one for each run of segments that went from one speaker to another.
 */
export async function changesSince(
  checked: readonly CheckedSegment[],
  current: readonly EditableSegment[],
): Promise<CheckedChange[]> {
  const [first] = current;
  if (first === undefined) return checked.map((segment) => goneChange(segment));
  if (checked.length === 0) return [{ ...placeOf(first), what: 'words', before: '', now: shown(first.text) }];
  const before = checked.map(comparable);
  const places = new Map(current.map((segment, index) => [segment.id, index]));
  const words = (await versionDifferences(current, before)).map(({ pieces, current: was }) => {
    const [piece] = pieces;
    const at = current[places.get(piece?.segmentId ?? '') ?? 0] ?? first;
    const now = pieces.map(({ segmentId, fromWord, toWord }) =>
      (current[places.get(segmentId) ?? -1]?.words ?? []).slice(fromWord, toWord).map(({ text }) => text),
    );
    const change: CheckedChange = {
      ...placeOf(at),
      what: 'words',
      before: was,
      now: shown(now.flat().join(' ')),
    };
    return { at: places.get(at.id) ?? 0, change };
  });
  return [...words, ...speakerChanges(checked, current)]
    .sort((a, b) => a.at - b.at)
    .map(({ change }) => change);
}

function placeOf({ id, startMs }: EditableSegment): Pick<CheckedChange, 'segmentId' | 'startMs'> {
  return { segmentId: id, startMs };
}

/** Of a text that is empty now. */
function goneChange({ id, startMs, text }: CheckedSegment): CheckedChange {
  return { segmentId: id, startMs, what: 'words', before: shown(text), now: '' };
}

/** As the comparison of versions takes it: it reads words and their times alone. */
function comparable({ words, ...segment }: CheckedSegment): EditableSegment {
  return {
    ...segment,
    language: '',
    confidence: 1,
    flags: [],
    edited: false,
    words: words.map(([text, startMs]) => ({ text, startMs, endMs: startMs, confidence: 1 })),
  };
}

/** Runs of segments whose speaker is another one now. A segment is the one of the same id, or that of its time. */
function speakerChanges(checked: readonly CheckedSegment[], current: readonly EditableSegment[]) {
  const byId = new Map(checked.map((segment) => [segment.id, segment]));
  const found: { readonly at: number; readonly change: CheckedChange }[] = [];
  let last: { readonly at: number; readonly from: string | null; readonly to: string | null } | null = null;
  for (const [at, segment] of current.entries()) {
    const old = byId.get(segment.id) ?? atTheTimeOf(segment, checked);
    if (old === null || old.speaker === segment.speaker) continue;
    const goesOn = last?.at === at - 1 && last.from === old.speaker && last.to === segment.speaker;
    last = { at, from: old.speaker, to: segment.speaker };
    if (goesOn) continue;
    const [before, now] = [old.speaker ?? '', segment.speaker ?? ''];
    found.push({ at, change: { ...placeOf(segment), what: 'speaker', before, now } });
  }
  return found;
}

/** The checked segment that was said in the middle of another one, in its channel. */
function atTheTimeOf(
  { startMs, endMs, channel }: EditableSegment,
  checked: readonly CheckedSegment[],
): CheckedSegment | null {
  const middle = (startMs + endMs) / 2;
  return (
    checked.find((one) => one.channel === channel && one.startMs <= middle && middle < one.endMs) ?? null
  );
}

function shown(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
