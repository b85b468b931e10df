import type { TranscriptDocument } from '../../../contract/document.ts';
import { COURT_MEASURES } from '../../../contract/export-style.ts';
import { exportTexts } from '../export-texts.ts';
import type { RenderOptions } from '../render-options.ts';
import { courtHtml } from './court-html.ts';
import { type CourtChoice, type CourtLayout, courtLayout } from './court-layout.ts';
import { type CourtDocument, courtDocument } from './court-pages.ts';
import { courtText } from './court-text.ts';

/** The pages of a document by the court's template of its style, and their layout. */
export function courtPagesFor(
  document: TranscriptDocument,
  { content, style, language }: Pick<RenderOptions, 'content' | 'style' | 'language'>,
): { readonly pages: CourtDocument; readonly layout: CourtLayout } {
  const template = style?.template;
  const plain: CourtChoice = { kind: 'court', profile: 'plain', ...COURT_MEASURES.plain };
  const layout = courtLayout(template?.kind === 'court' ? template : plain);
  return { pages: courtDocument(document, content, layout, exportTexts(language)), layout };
}

/** A court's pages as plain text. */
export function courtTextOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const { pages, layout } = courtPagesFor(document, options);
  return courtText(pages, layout);
}

/** A court's pages as the HTML that the PDF is printed from. */
export function courtHtmlOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const { pages, layout } = courtPagesFor(document, options);
  const facts = { title: document.recording.name, producer: document.producer };
  return courtHtml(pages, layout, facts, exportTexts(options.language));
}
