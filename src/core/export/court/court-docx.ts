import type { TranscriptDocument } from '../../../contract/document.ts';
import { plainWordDocument } from '../docx/plain-word-document.ts';
import { readableText } from '../readable-text.ts';
import type { RenderOptions } from '../render-options.ts';
import { escapeXml } from '../xml-text.ts';
import { type CourtLayout, NUMBER_WIDTH_PT } from './court-layout.ts';
import type { CourtPage } from './court-pages.ts';
import { courtPagesFor } from './court-renderings.ts';
import { headingLine } from './court-text.ts';

const TWIPS = 20;

/**
 * A court's pages as a Word document. Every line is a paragraph of its own at a fixed pitch, its number is written in front of it,
 * and every page begins with a page break: Word and LibreOffice show the same words at the same page and line, whatever they
 * would break by themselves.
 */
export function courtDocxOf(document: TranscriptDocument, options: RenderOptions): Uint8Array[] {
  const { pages: made, layout } = courtPagesFor(document, options);
  const { heading, pages } = made;
  function* body(): Generator<string> {
    for (const page of pages) yield* pageXml(page, headingLine(heading, page, layout), layout);
    yield sectionXml(layout);
  }
  return plainWordDocument(body(), stylesXml(layout), {
    title: readableText(document.recording.name),
    producer: document.producer,
    createdAtMs: document.version.createdAtMs,
  });
}

function* pageXml(page: CourtPage, heading: string, layout: CourtLayout): Generator<string> {
  const breaks = page.number > 1;
  const isTop = layout.pageNumber === 'top';
  // The line below the text stands at the same height on every page.
  const missing = isTop ? 0 : layout.lines - page.lines.length;
  yield lineXml(isTop ? heading : '', null, 'PageHeading', breaks);
  for (const [at, text] of page.lines.entries()) {
    yield lineXml(text, page.isNumbered ? at + 1 : null, 'CourtLine', false);
  }
  for (let line = 0; line < missing; line++) yield lineXml('', null, 'CourtLine', false);
  if (!isTop) yield lineXml(heading, null, 'PageHeading', false);
}

function lineXml(text: string, number: number | null, style: string, breaksPage: boolean): string {
  const properties = `<w:pStyle w:val="${style}"/>${breaksPage ? '<w:pageBreakBefore/>' : ''}`;
  const runs = [
    number === null ? '' : `<w:r><w:t>${number}</w:t></w:r>`,
    // From the number to the first column.
    '<w:r><w:tab/></w:r>',
    text === '' ? '' : `<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`,
  ];
  return `<w:p><w:pPr>${properties}</w:pPr>${runs.join('')}</w:p>`;
}

function sectionXml({ sheet, columns }: CourtLayout): string {
  const { widthPt, heightPt, leftPt, topPt, fontPt, hasRules } = sheet;
  // A character to spare: a rounded width must not wrap the last word.
  const rightPt = widthPt - leftPt - (columns + 1) * fontPt * 0.6;
  const rules = hasRules
    ? '<w:pgBorders w:offsetFrom="text"><w:left w:val="double" w:sz="6" w:space="4" w:color="auto"/><w:right w:val="single" w:sz="6" w:space="4" w:color="auto"/></w:pgBorders>'
    : '';
  const margins = `w:top="${twips(topPt)}" w:right="${Math.max(0, twips(rightPt))}" w:bottom="0" w:left="${twips(leftPt)}" w:header="0" w:footer="0" w:gutter="0"`;
  return `<w:sectPr><w:pgSz w:w="${twips(widthPt)}" w:h="${twips(heightPt)}"/><w:pgMar ${margins}/>${rules}</w:sectPr>`;
}

function stylesXml({ sheet }: CourtLayout): string {
  const { fontPt, pitchPt } = sheet;
  const font =
    '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New" w:eastAsia="Courier New"/>';
  const size = `<w:sz w:val="${fontPt * 2}"/><w:szCs w:val="${fontPt * 2}"/>`;
  const spacing = `<w:spacing w:before="0" w:after="0" w:line="${Math.floor(pitchPt * TWIPS)}" w:lineRule="exact"/>`;
  const number = twips(NUMBER_WIDTH_PT);
  const indent = `<w:ind w:left="0" w:hanging="${number}"/>`;
  const paragraph = `<w:keepNext w:val="0"/><w:widowControl w:val="0"/><w:suppressAutoHyphens/>${spacing}${indent}<w:jc w:val="left"/>`;
  const style = (id: string, name: string) =>
    `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${paragraph}</w:pPr></w:style>`;
  return [
    `<w:docDefaults><w:rPrDefault><w:rPr>${font}${size}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`,
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
    style('CourtLine', 'Court Line'),
    style('PageHeading', 'Page Heading'),
  ].join('');
}

function twips(pt: number): number {
  return Math.round(pt * TWIPS);
}
