import type { SpeakerLane } from '../../../../src/contract/speakers.ts';

/** More speakers than this share the last row, so that twenty do not take the screen. */
export const MOST_ROWS = 6;

/** A turn in its row. */
export interface LaneTurn {
  readonly startMs: number;
  readonly endMs: number;
  /** Null for nobody known. */
  readonly speaker: string | null;
  /** Its row, from 0 at the top. */
  readonly row: number;
}

/** A row of turns in order of start; those of different speakers may overlap. */
interface LaneRow {
  readonly turns: readonly LaneTurn[];
  /** For each turn the latest end up to and including it: ascends, so that what lasts at a time is found by halving. */
  readonly reach: Float64Array;
}

/** The lanes of a recording as rows, in which a time is looked up. */
export class LaneRows {
  readonly rows: readonly LaneRow[];
  /** The turns of all rows in order of start. */
  readonly turns: readonly LaneTurn[];

  constructor(lanes: readonly SpeakerLane[]) {
    const ownRow = new Map(lanesWithOwnRow(lanes).map((lane, row) => [lane, row]));
    const rows: LaneTurn[][] = Array.from({ length: Math.min(lanes.length, MOST_ROWS) }, () => []);
    for (const lane of lanes) {
      const row = ownRow.get(lane) ?? MOST_ROWS - 1;
      for (const { startMs, endMs } of lane.turns)
        rows[row]?.push({ startMs, endMs, speaker: lane.speaker, row });
    }
    this.rows = rows.map((turns) => laneRow(turns.sort(byStart)));
    this.turns = rows.flat().sort(byStart);
  }

  /** The turns of a row that touch a range of time, in order of start. */
  *between(row: number, fromMs: number, toMs: number): Generator<LaneTurn> {
    const { turns, reach } = this.rows[row] ?? EMPTY;
    for (let index = firstAbove(reach, fromMs); index < turns.length; index += 1) {
      const turn = turns[index] as LaneTurn;
      if (turn.startMs >= toMs) return;
      if (turn.endMs > fromMs) yield turn;
    }
  }

  /** The turn of a row at a time, the last begun of several; one that is at most `nearMs` away if there is none; else null. */
  at(row: number, timeMs: number, nearMs: number): LaneTurn | null {
    let found: LaneTurn | null = null;
    let distance = Number.POSITIVE_INFINITY;
    for (const turn of this.between(row, timeMs - nearMs, timeMs + nearMs + 1)) {
      const away = Math.max(turn.startMs - timeMs, timeMs - turn.endMs, 0);
      if (away > distance) continue;
      found = turn;
      distance = away;
    }
    return found;
  }

  /** Index in `turns` of the turn at a time, else of the next one, else of the last; -1 without turns. */
  indexFrom(timeMs: number): number {
    const next = this.turns.findIndex(({ endMs }) => endMs > timeMs);
    return next === -1 ? this.turns.length - 1 : next;
  }

  /** The turn of another row that is nearest in time to this one; null if that row has none. */
  beside({ startMs, row }: LaneTurn, by: 1 | -1): LaneTurn | null {
    for (let other = row + by; other >= 0 && other < this.rows.length; other += by) {
      const found = this.at(other, startMs, Number.MAX_SAFE_INTEGER / 4);
      if (found !== null) return found;
    }
    return null;
  }
}

const EMPTY: LaneRow = { turns: [], reach: new Float64Array() };

function byStart(a: LaneTurn, b: LaneTurn): number {
  return a.startMs - b.startMs || a.row - b.row;
}

/** All of them if there are few; else those who talk most, in the order in which they first speak. */
function lanesWithOwnRow(lanes: readonly SpeakerLane[]): SpeakerLane[] {
  if (lanes.length <= MOST_ROWS) return [...lanes];
  const most = new Set(lanes.toSorted((a, b) => b.talkMs - a.talkMs).slice(0, MOST_ROWS - 1));
  return lanes.filter((lane) => most.has(lane));
}

function laneRow(turns: readonly LaneTurn[]): LaneRow {
  const reach = new Float64Array(turns.length);
  let latest = 0;
  for (const [index, { endMs }] of turns.entries()) {
    latest = Math.max(latest, endMs);
    reach[index] = latest;
  }
  return { turns, reach };
}

/** Index of the first value above a limit; values ascend. */
function firstAbove(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
