import type { TranscriptDocument } from '../../../contract/document.ts';
import type { DocumentFrame } from '../document-frame.ts';
import type { ExportTexts } from '../export-texts.ts';
import type { FactGroup } from '../fact-groups.ts';
import { readableText } from '../readable-text.ts';
import type { CourtLayout } from './court-layout.ts';
import { pagesOf } from './page-breaks.ts';
import { wrappedLines } from './wrapped-lines.ts';

/** The title page: matter, case number, what it is a transcript of, and what a reader must know. More pages if it is long. */
export function titlePages(
  { matter }: TranscriptDocument,
  { kind, title, facts, notices, legend }: DocumentFrame,
  layout: CourtLayout,
  texts: ExportTexts,
): string[][] {
  const { columns } = layout;
  const center = (text: string) =>
    wrappedLines(text, { first: '', further: 0, columns }).map((line) =>
      (' '.repeat(Math.max(0, Math.floor((columns - line.length) / 2))) + line).trimEnd(),
    );
  const caseNumber = readableText(matter?.caseNumber ?? '');
  const named = readableText(matter?.name ?? '');
  const head = [
    ...(named === '' ? [] : [...center(named), '']),
    ...(caseNumber === '' ? [] : [...center(texts.documents('caseNumberIs', { number: caseNumber })), '']),
    ...center(kind.toLocaleUpperCase(texts.formats)),
    '',
    ...center(title),
    '',
    ...facts.flatMap(center),
  ];
  const told = [...notices, ...(legend.length === 0 ? [] : [texts.t('doubtfulInText')])];
  const lines = [
    ...head,
    ...told.flatMap((notice) => ['', ...wrappedLines(notice, { first: '', further: 0, columns })]),
  ];
  const above = Math.max(0, Math.min(4, layout.lines - lines.length));
  return pagesOf([...Array<string>(above).fill(''), ...lines], layout.lines);
}

/** The provenance on pages without line numbers. */
export function provenancePages(
  groups: readonly FactGroup[],
  { columns, lines: most }: CourtLayout,
  texts: ExportTexts,
): string[][] {
  const lines = [
    texts.t('provenance').toLocaleUpperCase(texts.formats),
    '',
    ...wrappedLines(texts.t('provenanceIntroduction'), { first: '', further: 0, columns }),
    ...groups.flatMap(({ heading, facts }) => [
      '',
      ...wrappedLines(heading.toLocaleUpperCase(texts.formats), { first: '', further: 0, columns }),
      ...facts.flatMap(({ label, value }) =>
        wrappedLines(`${label}: ${value}`, { first: '  ', further: 4, columns }),
      ),
    ]),
  ];
  return pagesOf(lines, most);
}
