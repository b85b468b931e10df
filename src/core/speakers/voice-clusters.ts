import type { SpeakerCount } from '../../contract/speakers.ts';
import {
  averageLinkage,
  type Cluster,
  clustersAfter,
  type Merge,
  singleClusters,
} from './average-linkage.ts';
import { addTo, normalise, similarity } from './embeddings.ts';
import { EVEN_SIMILARITY } from './known-voices.ts';
import type { HeardPiece } from './part-voices.ts';
import { PIECE_MS } from './window-pieces.ts';

/** Clusters whose embeddings are on average this similar are one person. */
const SAME_SPEAKER = 0.38;

/** Embeddings clustered at once: time and memory grow by their square. */
const BLOCK = 1_000;

/** Within a block, only embeddings that are surely of one person are joined. */
const SURELY_SAME = 0.55;

/** How much less sure it has to be when blocks are joined again because too many clusters are left. */
const LESS_SURE = 0.05;

/**
 * A person has at least so many pieces (fewestPieces) in stretches that are longer than a piece, so that pieces one after the other
 * agree: noise, laughter and the ends of words sound odd in single pieces. The longer a recording, the more often such
 * stretches sound alike, too.
 */
const FEWEST_PIECES = 4;
const FEWEST_BY_ROOT = 0.2;

/**
 * A cluster of this share of all pieces is no chance: single pieces make a person of it if they sound like nobody else, as of somebody
 * who only says yes and no; and a smaller one that is like a person's voice is that person, speaking differently.
 */
const LARGE_SHARE = 1 / 25;
const FEWEST_CLEAR_PIECES = 2;

/** Below this similarity to everybody else, a voice is clearly another one. */
const CLEARLY_OTHER = 0.3;

/**
 * A voice that is clearly another one is a person after so much speech, in stretches of about a piece each: of 98 readings by one
 * person none has a single stretch that long that sounds like somebody else, while in 30 s of a meeting there may be no
 * more in which somebody talks alone. In longer recordings it takes more, by the root of the speech in milliseconds.
 */
const CLEAR_MS = 1_400;
const CLEAR_BY_ROOT = 5;

/** Rounds in which pieces move to the voice that they are nearest to. */
const ROUNDS = 3;

/** Most speakers that are told apart. */
const MOST_SPEAKERS = 20;

/**
 * The voices of a recording, the mean embedding of each person, of length 1: from the pieces in which somebody talks alone;
 * pieces in which several talk add those who sound like none of these. As many as are found, or as are asked for as far as
 * there are pieces. None only if there are no pieces.
 */
export function clusterVoices(
  alone: readonly HeardPiece[],
  mixed: readonly HeardPiece[],
  count: SpeakerCount | null,
): Float32Array[] {
  const pieces = alone.length > 0 ? alone : mixed;
  const embeddings = pieces.map(({ embedding }) => embedding);
  const clusters = fewClusters(singleClusters(embeddings), SURELY_SAME);
  const merges = averageLinkage(clusters);
  const found = peopleFound(clusters, merges, pieces);
  const voices = movedVoices(embeddings, found.map(directionOf));
  if (count === null) {
    const unheard = voicesNeverAlone(mixed, voices, fewestPieces(pieces.length) - 1);
    return [...voices, ...unheard].slice(0, MOST_SPEAKERS);
  }
  const missing = count.speakers - found.length;
  if (missing === 0 || (missing > 0 && count.isLimit)) return voices;
  // Somebody who is only heard while others talk, before one of those who are heard alone is taken for two.
  const unheard = missing > 0 ? voicesNeverAlone(mixed, voices, 0).slice(0, missing) : [];
  if (unheard.length === missing) return [...voices, ...unheard];
  const people = peopleAsked(count.speakers - unheard.length, clusters, merges);
  return [...movedVoices(embeddings, people.map(directionOf)), ...unheard];
}

/** As few clusters as can be clustered at once: of blocks, closely clustered, again and again until they fit. */
function fewClusters(clusters: readonly Cluster[], least: number): readonly Cluster[] {
  if (clusters.length <= BLOCK) return clusters;
  const fewer: Cluster[] = [];
  for (let at = 0; at < clusters.length; at += BLOCK) {
    const block = clusters.slice(at, at + BLOCK);
    fewer.push(...clustersAfter(block, similarMerges(averageLinkage(block), least)));
  }
  return fewClusters(fewer, least - LESS_SURE);
}

function similarMerges(merges: readonly Merge[], least: number): Merge[] {
  return merges.filter((merge) => merge.similarity >= least);
}

function peopleFound(
  clusters: readonly Cluster[],
  merges: readonly Merge[],
  pieces: readonly HeardPiece[],
): Cluster[] {
  const fewest = fewestPieces(pieces.length);
  const large = Math.max(FEWEST_CLEAR_PIECES, Math.ceil(pieces.length * LARGE_SHARE));
  const clearMs = Math.max(CLEAR_MS, CLEAR_BY_ROOT * Math.sqrt(heardMs(stretchesIn(pieces), 0)));
  const groups = bySize(clustersAfter(clusters, similarMerges(merges, SAME_SPEAKER)));
  const people = groups.slice(0, 1);
  for (const group of groups.slice(1)) {
    const voices = people.map(directionOf);
    const direction = directionOf(group);
    const isLarge = group.members.length >= large;
    const isHeard = isLarge || heardMs(stretchesOf(group, pieces), CLEAR_MS) >= clearMs;
    const isNobodyElse = isHeard && isUnlike(direction, voices, CLEARLY_OTHER);
    const isOther = isLarge || isUnlike(direction, voices, EVEN_SIMILARITY);
    if (isNobodyElse || (isOther && piecesInStretches(group, pieces) >= fewest)) people.push(group);
  }
  return people.slice(0, MOST_SPEAKERS);
}

