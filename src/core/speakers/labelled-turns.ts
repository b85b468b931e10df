import type { Span } from '../../contract/audio.ts';
import type { SpeakerLane } from '../../contract/speakers.ts';
import type { Segment, Word } from '../../contract/transcript.ts';
import { mainLabels } from './speaker-labels.ts';
import type { SpeakerTurn } from './speaker-turns.ts';
import { TurnIndex } from './turn-index.ts';

/** Turns of one label with at most this much between them are drawn as one. */
const JOINED_MS = 100;

/** A stretch of a turn whose words carry a label. */
interface Claim extends Span {
  readonly label: string | null;
}

/** What the lanes need of a segment. */
type Labelled = Pick<Segment, 'startMs' | 'endMs' | 'speaker' | 'words'>;

/**
 * Who talks when, under the labels that the text carries: a turn is named as its words are, so that renaming, merging and
 * reassigning paragraphs win over the diarization, and is cut where its words carry different labels. A turn without
 * words is named as most of its speaker's words are. Words outside all turns (all words of a recording that was not
 * diarized) add their segment's time. Lanes are in order of their first turns, the unnamed one last.
 */
export function labelledTurns(turns: readonly SpeakerTurn[], segments: readonly Labelled[]): SpeakerLane[] {
  const index = new TurnIndex(turns);
  const speakers = 1 + turns.reduce((most, { speaker }) => Math.max(most, speaker), -1);
  const names = mainLabels(turns, speakers, segments);
  const claims = new Map<SpeakerTurn, Claim[]>();
  const lanes = new Map<string | null, Span[]>();
  for (const { speaker: label, ...segment } of segments) {
    const outside: Span[] = [];
    for (const word of wordsOf(segment)) {
      const shared = index.overlapping(word.startMs, word.endMs);
      const turn = (shared.find((one) => names[one.turn.speaker] === label) ?? shared[0])?.turn;
      if (turn === undefined) outside.push(word);
      else append(claims, turn, { startMs: word.startMs, endMs: word.endMs, label });
    }
    for (const span of outside) append(lanes, label, span);
  }
  for (const turn of turns) {
    for (const { label, ...span } of cutTurn(turn, claims.get(turn) ?? [], names[turn.speaker] ?? null)) {
      append(lanes, label, span);
    }
  }
  return [...lanes]
    .map(([speaker, spans]) => laneOf(speaker, spans))
    .sort(
      (a, b) =>
        Number(a.speaker === null) - Number(b.speaker === null) ||
        (a.turns[0]?.startMs ?? 0) - (b.turns[0]?.startMs ?? 0),
    );
}

function wordsOf(segment: Omit<Labelled, 'speaker'>): readonly Pick<Word, 'startMs' | 'endMs'>[] {
  return segment.words.length > 0 ? segment.words : [segment];
}

/** A turn in stretches of one label each, cut in the middle between words that carry different ones. */
function cutTurn(turn: SpeakerTurn, claims: readonly Claim[], unclaimed: string | null): Claim[] {
  const { startMs, endMs } = turn;
  const ordered = [...claims].sort((a, b) => a.startMs - b.startMs);
  const stretches: { startMs: number; endMs: number; label: string | null }[] = [];
  let previous: Claim | undefined;
  for (const claim of ordered) {
    const last = stretches.at(-1);
    if (last === undefined || previous === undefined) {
      stretches.push({ startMs, endMs, label: claim.label });
    } else if (last.label !== claim.label) {
      const middleMs = Math.round((previous.endMs + claim.startMs) / 2);
      const cutMs = Math.min(endMs, Math.max(last.startMs, middleMs));
      last.endMs = cutMs;
      stretches.push({ startMs: cutMs, endMs, label: claim.label });
    }
    previous = claim;
  }
  if (stretches.length === 0) return [{ startMs, endMs, label: unclaimed }];
  return stretches.filter((stretch) => stretch.endMs > stretch.startMs);
}

function laneOf(speaker: string | null, spans: readonly Span[]): SpeakerLane {
  const turns: { startMs: number; endMs: number }[] = [];
  let talkMs = 0;
  for (const { startMs, endMs } of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    const last = turns.at(-1);
    talkMs += Math.max(0, endMs - Math.max(startMs, last?.endMs ?? 0));
    if (last !== undefined && startMs - last.endMs <= JOINED_MS) last.endMs = Math.max(last.endMs, endMs);
    else turns.push({ startMs, endMs });
  }
  return { speaker, turns, talkMs };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
