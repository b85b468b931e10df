import type { ExportContent, TranscriptDocument } from '../../../contract/document.ts';
import type { ExportStyle } from '../../../contract/export-style.ts';
import type { Locale } from '../../../contract/locale.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { commonPairs } from '../../text-alignment/common-words.ts';
import { exportTexts } from '../export-texts.ts';
import { readableText } from '../readable-text.ts';
import { written } from '../written-document.ts';
import { type CourtChoice, courtLayout } from './court-layout.ts';
import { type CourtLine, type CourtPassage, courtLines } from './court-pages.ts';

/** A place in the stored text: a segment by its number from 0, and a letter of its text. */
export interface TextPlace {
  readonly segment: number;
  readonly offset: number;
}

/** What is cited: page and line of its beginning and end, and its words as they stand there. */
export interface Citation {
  /** `45:12`, `45:12–18` or `45:12–46:3`. */
  readonly place: string;
  /** One paragraph in quotation marks, or several with their speakers, a line each. */
  readonly quote: string;
}

/** How the document is exported that is cited. */
export interface CitedExport {
  readonly content: ExportContent;
  readonly style: ExportStyle & { readonly template: CourtChoice };
  readonly language: Locale;
}

/** A segment that knows which of the stored ones it was. */
interface TracedSegment extends Segment {
  readonly place: number;
}

/** A word's place in a text. */
interface PlacedToken {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A segment as it is written on the pages: its place in the text of its passage. */
interface WrittenSegment {
  readonly place: number;
  readonly passage: CourtPassage;
  readonly text: string;
  readonly from: number;
}

/**
 * Page and line of passages, as a court's pages have them: these are made here as for the export, and each of their segments is traced
 * back to the stored one, also where conventions have left out words or added pauses.
 */
export class CitedPages {
  readonly #stored: readonly Segment[];
  readonly #lines: readonly CourtLine[];
  readonly #segments: readonly WrittenSegment[];

  constructor(document: TranscriptDocument, { content, style, language }: CitedExport) {
    this.#stored = document.segments;
    const traced = document.segments.map((segment, place): TracedSegment => ({ ...segment, place }));
    const made = written({ ...document, segments: traced }, { format: 'docx', style, language });
    this.#lines = courtLines(made, content, courtLayout(style.template), exportTexts(language));
    this.#segments = [...new Set(this.#lines.map(({ passage }) => passage))].flatMap(segmentsOf);
  }

  /** What is cited from one place to another, which is behind it; null where nothing of it is on the pages. */
  citation(from: TextPlace, to: TextPlace): Citation | null {
    const first = this.#firstLetter(from);
    const last = this.#lastLetter(to);
    if (first === null || last === null) return null;
    const lines = this.#lines;
    const passages = [...new Set(lines.map(({ passage }) => passage))];
    const [begins, ends] = [passages.indexOf(first.passage), passages.indexOf(last.passage)];
    if (begins > ends || (begins === ends && first.at > last.at)) return null;
    const quoted = passages.slice(begins, ends + 1).map((passage) => ({
      label: passage.label,
      text: passage.text
        .slice(passage === first.passage ? first.at : 0, passage === last.passage ? last.at + 1 : undefined)
        .trim(),
    }));
    const [only] = quoted;
    return {
      place: citedRange(this.#lineOf(first), this.#lineOf(last)),
      quote:
        quoted.length === 1 && only !== undefined
          ? `“${only.text}”`
          : quoted.map(({ label, text }) => (label === '' ? text : `${label}  ${text}`)).join('\n'),
    };
  }

  /** Where in the stored text a line begins; null where the pages have no such line with words. */
  placeAt(page: number, line: number): TextPlace | null {
    const cited = this.#lines.find((one) => one.page === page && one.line === line);
    if (cited === undefined) return null;
    const inPassage = this.#segments.filter(({ passage }) => passage === cited.passage);
    const segment = inPassage.findLast(({ from }) => from <= cited.from) ?? inPassage[0];
    if (segment === undefined) return null;
    const stored = this.#stored[segment.place]?.text ?? '';
    const word = tokensOf(segment.text).findIndex(({ to }) => segment.from + to > cited.from);
    const pair = pairsOf(stored, segment.text).find(([, fresh]) => fresh >= word);
    return {
      segment: segment.place,
      offset: pair === undefined ? 0 : (tokensOf(stored)[pair[0]]?.from ?? 0),
    };
  }

  /** The first letter on the pages that comes from this place or a later one. */
  #firstLetter({ segment, offset }: TextPlace): { passage: CourtPassage; at: number } | null {
    for (const one of this.#segments) {
      if (one.place < segment) continue;
      const from = one.place === segment ? offset : 0;
      const stored = this.#stored[one.place]?.text ?? '';
      const word = tokensOf(stored).findIndex(({ to }) => to > from);
      if (word < 0) continue;
      const pair = pairsOf(stored, one.text).find(([old]) => old >= word);
      if (pair === undefined) continue;
      const into = pair[0] === word ? intoWord(tokensOf(stored)[word], from) : 0;
      const token = tokensOf(one.text)[pair[1]];
      if (token === undefined) continue;
      return { passage: one.passage, at: one.from + Math.min(token.from + into, token.to - 1) };
    }
    return null;
  }