/** Pieces that overlap, one after the other. */
interface Stretch {
  readonly pieces: number;
  readonly lengthMs: number;
}

/** How many pieces of a cluster lie in stretches that are longer than one piece. */
function piecesInStretches(cluster: Cluster, pieces: readonly HeardPiece[]): number {
  const long = stretchesOf(cluster, pieces).filter(({ lengthMs }) => lengthMs > PIECE_MS);
  return long.reduce((sum, stretch) => sum + stretch.pieces, 0);
}

/** How much is heard in stretches of a length at least. */
function heardMs(stretches: readonly Stretch[], leastMs: number): number {
  return stretches.reduce((sum, { lengthMs }) => sum + (lengthMs >= leastMs ? lengthMs : 0), 0);
}

function stretchesOf({ members }: Cluster, pieces: readonly HeardPiece[]): Stretch[] {
  return stretchesIn(members.map((i) => pieces[i] as HeardPiece));
}

function stretchesIn(pieces: readonly HeardPiece[]): Stretch[] {
  const found: { pieces: number; startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of [...pieces].sort((a, b) => a.startMs - b.startMs)) {
    const last = found.at(-1);
    if (last === undefined || startMs >= last.endMs) found.push({ pieces: 1, startMs, endMs });
    else {
      last.pieces += 1;
      last.endMs = Math.max(last.endMs, endMs);
    }
  }
  return found.map(({ pieces, startMs, endMs }) => ({ pieces, lengthMs: endMs - startMs }));
}

function fewestPieces(pieces: number): number {
  return Math.max(FEWEST_PIECES, Math.round(FEWEST_BY_ROOT * Math.sqrt(pieces)));
}

/** So many clusters, as far apart and as large as can be had; fewer only if there are fewer pieces. */
function peopleAsked(speakers: number, clusters: readonly Cluster[], merges: readonly Merge[]): Cluster[] {
  for (let fewest = FEWEST_PIECES; fewest >= 1; fewest -= 1) {
    for (let groups = speakers; groups <= clusters.length; groups += 1) {
      const large = clustersAfter(clusters, merges.slice(0, clusters.length - groups)).filter(
        ({ members }) => members.length >= fewest,
      );
      if (large.length >= speakers) return bySize(large).slice(0, speakers);
    }
  }
  return bySize(clusters).slice(0, speakers);
}

/** Voices of those who are only heard while others talk, in so many pieces at least; whom most is heard of first. */
function voicesNeverAlone(
  mixed: readonly HeardPiece[],
  voices: readonly Float32Array[],
  fewest: number,
): Float32Array[] {
  const unlike = mixed.filter(({ embedding }) => isUnlike(embedding, voices, CLEARLY_OTHER));
  const clusters = fewClusters(singleClusters(unlike.map(({ embedding }) => embedding)), SURELY_SAME);
  const groups = clustersAfter(clusters, similarMerges(averageLinkage(clusters), SAME_SPEAKER));
  return bySize(groups)
    .filter((cluster) => piecesInStretches(cluster, unlike) >= fewest)
    .map(directionOf);
}

/** Whether a voice is less similar than that to each of others. */
function isUnlike(embedding: Float32Array, voices: readonly Float32Array[], most: number): boolean {
  return voices.every((voice) => similarity(embedding, voice) < most);
}

function bySize(clusters: readonly Cluster[]): Cluster[] {
  return [...clusters].sort((a, b) => b.members.length - a.members.length);
}

function directionOf({ sum }: Cluster): Float32Array {
  return normalise(sum.slice());
}

/** The voices after pieces have moved to the voice that they are nearest to; a voice that all leave stays where it was. */
function movedVoices(embeddings: readonly Float32Array[], voices: readonly Float32Array[]): Float32Array[] {
  let moved = [...voices];
  for (let round = 0; round < ROUNDS; round += 1) {
    const sums = moved.map((voice) => new Float32Array(voice.length));
    for (const embedding of embeddings)
      addTo(sums[nearestVoice(embedding, moved)] as Float32Array, embedding);
    moved = sums.map((sum, v) =>
      sum.some((value) => value !== 0) ? normalise(sum) : (moved[v] as Float32Array),
    );
  }
  return moved;
}

/** Index of the voice that an embedding is most similar to; 0 if there are none. */
export function nearestVoice(embedding: Float32Array, voices: readonly Float32Array[]): number {
  let nearest = 0;
  let most = -Infinity;
  for (const [v, voice] of voices.entries()) {
    const alike = similarity(embedding, voice);
    if (alike > most) [nearest, most] = [v, alike];
  }
  return nearest;
}
