import type { Turn } from './rttm-file.ts';
import { bestAssignment } from './speaker-mapping.ts';

/** How much of the speech of a recording was given to the wrong speaker, or to none, in milliseconds. */
export interface DiarizationError {
  /** Time of all speakers of the reference together: overlapped speech counts for each who speaks. */
  readonly speechMs: number;
  /** Speakers of the reference for whom none was found. */
  readonly missedMs: number;
  /** Speakers found where the reference has none for them. */
  readonly falseAlarmMs: number;
  /** Speakers found in place of others. */
  readonly confusedMs: number;
  /** The reference's speaker of each found one who has one. */
  readonly mapping: ReadonlyMap<string, string>;
}

/** A stretch in which nobody begins or ends. */
interface Stretch {
  readonly lengthMs: number;
  readonly said: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
}

/**
 * Compares found turns with those of a reference as NIST's md-eval does: overlap counts, speakers are mapped one to one so that the time
 * in common is greatest, and stretches nearer than `collarMs` to a start or end of the reference are left out. Times
 * are exact: there are no frames. Overlapping and touching turns of one speaker are one turn.
 */
export function diarizationError(
  reference: readonly Turn[],
  hypothesis: readonly Turn[],
  collarMs: number,
): DiarizationError {
  const said = joinedTurns(reference);
  const stretches = stretchesOf(said, joinedTurns(hypothesis), collarMs);
  const mapping = mappingOf(stretches);
  let [speechMs, missedMs, falseAlarmMs, confusedMs] = [0, 0, 0, 0];
  for (const { lengthMs, said, found } of stretches) {
    const right = [...found].filter((speaker) => said.has(mapping.get(speaker) ?? '')).length;
    speechMs += lengthMs * said.size;
    missedMs += lengthMs * Math.max(0, said.size - found.size);
    falseAlarmMs += lengthMs * Math.max(0, found.size - said.size);
    confusedMs += lengthMs * (Math.min(said.size, found.size) - right);
  }
  return { speechMs, missedMs, falseAlarmMs, confusedMs, mapping };
}

/** Diarization error rate of recordings together: the quotient of the sums; 0 if nobody speaks and none was found. */
export function errorRate(errors: readonly DiarizationError[]): number {
  const wrongMs = sum(errors.map((one) => one.missedMs + one.falseAlarmMs + one.confusedMs));
  return wrongMs === 0 ? 0 : wrongMs / sum(errors.map(({ speechMs }) => speechMs));
}

/** How much of the time in which somebody speaks several do; 0 where nobody speaks. */
export function overlapShare(turns: readonly Turn[]): number {
  const stretches = stretchesOf(joinedTurns(turns), [], 0).filter(({ said }) => said.size > 0);
  const lengthOf = (some: readonly Stretch[]) => sum(some.map(({ lengthMs }) => lengthMs));
  return lengthOf(stretches.filter(({ said }) => said.size > 1)) / Math.max(1, lengthOf(stretches));
}

function stretchesOf(said: readonly Turn[], found: readonly Turn[], collarMs: number): Stretch[] {
  const edges = said.flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const collars = collarMs === 0 ? [] : edges.flatMap((edge) => [edge - collarMs, edge + collarMs]);
  const cuts = new Set([...edges, ...collars, ...found.flatMap(({ startMs, endMs }) => [startMs, endMs])]);
  const ordered = [...cuts].toSorted((a, b) => a - b);
  return ordered.slice(1).flatMap((endMs, index) => {
    const startMs = ordered[index] as number;
    const isLeftOut = edges.some((edge) => edge - collarMs < endMs && startMs < edge + collarMs);
    const speakers = (turns: readonly Turn[]) =>
      new Set(
        turns.filter((turn) => turn.startMs < endMs && startMs < turn.endMs).map((turn) => turn.speaker),
      );
    return isLeftOut ? [] : [{ lengthMs: endMs - startMs, said: speakers(said), found: speakers(found) }];
  });
}

function mappingOf(stretches: readonly Stretch[]): Map<string, string> {
  const said = [...new Set(stretches.flatMap((stretch) => [...stretch.said]))];
  const found = [...new Set(stretches.flatMap((stretch) => [...stretch.found]))];
  const common = found.map((speaker) =>
    said.map((name) =>
      sum(stretches.map((one) => (one.found.has(speaker) && one.said.has(name) ? one.lengthMs : 0))),
    ),
  );
  const pairs = bestAssignment(common).flatMap((column, row): [string, string][] =>
    column === null ? [] : [[found[row] as string, said[column] as string]],
  );
  return new Map(pairs);
}

/** Overlapping and touching turns of a speaker as one, without those of no length. */
function joinedTurns(turns: readonly Turn[]): Turn[] {
  return [...Map.groupBy(turns, ({ speaker }) => speaker).values()].flatMap((own) => {
    const joined: Turn[] = [];
    for (const turn of own.toSorted((a, b) => a.startMs - b.startMs)) {
      const last = joined.at(-1);
      if (turn.startMs === turn.endMs) continue;
      if (last === undefined || turn.startMs > last.endMs) joined.push(turn);
      else joined[joined.length - 1] = { ...last, endMs: Math.max(last.endMs, turn.endMs) };
    }
    return joined;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
