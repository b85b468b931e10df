import type { ExportContent, TranscriptDocument } from '../../../contract/document.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { documentFrame } from '../document-frame.ts';
import type { ExportTexts } from '../export-texts.ts';
import { isDoubtful, type Passage, passagesOf } from '../passages.ts';
import { readableText } from '../readable-text.ts';
import { betweenNote } from '../transcript-notes.ts';
import { provenancePages, titlePages } from './court-frame.ts';
import { type IndexedLine, indexPages } from './court-index.ts';
import type { CourtLayout } from './court-layout.ts';
import { pagesOf } from './page-breaks.ts';
import { placedLines, type WrappedLine, wrappedLines } from './wrapped-lines.ts';

/** One page as it is printed: at most as many lines as the layout has. */
export interface CourtPage {
  /** 1 for the title page. */
  readonly number: number;
  /** Lines are numbered on pages of the text, from 1; title, index and provenance have no numbers. */
  readonly isNumbered: boolean;
  /** Without the number; the first column is the first character. */
  readonly lines: readonly string[];
}

/** A transcript as a court's pages, and the line above each. */
export interface CourtDocument {
  readonly heading: string;
  readonly pages: readonly CourtPage[];
}

/** A passage as it stands on a court's pages. */
export interface CourtPassage {
  /** What stands before its text; empty where the speaker goes on. */
  readonly label: string;
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** A numbered line that shows a passage, from this place in its text on. */
export interface CourtLine {
  readonly page: number;
  readonly line: number;
  readonly passage: CourtPassage;
  readonly from: number;
}

/** A line of the text, what begins in it, and what it shows of a passage. */
interface TextLine {
  readonly text: string;
  readonly starts: Omit<IndexedLine, 'page' | 'line'> | null;
  readonly shows: Pick<CourtLine, 'passage' | 'from'> | null;
}

/** The numbered lines of a court's pages that show passages, in order. */
export function courtLines(
  document: TranscriptDocument,
  content: ExportContent,
  layout: CourtLayout,
  texts: ExportTexts,
): CourtLine[] {
  const frame = documentFrame(document, content, texts);
  const firstBody = titlePages(document, frame, layout, texts).length + 1;
  return pagesOf([...textLines(document, content, layout, texts)], layout.lines).flatMap((page, at) =>
    page.flatMap(({ shows }, line) =>
      shows === null ? [] : [{ ...shows, page: firstBody + at, line: line + 1 }],
    ),
  );
}

/**
 * A transcript on a court's pages: title page, text on numbered lines, index, and the provenance if it is included. Lines are
 * broken here, by columns, so that every file made of them has the same words at the same page and line.
 */
export function courtDocument(
  document: TranscriptDocument,
  content: ExportContent,
  layout: CourtLayout,
  texts: ExportTexts,
): CourtDocument {
  const frame = documentFrame(document, content, texts);
  const title = titlePages(document, frame, layout, texts);
  const lines = [...textLines(document, content, layout, texts)];
  const body = pagesOf(lines, layout.lines);
  const firstBody = title.length + 1;
  const indexed = body.flatMap((page, at) =>
    page.flatMap(({ starts }, line) =>
      starts === null ? [] : [{ ...starts, page: firstBody + at, line: line + 1 }],
    ),
  );
  const after = [
    ...indexPages(indexed, document, layout, texts),
    ...(frame.provenance === null ? [] : provenancePages(frame.provenance, layout, texts)),
  ];
  const pages = [
    ...title.map((page) => ({ isNumbered: false, lines: page })),
    ...body.map((page) => ({ isNumbered: true, lines: page.map(({ text }) => text) })),
    ...after.map((page) => ({ isNumbered: false, lines: page })),
  ];
  return {
    heading: [document.matter?.name, document.matter?.caseNumber]
      .map((part) => readableText(part ?? ''))
      .filter((part) => part !== '')
      .join(' · '),
    pages: pages.map((page, at) => ({ number: at + 1, ...page })),
  };
}

function* textLines(
  document: TranscriptDocument,
  content: ExportContent,
  layout: CourtLayout,
  texts: ExportTexts,
): Generator<TextLine> {
  const { columns, indents } = layout;
  // Anybody may have the initials of a question.
  const isExamination = document.writing?.conventions.speakerLabels === 'questionAnswer';
  // Paragraphs carry no times on a court's page: those are in the index.
  let previous: string | null = null;
  for (const item of passagesOf(document, { ...content, times: true })) {
    if (item.kind !== 'passage') {
      if (item.kind === 'gap' && item.reason === 'noSpeech' && !content.times) continue;
      if (item.kind === 'mark' && !content.times) continue;
      const first = ' '.repeat(indents.note.first);
      const label = item.kind === 'mark' ? readableText(item.label) : null;
      const starts = { atMs: item.startMs, speaker: null, marker: label };
      yield* withStart(
        wrappedLines(betweenNote(item, texts), { first, further: indents.note.further, columns }),
        starts,
      );
      continue;
    }
    const starts = { atMs: item.startMs ?? 0, speaker: item.speaker, marker: null };
    const { passage, lines } = passageLines(item, item.speaker === previous, layout, texts, isExamination);
    for (const [at, { text, from }] of lines.entries()) {
      yield { text, starts: at === 0 ? starts : null, shows: { passage, from } };
    }
    previous = item.speaker;
  }
  const { emptyNote, closing } = documentFrame(document, content, texts);
  for (const note of emptyNote === null ? closing : [emptyNote, ...closing]) {
    const first = ' '.repeat(indents.note.first);
    yield* withStart(wrappedLines(`(${note})`, { first, further: indents.note.further, columns }), null);
  }
}

function* withStart(lines: readonly string[], starts: TextLine['starts']): Generator<TextLine> {
  for (const [at, text] of lines.entries()) yield { text, starts: at === 0 ? starts : null, shows: null };
}

function passageLines(
  { speaker, runs, segments }: Passage,
  goesOn: boolean,
  { columns, indents }: CourtLayout,
  texts: ExportTexts,
  isExamination: boolean,
): { passage: CourtPassage; lines: readonly WrappedLine[] } {
  const text = runs.map((run) => run.text + (isDoubtful(run) ? ' [?]' : '')).join('');
  const { question, colloquy } = indents;
  const label = speaker === null || goesOn ? '' : speaker;
  const isAsked =
    isExamination &&
    (speaker === texts.documents('questionLabel') || speaker === texts.documents('answerLabel'));
  if (isAsked) {
    const first = (' '.repeat(question.label) + label).padEnd(question.text);
    return {
      passage: { label, text, segments },
      lines: placedLines(text, { first, further: question.further, columns }),
    };
  }
  const indent = ' '.repeat(colloquy.label);
  const { further } = colloquy;
  if (label === '') {
    return {
      passage: { label, text, segments },
      lines: placedLines(text, { first: indent, further, columns }),
    };
  }
  const name = `${label.toLocaleUpperCase(texts.formats)}:`;
  const passage = { label: name, text, segments };
  const blanks = ' '.repeat(colloquy.blanks);
  if (indent.length + name.length + blanks.length < columns / 1.5) {
    return { passage, lines: placedLines(text, { first: indent + name + blanks, further, columns }) };
  }
  // A long name is wrapped with what follows it.
  const lines = placedLines(`${name} ${text}`, { first: indent, further, columns });
  return {
    passage,
    lines: lines.map((line) => ({ ...line, from: Math.max(0, line.from - name.length - 1) })),
  };
}
