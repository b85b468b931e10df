import { similarity } from './embeddings.ts';
import { ACTIVITY_FRAME_MS, frameAt } from './local-activity.ts';
import { type LocalStretch, localStretches } from './local-stretches.ts';
import { type HeardPiece, type HeardWindow, LOCAL_SPEAKERS, WINDOW_VALUES } from './part-voices.ts';

/** What it costs to take two local speakers of one window for one person, in pieces of full similarity. */
const SHARING_COST = 0.5;

/** A stretch is of another voice than the rest of its local speaker if it is this much more similar to that. */
const OTHER_VOICE = 0.15;

/** Pieces that weigh as much as a stretch's own ones. */
interface Votes {
  /** Per voice, the sum of the pieces' similarities times their weights. */
  readonly sums: readonly number[];
  readonly weight: number;
}

/**
 * Which of the recording's voices talks: per frame and local speaker an index into the voices, −1 where that local speaker
 * does not talk. Each local speaker's pieces vote by their similarities; the voices are given so that the sum is greatest
 * and different local speakers are different voices, if their pieces do not contradict. A stretch whose own pieces sound
 * like another voice gets that one: the segmentation model takes people who talk one after the other for one at times.
 */
export function speakersOfWindow(
  window: HeardWindow,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
): Int8Array {
  const locals = Array.from({ length: LOCAL_SPEAKERS }, (_, local) => {
    const stretches = localStretches(window.activity, local, false).map((stretch) => ({
      stretch,
      votes: votesOf(stretch, window, pieces, voices),
    }));
    return { stretches, votes: sumOf(stretches.map(({ votes }) => votes), voices.length) };
  });
  const choice = bestChoice(locals.map(({ stretches, votes }) => (stretches.length === 0 ? null : votes)));
  const speakers = new Int8Array(WINDOW_VALUES).fill(-1);
  for (const [local, { stretches }] of locals.entries()) {
    const usual = choice[local] ?? -1;
    for (let at = local; at < WINDOW_VALUES; at += LOCAL_SPEAKERS) speakers[at] = usual;
    for (const { stretch, votes } of stretches) {
      const own = ownVoice(votes, usual);
      if (own === usual) continue;
      for (let frame = stretch.start; frame < stretch.end; frame += 1) speakers[frame * LOCAL_SPEAKERS + local] = own;
    }
  }
  return speakers;
}

/** The votes of the pieces that lie mostly within a stretch and hold nobody else, weighed by their share of it. */
function votesOf(
  { local, start, end }: LocalStretch,
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
    if (shared < 0.6 * (to - from) || othersTalk(window.activity, local, from, to)) continue;
    const own = (shared * ACTIVITY_FRAME_MS) / 1500;
    weight += own;
    for (const [v, voice] of voices.entries()) sums[v] = (sums[v] as number) + own * similarity(piece.embedding, voice);
  }
  return { sums, weight };
}

/** Whether other local speakers talk during much of a range. */
function othersTalk(activity: Uint8Array, local: number, from: number, to: number): boolean {
  let own = 0;
  let others = 0;
  for (let i = Math.max(0, from * LOCAL_SPEAKERS); i < Math.min(activity.length, to * LOCAL_SPEAKERS); i += 1) {
    if (i % LOCAL_SPEAKERS === local) own += activity[i] as number;
    else others += activity[i] as number;
  }
  return others > 0.4 * own;
}

function sumOf(votes: readonly Votes[], voices: number): Votes {
  return {
    sums: Array.from({ length: voices }, (_, v) => votes.reduce((sum, { sums }) => sum + (sums[v] as number), 0)),
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
      visit([...choice, voice], score + (own.sums[voice] as number) - (choice.includes(voice) ? SHARING_COST : 0));
    }
  };
  visit([], 0);
  return best;
}

function likeliest(sums: readonly number[]): number[] {
  return [...sums.keys()].sort((a, b) => (sums[b] as number) - (sums[a] as number)).slice(0, LOCAL_SPEAKERS);
}
