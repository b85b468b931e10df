import type { CourtProfile, TemplateChoice } from '../../../contract/export-style.ts';

/** The court's part of a choice of template. */
export type CourtChoice = Extract<TemplateChoice, { kind: 'court' }>;

/** Where lines begin, in columns from the left margin: 0 is the first column. */
export interface CourtIndents {
  /** The Q or A of a question or answer, its text, and its further lines. */
  readonly question: { readonly label: number; readonly text: number; readonly further: number };
  /** The name of any other speaker, how many blanks follow its colon, and the further lines. */
  readonly colloquy: { readonly label: number; readonly blanks: number; readonly further: number };
  /** Notes in brackets, and their further lines. */
  readonly note: { readonly first: number; readonly further: number };
}

/** A sheet and the block of text on it, in points (1/72 inch). */
export interface CourtSheet {
  readonly paper: 'A4' | 'Letter';
  readonly widthPt: number;
  readonly heightPt: number;
  /** From the sheet's left edge to the first column. */
  readonly leftPt: number;
  /** From the sheet's top to the heading line. */
  readonly topPt: number;
  readonly fontPt: number;
  /** From one line to the next. */
  readonly pitchPt: number;
  /** Rules along the text: two on the left, one on the right. */
  readonly hasRules: boolean;
}

/** How a court wants a page. */
export interface CourtLayout {
  readonly lines: number;
  readonly columns: number;
  readonly indents: CourtIndents;
  readonly sheet: CourtSheet;
  readonly pageNumber: 'top' | 'bottom';
}

/** Width of a character of Courier in parts of its size. */
const PITCH_OF_FONT = 0.6;
/** 10 characters an inch. */
const LARGEST_FONT_PT = 12;
/** Room for the line's number, left of the first column. */
export const NUMBER_WIDTH_PT = 36;
const LEAST_MARGIN_PT = 28;
const TOP_PT = 48;
const BOTTOM_PT = 48;
/** Double spacing at most. */
const LARGEST_PITCH_PT = 24;
const PAPERS = { A4: { widthPt: 595.3, heightPt: 841.9 }, Letter: { widthPt: 612, heightPt: 792 } } as const;

interface ProfileFacts {
  readonly paper: 'A4' | 'Letter';
  readonly indents: CourtIndents;
  readonly pageNumber: 'top' | 'bottom';
  readonly hasRules: boolean;
  /** Where the court fixes it. */
  readonly leftPt?: number;
  readonly blockHeightPt?: number;
}

const USUAL_INDENTS: CourtIndents = {
  question: { label: 5, text: 10, further: 0 },
  colloquy: { label: 10, blanks: 2, further: 0 },
  note: { first: 10, further: 10 },
};

/**
 * New York: 22 NYCRR 108.3 (b) and (c): Letter, left margin at 1 3/4 inches marked by two lines, the right one by one; 9 inches of
 * text; Q and A after five blanks, their text after ten. Utah: CJA 5-203 (5) and (9): pages numbered at the bottom right; Q and A in
 * the fifth column, text and speakers in the tenth, the statement in the third column after the colon.
 */
const PROFILES: Readonly<Record<CourtProfile, ProfileFacts>> = {
  plain: { paper: 'A4', indents: USUAL_INDENTS, pageNumber: 'top', hasRules: false },
  newYork: {
    paper: 'Letter',
    indents: USUAL_INDENTS,
    pageNumber: 'top',
    hasRules: true,
    leftPt: 126,
    blockHeightPt: 648,
  },
  utah: {
    paper: 'Letter',
    indents: {
      question: { label: 4, text: 9, further: 0 },
      colloquy: { label: 9, blanks: 2, further: 0 },
      note: { first: 9, further: 9 },
    },
    pageNumber: 'bottom',
    hasRules: false,
  },
};

/** The layout of a court's page. A narrow sheet, or more lines than a page has room for, make the letters smaller. */
export function courtLayout({ profile, lines, columns }: CourtChoice): CourtLayout {
  const { paper, indents, pageNumber, hasRules, leftPt, blockHeightPt } = PROFILES[profile];
  const { widthPt, heightPt } = PAPERS[paper];
  // The line above the text and the one below it hold heading and page number.
  const roomPt = heightPt - TOP_PT - BOTTOM_PT;
  const pitchPt =
    blockHeightPt === undefined
      ? Math.min(LARGEST_PITCH_PT, roomPt / (lines + 2))
      : Math.min(blockHeightPt, roomPt - 2 * LARGEST_FONT_PT * 1.2) / lines;
  const broadestPt = widthPt - NUMBER_WIDTH_PT - 2 * LEAST_MARGIN_PT;
  const fontPt = halfPoints(
    Math.min(LARGEST_FONT_PT, broadestPt / (columns * PITCH_OF_FONT), pitchPt / 1.15),
  );
  const textPt = columns * fontPt * PITCH_OF_FONT;
  const middlePt = NUMBER_WIDTH_PT + (widthPt - NUMBER_WIDTH_PT - textPt) / 2;
  const fixedPt = leftPt !== undefined && leftPt + textPt <= widthPt - LEAST_MARGIN_PT ? leftPt : middlePt;
  return {
    lines,
    columns,
    indents,
    pageNumber,
    sheet: { paper, widthPt, heightPt, leftPt: fixedPt, topPt: TOP_PT, fontPt, pitchPt, hasRules },
  };
}

/** Word knows sizes in half points. */
function halfPoints(pt: number): number {
  return Math.floor(pt * 2) / 2;
}
