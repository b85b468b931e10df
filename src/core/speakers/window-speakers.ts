import { similarity } from './embeddings.ts';
import type { NamedWindow } from './frame-speakers.ts';
import { WINDOW_MS } from './hear-part.ts';
import { ACTIVITY_FRAME_MS, frameAt } from './local-activity.ts';
import { type LocalStretch, localStretches } from './local-stretches.ts';
import {
  type HeardPiece,
  type HeardWindow,
  LOCAL_SPEAKERS,
  type PartVoices,
  WINDOW_VALUES,
} from './part-voices.ts';

/** What it costs to take two local speakers of one window for one person, in pieces of full similarity. */
const SHARING_COST = 0.5;

/** A stretch is of another voice than the rest of its local speaker if it is this much more similar to that. */
const OTHER_VOICE = 0.15;

/** A piece belongs to a stretch that holds at least this share of it. */
const DROP = 0.2;
const DROPHIGH = 0.5;
const WITHIN_SHARE = 0.6;

/** A piece of this length (1.5 s) votes fully. */
const FULL_PIECE_FRAMES = Math.round(1_500 / ACTIVITY_FRAME_MS);

/** What a piece in which several people talk weighs against one of somebody alone. */
const MIXED_WEIGHT = 0.5;

/** Pieces that weigh as much as a stretch's own ones. */
interface Votes {
  /** Per voice, the sum of the pieces' similarities times their weights. */
  readonly sums: readonly number[];
  readonly weight: number;
}

/** The windows of all parts with the voices of their local speakers. */
export function nameWindows(parts: readonly PartVoices[], voices: readonly Float32Array[]): NamedWindow[] {
  return parts.flatMap((part, i) => {
    const around = [parts[i - 1], part, parts[i + 1]].flatMap((one) => one?.pieces ?? []);
    return part.windows.map((window) => {
      const endMs = window.startMs + WINDOW_MS;
      const within = around.filter((piece) => piece.startMs >= window.startMs && piece.endMs <= endMs);
      return { window, speakers: speakersOfWindow(window, within, voices) };
    });
  });
}

/**
 * Which of the recording's voices talks: per frame and local speaker an index into the voices, −1 where that local speaker
 * does not talk. Each local speaker's pieces vote by their similarities; the voices are given so that the sum is greatest
 * and different local speakers are different voices, if their pieces do not contradict. A stretch whose own pieces sound
 * like another voice gets that one: the segmentation model takes people who talk one after the other for one at times.
 */
function speakersOfWindow(
  window: HeardWindow,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
): Int8Array {
  const mixed = pieces.filter(({ isAlone }) => !isAlone);
  const locals = Array.from({ length: LOCAL_SPEAKERS }, (_, local) => {
    const alone = pieces.filter((piece) => piece.isAlone && !othersTalk(window, local, piece));
    const stretches = localStretches(window.activity, local).map((stretch) => ({
      stretch,
      votes: votesOf(stretch, window, alone, voices),
    }));
    const mixedVotes = stretches.map(({ stretch }) => votesOf(stretch, window, mixed, voices));
    return {
      stretches,
      votes: sumOf([...stretches.map(({ votes }) => votes), ...mixedVotes], voices.length),
    };
  });
  const choice = bestChoice(locals.map(({ stretches, votes }) => (stretches.length === 0 ? null : votes)));
  const speakers = new Int8Array(WINDOW_VALUES).fill(-1);
  for (const [local, { stretches }] of locals.entries()) {
    const usual = choice[local] ?? -1;
    for (let at = local; at < WINDOW_VALUES; at += LOCAL_SPEAKERS) speakers[at] = usual;
    for (const { stretch, votes } of stretches) {
      const own = ownVoice(votes, usual);
      if (own !== usual) fill(speakers, stretch, own);
    }
  }
  for (const piece of mixed) {
    const alike = voices.map((voice) => similarity(piece.embedding, voice));
    const from = Math.max(0,frameAt(piece.startMs - window.startMs));
    const to = Math.min(589,frameAt(piece.endMs - window.startMs));
    for (let frame = from; frame < to; frame += 1) for (let l = 0; l < 3; l += 1) {
      const v = speakers[frame * 3 + l] as number;
      if (v >= 0 && (alike[v] as number) < DROP && Math.max(...alike) > DROPHIGH) speakers[frame * 3 + l] = -1;
    }
  }
  return speakers;
}

function fill(speakers: Int8Array, { local, start, end }: LocalStretch, voice: number): void {
  for (let frame = start; frame < end; frame += 1) speakers[frame * LOCAL_SPEAKERS + local] = voice;
}

/** The votes of the pieces that lie mostly within a stretch, weighed by their share of it. */
function votesOf(
  { start, end }: LocalStretch,
  window: HeardWindow,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
): Votes {
  const sums = voices.map(() => 0);
  let weight = 0;
  for (const piece of pieces) {
    const from = frameAt(piece.startMs - window.startMs);
    const to = frameAt(piece.endMs - window.startMs);
    const shared = Math.min(end, to) - Math.max(start, from);
    if (shared < WITHIN_SHARE * (to - from)) continue;
    const own = (piece.isAlone ? 1 : MIXED_WEIGHT) * (shared / FULL_PIECE_FRAMES);
    weight += own;
    for (const [v, voice] of voices.entries())
      sums[v] = (sums[v] as number) + own * similarity(piece.embedding, voice);
  }
  return { sums, weight };
}

/** Whether other local speakers talk during much of a piece. */
function othersTalk({ startMs, activity }: HeardWindow, local: number, piece: HeardPiece): boolean {
  const from = frameAt(piece.startMs - startMs);
  const to = frameAt(piece.endMs - startMs);
  let own = 0;
  let others = 0;
  for (
    let i = Math.max(0, from * LOCAL_SPEAKERS);
    i < Math.min(activity.length, to * LOCAL_SPEAKERS);
    i += 1
  ) {
    if (i % LOCAL_SPEAKERS === local) own += activity[i] as number;
    else others += activity[i] as number;
  }
  return others > 0.4 * own;
}

function sumOf(votes: readonly Votes[], voices: number): Votes {
  return {
    sums: Array.from({ length: voices }, (_, v) =>
      votes.reduce((sum, { sums }) => sum + (sums[v] as number), 0),
    ),
    weight: votes.reduce((sum, { weight }) => sum + weight, 0),
  };
}

function ownVoice({ sums, weight }: Votes, usual: number): number {
  if (weight < 0.5) return usual;
  const best = sums.indexOf(Math.max(...sums));
  return (sums[best] as number) - (sums[usual] ?? -Infinity) > OTHER_VOICE * weight ? best : usual;
}

/** The voices of the local speakers (null: does not talk) for which the votes' sum is greatest. */
function bestChoice(votes: readonly (Votes | null)[]): number[] {
  let best: number[] = [];
  let most = -Infinity;
  const visit = (choice: number[], score: number): void => {
    if (choice.length === votes.length) {
      if (score > most) [best, most] = [choice, score];
      return;
    }
    const own = votes[choice.length];
    if (own === null || own === undefined) return visit([...choice, -1], score);
    for (const voice of likeliest(own.sums)) {
      visit(
        [...choice, voice],
        score + (own.sums[voice] as number) - (choice.includes(voice) ? SHARING_COST : 0),
      );
    }
  };
  visit([], 0);
  return best;
}

function likeliest(sums: readonly number[]): number[] {
  return [...sums.keys()].sort((a, b) => (sums[b] as number) - (sums[a] as number)).slice(0, LOCAL_SPEAKERS);
}
