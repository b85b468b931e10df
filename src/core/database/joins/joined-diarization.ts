import { similarity } from '../../speakers/embeddings.ts';
import { freeLabel, NUMBERED } from '../../speakers/speaker-labels.ts';
import type { StoredDiarization } from '../transcripts/diarizations.db.ts';

/** From this similarity on, speakers of two recordings are one person: others are at 0.53 or less (`core/speakers/known-voices.ts`). */
const SAME_PERSON = 0.55;

/** The diarization of one of the recordings, and where it starts in the joined one. */
export interface DiarizedPart {
  readonly diarization: StoredDiarization;
  readonly startMs: number;
}

/** Who speaks in a joined recording, and per part the labels that are others in it. */
export interface JoinedDiarization {
  readonly turns: StoredDiarization['turns'];
  readonly speakers: StoredDiarization['speakers'];
  readonly renames: readonly ReadonlyMap<string, string>[];
}

type StoredSpeaker = StoredDiarization['speakers'][number];

/**
 * Joins who speaks in several recordings: speakers with the same voice are one, and everybody else gets a number of their own,
 * for the first speaker of one recording is somebody else than that of another. Names that users gave stay.
 */
export function joinedDiarization(parts: readonly DiarizedPart[]): JoinedDiarization {
  const speakers: StoredSpeaker[] = [];
  const turns: StoredDiarization['turns'][number][] = [];
  const renames: Map<string, string>[] = [];
  for (const { diarization, startMs } of parts) {
    const numbers = numbersIn(speakers, diarization.speakers);
    const renamed = new Map<string, string>();
    for (const [index, speaker] of diarization.speakers.entries()) {
      const number = numbers[index] as number;
      const known = speakers[number];
      const label = labelIn(speakers, known, speaker.label);
      if (speaker.label !== null && label !== null && label !== speaker.label)
        renamed.set(speaker.label, label);
      speakers[number] = {
        ...(known ?? speaker),
        label,
        speechMs: (known?.speechMs ?? 0) + speaker.speechMs,
      };
    }
    for (const turn of diarization.turns) {
      const times = { startMs: turn.startMs + startMs, endMs: turn.endMs + startMs };
      turns.push({ ...turn, ...times, speaker: numbers[turn.speaker] as number });
    }
    renames.push(renamed);
  }
  return { turns, speakers, renames };
}

/** Which of the speakers each of further ones is, the most similar first; those who are nobody of them come after. */
function numbersIn(speakers: readonly StoredSpeaker[], further: readonly StoredSpeaker[]): number[] {
  const numbers = further.map((): number | null => null);
  const pairs = further
    .flatMap((one, index) => speakers.map((other, number) => ({ index, number, alike: alike(one, other) })))
    .filter((pair) => pair.alike >= SAME_PERSON)
    .sort((a, b) => b.alike - a.alike);
  for (const { index, number } of pairs) {
    if (numbers[index] === null && !numbers.includes(number)) numbers[index] = number;
  }
  let next = speakers.length;
  return numbers.map((number) => number ?? next++);
}

function alike(a: StoredSpeaker, b: StoredSpeaker): number {
  return similarity(Float32Array.from(a.embedding), Float32Array.from(b.embedding));
}

/** The label of a part's speaker in the whole: that of the same person before, a name, or a number that is free. */
function labelIn(
  speakers: readonly StoredSpeaker[],
  known: StoredSpeaker | undefined,
  label: string | null,
): string | null {
  if (known?.label != null && (label === null || NUMBERED.test(label))) return known.label;
  if (label === null || !NUMBERED.test(label)) return label;
  const taken = new Set(speakers.map((speaker) => speaker?.label));
  if (!taken.has(label)) return label;
  return freeLabel(taken);
}