  /** The last letter on the pages that comes from before this place. */
  #lastLetter({ segment, offset }: TextPlace): { passage: CourtPassage; at: number } | null {
    for (const one of this.#segments.toReversed()) {
      if (one.place > segment) continue;
      const stored = this.#stored[one.place]?.text ?? '';
      const until = one.place === segment ? offset : stored.length;
      const word = tokensOf(stored).findLastIndex(({ from }) => from < until);
      const pair = pairsOf(stored, one.text).findLast(([old]) => old <= word);
      const token = pair === undefined ? undefined : tokensOf(one.text)[pair[1]];
      if (pair === undefined || token === undefined) continue;
      const cut = tokensOf(stored)[pair[0]];
      const isCut = pair[0] === word && cut !== undefined && until < cut.to;
      const end = isCut ? Math.min(token.to, token.from + until - cut.from) : token.to;
      return { passage: one.passage, at: one.from + Math.max(token.from, end - 1) };
    }
    return null;
  }

  #lineOf({ passage, at }: { passage: CourtPassage; at: number }): CourtLine {
    const line = this.#lines.findLast((one) => one.passage === passage && one.from <= at);
    if (line === undefined) throw new Error('a passage begins with a line');
    return line;
  }
}

type Cited = Pick<CourtLine, 'page' | 'line'>;

/** A range as it is cited: what both ends have in common stands once. */
export function citedRange(from: Cited, to: Cited): string {
  const first = `${from.page}:${from.line}`;
  if (from.page !== to.page) return `${first}–${to.page}:${to.line}`;
  return from.line === to.line ? first : `${first}–${to.line}`;
}

function segmentsOf(passage: CourtPassage): WrittenSegment[] {
  let at = 0;
  return passage.segments.map((segment) => {
    const text = readableText(segment.text);
    // Nothing but blanks and marks of doubt stands between two segments.
    const from = Math.max(at, passage.text.indexOf(text, at));
    at = from + text.length;
    return { place: (segment as TracedSegment).place, passage, text, from };
  });
}

function tokensOf(text: string): PlacedToken[] {
  return [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    ...{ text: word, from: index, to: index + word.length },
  }));
}

/** The words that a stored and a written text have in common, by their numbers: brackets and closing signs make no difference. */
function pairsOf(stored: string, text: string) {
  const keyOf = ({ text: word }: PlacedToken) =>
    word.replace(/[^\p{L}\p{N}\p{M}]+/gu, '').toLowerCase() || word;
  return commonPairs(tokensOf(stored), tokensOf(text), { keyOf });
}

function intoWord(token: PlacedToken | undefined, from: number): number {
  return token === undefined ? 0 : Math.max(0, from - token.from);
}
