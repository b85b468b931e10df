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
import { likeliestVoices } from './voice-path.ts';

/** A piece of this length (1.5 s) votes fully. */
const FULL_PIECE_FRAMES = Math.round(1_500 / ACTIVITY_FRAME_MS);

/** What a piece in which several people talk weighs against one of somebody alone. */
const MIXED_WEIGHT = 0.25;

/** A piece belongs to a stretch that holds at least this share of it. */
const WITHIN_SHARE = 0.6;

/** Others talk during a piece if their activity is more than this share of the local speaker's own. */
const OTHERS_SHARE = 0.4;

/** What it costs to take two local speakers of one window for one person, in full pieces of full similarity. */
const SHARING_COST = 0.5;

/** A piece is of another voice than the rest of its local speaker if it is this much more similar to that. */
const OTHER_VOICE = 0.05;

/** A piece with its similarity to each voice, times its weight. */
interface Vote {
  readonly piece: HeardPiece;
  readonly weight: number;
  readonly scores: readonly number[];
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
 * Which of the recording's voices talks: per frame and local speaker an index into the voices, −1 where nobody is heard.
 * Each local speaker's pieces vote by their similarities; the voices are given so that the sum is greatest and different
 * local speakers are different voices, unless their pieces contradict. Pieces that sound like another voice get that one:
 * the segmentation model takes people who talk one after the other, or at once, for one at times.
 */
function speakersOfWindow(
  window: HeardWindow,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
): Int8Array {
  const mixed = pieces.filter(({ isAlone }) => !isAlone);
  const locals = Array.from({ length: LOCAL_SPEAKERS }, (_, local) => {
    const alone = pieces.filter((piece) => piece.isAlone && !othersTalk(window, local, piece));
    return localStretches(window.activity, local).map((stretch) => ({
      stretch,
      votes: [...votesIn(stretch, window, alone, voices), ...votesIn(stretch, window, mixed, voices)].sort(
        (a, b) => middleOf(a.piece) - middleOf(b.piece),
      ),
    }));
  });
  const choice = bestChoice(
    locals.map((stretches) => {
      if (stretches.length === 0) return null;
      const votes = stretches.flatMap((one) => one.votes);
      return voices.map((_, v) => votes.reduce((sum, { scores }) => sum + (scores[v] as number), 0));
    }),
  );
  const speakers = new Int8Array(WINDOW_VALUES).fill(-1);
  for (const [local, stretches] of locals.entries()) {
    const usual = choice[local] ?? -1;
    for (let at = local; at < WINDOW_VALUES; at += LOCAL_SPEAKERS) speakers[at] = usual;
    for (const { stretch, votes } of stretches) nameStretch(speakers, window, stretch, votes, usual);
  }
  return speakers;
}

/** The votes of the pieces that lie mostly within a stretch. */
function votesIn(
  { start, end }: LocalStretch,
  window: HeardWindow,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
): Vote[] {
  return pieces.flatMap((piece) => {
    const { from, to } = framesOf(piece, window);
    const shared = Math.min(end, to) - Math.max(start, from);
    if (shared < WITHIN_SHARE * (to - from)) return [];
    const weight = ((piece.isAlone ? 1 : MIXED_WEIGHT) * shared) / FULL_PIECE_FRAMES;
    return [{ piece, weight, scores: voices.map((voice) => weight * similarity(piece.embedding, voice)) }];
  });
}

function framesOf({ startMs, endMs }: HeardPiece, window: HeardWindow): { from: number; to: number } {
  return { from: frameAt(startMs - window.startMs), to: frameAt(endMs - window.startMs) };
}

/** Whether other local speakers talk during much of a piece. */
function othersTalk(window: HeardWindow, local: number, piece: HeardPiece): boolean {
  const { from, to } = framesOf(piece, window);
  const values = window.activity.subarray(Math.max(0, from) * LOCAL_SPEAKERS, to * LOCAL_SPEAKERS);
  let own = 0;
  let others = 0;
  for (const [i, value] of values.entries()) {
    if (i % LOCAL_SPEAKERS === local) own += value;
    else others += value;
  }
  return others > OTHERS_SHARE * own;
}

/** The voices of the local speakers (null: does not talk) for which the sum of the votes is greatest. */
function bestChoice(votes: readonly (readonly number[] | null)[]): number[] {
  let best: number[] = [];
  let most = -Infinity;
  const visit = (choice: number[], score: number): void => {
    if (choice.length === votes.length) {
      if (score > most) [best, most] = [choice, score];
      return;
    }
    const own = votes[choice.length];
    if (own === null || own === undefined) {
      visit([...choice, -1], score);
      return;
    }
    for (const voice of likeliest(own)) {
      const cost = choice.includes(voice) ? SHARING_COST : 0;
      visit([...choice, voice], score + (own[voice] as number) - cost);
    }
  };
  visit([], 0);
  return best;
}

/** As many voices as are needed to give each local speaker another one. */
function likeliest(sums: readonly number[]): number[] {
  return [...sums.keys()].sort((a, b) => (sums[b] as number) - (sums[a] as number)).slice(0, LOCAL_SPEAKERS);
}

/** Gives a stretch the voices that its own pieces sound like; changes lie in the middle between two pieces. */
function nameStretch(
  speakers: Int8Array,
  window: HeardWindow,
  { local, start, end }: LocalStretch,
  votes: readonly Vote[],
  usual: number,
): void {
  const path = likeliestVoices(
    votes.map(({ weight, scores }) =>
      scores.map((score, v) => score + (v === usual ? OTHER_VOICE * weight : 0)),
    ),
  );
  let from = start;
  for (const [i, voice] of path.entries()) {
    if (path[i + 1] === voice) continue;
    const next = votes[i + 1];
    const to = next === undefined ? end : middleBetween((votes[i] as Vote).piece, next.piece, window);
    for (let frame = from; frame < to; frame += 1) speakers[frame * LOCAL_SPEAKERS + local] = voice;
    from = to;
  }
}

function middleBetween(a: HeardPiece, b: HeardPiece, window: HeardWindow): number {
  return frameAt((middleOf(a) + middleOf(b)) / 2 - window.startMs);
}

function middleOf({ startMs, endMs }: HeardPiece): number {
  return (startMs + endMs) / 2;
}
