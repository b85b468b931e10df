import type { Word } from '../../../../src/contract/transcript.ts';
import type { EditableSegment } from '../../../../src/contract/views.ts';

/** Why a doubtful word matters; the first ones are marked first. */
export type DoubtKind = 'negation' | 'dose' | 'number' | 'name' | 'word';

/** A word of low confidence. It stays doubtful as long as a word of this text begins at this time. */
export interface Doubt {
  readonly startMs: number;
  readonly text: string;
  readonly kind: DoubtKind;
}

/** Doubtful words by segment id, in the order of their segments' words. */
export type Doubts = ReadonlyMap<string, readonly Doubt[]>;

/** At most this many marks in any `WORDS_PER_WINDOW` consecutive words: more would be overlooked. */
const MARKS_PER_WINDOW = 3;
const WORDS_PER_WINDOW = 100;

/** Below these confidences a word is doubtful: higher where a mistake does harm. */
const DOUBTFUL: Readonly<Record<DoubtKind, number>> = {
  negation: 0.75,
  dose: 0.75,
  number: 0.75,
  name: 0.65,
  word: 0.45,
};
const HIGHEST_DOUBTFUL = 0.75;

/** Segments searched at once between two pauses. */
const STEP = 1000;

const RANK: Readonly<Record<DoubtKind, number>> = { negation: 0, dose: 0, number: 0, name: 1, word: 2 };

const NEGATIONS = new Set(
  (
    'no not none never nobody nothing nowhere neither nor without cannot ' +
    'nunca jamás nadie nada ninguno ninguna ningún tampoco sin ni ' +
    'nicht kein keine keinen keinem keiner nie niemals niemand nichts ohne weder ' +
    'pas jamais personne rien aucun aucune sans'
  ).split(' '),
);
const UNITS = new Set(
  (
    'mg ml g kg µg mcg ug mmol iu ie ui mmhg cc cl dl l % tablet tablets pill pills drop drops dose doses units ' +
    'miligramo miligramos gramo gramos mililitro mililitros comprimido comprimidos gota gotas dosis unidades ' +
    'milligram milligrams gram grams milliliter milliliters microgram micrograms ' +
    'milligramm gramm milliliter tablette tabletten tropfen'
  ).split(' '),
);
const NUMBER_WORDS = new Set(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half ' +
    'cero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete ' +
    'dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millón medio'
  ).split(' '),
);

/** Languages that capitalize nouns: there a capital does not mark a name. */
const CAPITAL_NOUNS: ReadonlySet<string> = new Set(['de', 'lb']);

/**
 * Chooses the words worth reviewing: low confidence, numbers, negations, doses and names first, the least certain
 * first, and at most three in any hundred consecutive words.
 */
export function findDoubts(segments: readonly EditableSegment[]): Doubts {
  const search = new CandidateSearch();
  search.add(segments);
  return doubtsAmong(search.candidates);
}

/** The same, in steps of a few milliseconds: before each it awaits `pause`. */
export async function findDoubtsInPauses(
  segments: readonly EditableSegment[],
  pause: () => Promise<unknown>,
): Promise<Doubts> {
  const search = new CandidateSearch();
  for (let from = 0; from < segments.length; from += STEP) {
    await pause();
    search.add(segments.slice(from, from + STEP));
  }
  await pause();
  return doubtsAmong(search.candidates);
}

function doubtsAmong(found: readonly Candidate[]): Doubts {
  const candidates = found.toSorted(
    (a, b) =>
      RANK[a.doubt.kind] - RANK[b.doubt.kind] || a.confidence - b.confidence || a.position - b.position,
  );
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    const at = firstAfter(chosen, candidate.position);
    if (fits(chosen, at, candidate.position)) chosen.splice(at, 0, candidate);
  }
  const doubts = new Map<string, Doubt[]>();
  for (const { segmentId, doubt } of chosen) {
    const own = doubts.get(segmentId);
    if (own === undefined) doubts.set(segmentId, [doubt]);
    else own.push(doubt);
  }
  return doubts;
}

/** Indexes of a segment's words that are still doubtful. */
export function doubtfulWords(segment: Pick<EditableSegment, 'id' | 'words'>, doubts: Doubts): number[] {
  const own = doubts.get(segment.id);
  if (own === undefined) return [];
  return own
    .map((doubt) =>
      segment.words.findIndex((word) => word.startMs === doubt.startMs && word.text === doubt.text),
    )
    .filter((index) => index >= 0);
}

/** The kind of doubt of a word of this confidence; null if none. */
export function doubtKind(
  word: Pick<Word, 'text' | 'confidence'>,
  context: { readonly beginsSentence: boolean; readonly language: string; readonly next: string },
): DoubtKind | null {
  if (word.confidence >= HIGHEST_DOUBTFUL) return null;
  const kind = kindOf(word.text, context);
  return word.confidence < DOUBTFUL[kind] ? kind : null;
}

interface Candidate {
  readonly segmentId: string;
  /** Index of the word among all words. */
  readonly position: number;
  readonly confidence: number;
  readonly doubt: Doubt;
}

/** Goes through a transcript's words, in batches of any size. */
class CandidateSearch {
  readonly candidates: Candidate[] = [];
  #position = 0;
  #beginsSentence = true;

  add(segments: readonly EditableSegment[]): void {
    for (const segment of segments) {
      const { words, language } = segment;
      for (const [index, word] of words.entries()) {
        const next = words[index + 1]?.text ?? '';
        const kind = doubtKind(word, { beginsSentence: this.#beginsSentence, language, next });
        if (kind !== null) {
          const doubt = { startMs: word.startMs, text: word.text, kind };
          const { confidence } = word;
          this.candidates.push({ segmentId: segment.id, position: this.#position, confidence, doubt });
        }
        this.#beginsSentence = /[.!?…]["'”’»)\]]*$/u.test(word.text);
        this.#position += 1;
      }
    }
  }
}

function kindOf(
  text: string,
  { beginsSentence, language, next }: { beginsSentence: boolean; language: string; next: string },
): DoubtKind {
  const bare = bareWord(text);
  const lower = bare.toLowerCase();
  if (NEGATIONS.has(lower) || /n['’]t$/u.test(lower)) return 'negation';
  const isNumber = /\p{N}/u.test(bare) || NUMBER_WORDS.has(lower);
  if (UNITS.has(lower) || (isNumber && UNITS.has(bareWord(next).toLowerCase()))) return 'dose';
  if (/^\p{N}+([.,]\p{N}+)?\p{L}+$/u.test(bare)) return 'dose';
  if (isNumber) return 'number';
  const isName = /^\p{Lu}\p{L}/u.test(bare) && !beginsSentence && !CAPITAL_NOUNS.has(language);
  return isName ? 'name' : 'word';
}

function bareWord(text: string): string {
  return text.replace(/^[^\p{L}\p{N}%]+|[^\p{L}\p{N}%]+$/gu, '');
}

function firstAfter(chosen: readonly Candidate[], position: number): number {
  let low = 0;
  let high = chosen.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chosen[middle] as Candidate).position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a mark added at `at` keeps every window within its maximum of marks. */
function fits(chosen: readonly Candidate[], at: number, position: number): boolean {
  const around = chosen
    .slice(Math.max(0, at - MARKS_PER_WINDOW), at + MARKS_PER_WINDOW)
    .map((one) => one.position);
  const positions = [...around, position].sort((a, b) => a - b);
  return positions.every((first, index) => {
    const beyond = positions[index + MARKS_PER_WINDOW];
    return beyond === undefined || beyond - first >= WORDS_PER_WINDOW;
  });
}
