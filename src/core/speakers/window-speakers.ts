import { SPEAKER_FRAMES } from '../../contract/engine.ts';
import { similarity } from './embeddings.ts';
import { ACTIVE, frameMs } from './local-activity.ts';
import { type HeardPiece, type HeardWindow, LOCAL_SPEAKERS } from './part-voices.ts';

/** A local speaker's piece is one during which that speaker talks in at least this share of the frames. */
const TALKING_SHARE = 0.6;

/** What is lost if two local speakers of one window are taken for one person, in pieces of full similarity. */
const SHARING_COST = 1;

/**
 * Which of the recording's voices each local speaker of a window is: an index into the voices, −1 for a local speaker who
 * does not talk. Each local speaker's pieces vote by their similarities. Two local speakers are the same voice only if
 * both sound much like it, since the segmentation model heard two people.
 */
export function speakersOfWindow(
  window: HeardWindow,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
): number[] {
  const votes = votesOf(window, pieces, voices);
  let best: number[] = [];
  let most = -Infinity;
  for (const choice of choices(votes, talkingLocals(window))) {
    const score = scoreOf(choice, votes);
    if (score > most) {
      most = score;
      best = choice;
    }
  }
  return best;
}

/** Per local speaker and voice, the sum of the similarities of the pieces in which only that one talks. */
function votesOf(
  window: HeardWindow,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
): number[][] {
  const votes = Array.from({ length: LOCAL_SPEAKERS }, () => voices.map(() => 0));
  for (const piece of pieces) {
    const local = localOf(window, piece);
    const own = votes[local];
    if (own === undefined) continue;
    for (const [v, voice] of voices.entries())
      own[v] = (own[v] as number) + similarity(piece.embedding, voice);
  }
  return votes;
}

/** The local speaker who talks during most of a piece; −1 if there is none or another one talks too. */
function localOf({ startMs, activity }: HeardWindow, piece: HeardPiece): number {
  const counts = [0, 0, 0];
  let frames = 0;
  for (let frame = 0; frame < SPEAKER_FRAMES; frame += 1) {
    const at = startMs + frameMs(frame);
    if (at < piece.startMs || at >= piece.endMs) continue;
    frames += 1;
    for (let local = 0; local < LOCAL_SPEAKERS; local += 1) {
      if ((activity[frame * LOCAL_SPEAKERS + local] as number) > ACTIVE)
        counts[local] = (counts[local] as number) + 1;
    }
  }
  const most = Math.max(...counts);
  const rest = counts.reduce((sum, value) => sum + value, 0) - most;
  return most >= TALKING_SHARE * frames && rest < (1 - TALKING_SHARE) * most ? counts.indexOf(most) : -1;
}

function talkingLocals({ activity }: HeardWindow): boolean[] {
  const talking = Array.from({ length: LOCAL_SPEAKERS }, () => false);
  for (let i = 0; i < activity.length; i += 1) {
    if ((activity[i] as number) > ACTIVE) talking[i % LOCAL_SPEAKERS] = true;
  }
  return talking;
}

/** All ways to give the talking local speakers voices. */
function choices(votes: readonly number[][], talking: readonly boolean[]): number[][] {
  let all: number[][] = [[]];
  for (const [local, isTalking] of talking.entries()) {
    const own = votes[local] ?? [];
    const options = isTalking ? likeliest(own) : [-1];
    all = all.flatMap((choice) => options.map((voice) => [...choice, voice]));
  }
  return all;
}

function likeliest(votes: readonly number[]): number[] {
  return [...votes.keys()]
    .sort((a, b) => (votes[b] as number) - (votes[a] as number))
    .slice(0, LOCAL_SPEAKERS);
}

function scoreOf(choice: readonly number[], votes: readonly number[][]): number {
  let score = 0;
  for (const [local, voice] of choice.entries()) {
    if (voice < 0) continue;
    score += votes[local]?.[voice] ?? 0;
    if (choice.indexOf(voice) < local) score -= SHARING_COST;
  }
  return score;
}
