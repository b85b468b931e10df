import { clockTime } from '../../contract/clock-times.ts';
import {
  type ExportContent,
  type ExportFormat,
  FORMAT_TRAITS,
  type TranscriptDocument,
} from '../../contract/document.ts';
import type { ExportPreview, PreviewPage, PreviewParagraph } from '../../contract/export-preview.ts';
import { type ExportStyle, USUAL_STYLE } from '../../contract/export-style.ts';
import { type FormatOptions, USUAL_FORMAT_OPTIONS } from '../../contract/format-options.ts';
import type { Locale } from '../../contract/locale.ts';
import { courtPagesFor } from './court/court-renderings.ts';
import { courtText } from './court/court-text.ts';
import { documentFrame } from './document-frame.ts';
import { type ExportTexts, exportTexts } from './export-texts.ts';
import { type Passage, passagesOf } from './passages.ts';
import { render } from './render.ts';
import { betweenNote } from './transcript-notes.ts';
import { written } from './written-document.ts';

/** A preview does not show hours. The words of no more segments are needed for one. */
export const SEGMENTS_SHOWN = 60;

/**
 * The beginning of a transcript in a format: of a document the page, of anything else the file's own text
 * (without the byte order mark, which is invisible).
 */
export async function previewOf(
  document: TranscriptDocument,
  format: ExportFormat,
  content: ExportContent,
  language: Locale,
  formatOptions: FormatOptions = USUAL_FORMAT_OPTIONS,
  style: ExportStyle = USUAL_STYLE,
): Promise<ExportPreview> {
  const whole = written(document, { format, style, language });
  const beginning = beginningOf(whole);
  if (style.template.kind === 'court' && FORMAT_TRAITS[format].templates?.includes('court') === true) {
    const options = { format, timestamps: content.times, content, style, language };
    const { pages, layout } = courtPagesFor(beginning, options);
    // The page that follows the beginning of the text is the index of that beginning.
    const shown = {
      ...pages,
      pages: pages.pages.filter(({ number, isNumbered }) => isNumbered || number === 1),
    };
    return {
      type: 'text',
      text: [...courtText(shown, layout)].join('').replaceAll('\f', '\n\n'),
      isFixedPitch: true,
    };
  }
  switch (FORMAT_TRAITS[format].preview) {
    case 'page':
      return { type: 'page', page: pageOf(whole, beginning, content, exportTexts(language)) };
    case 'barePage': {
      const page = pageOf(whole, beginning, { ...content, times: true }, exportTexts(language));
      return { type: 'page', page: withoutFrame(page) };
    }
    case 'text': {
      const options = { format, timestamps: content.times, content, formatOptions, language };
      const text = Buffer.concat(await render(beginning, options)).toString('utf8');
      return { type: 'text', text: text.replace(/^\uFEFF/, ''), isFixedPitch: false };
    }
  }
}

function beginningOf(document: TranscriptDocument): TranscriptDocument {
  const segments = document.segments.slice(0, SEGMENTS_SHOWN);
  const next = document.segments[SEGMENTS_SHOWN];
  if (next === undefined) return document;
  return {
    ...document,
    segments,
    skipped: document.skipped.filter(({ startMs }) => startMs < next.startMs),
    turns: document.turns.filter(({ startMs }) => startMs < next.startMs),
    markers: document.markers.filter(({ atMs }) => atMs < next.startMs),
  };
}

function pageOf(
  whole: TranscriptDocument,
  beginning: TranscriptDocument,
  content: ExportContent,
  texts: ExportTexts,
): PreviewPage {
  const { kind, title, facts, notices, legend, emptyNote, provenance } = documentFrame(whole, content, texts);
  const paragraphs = [...passagesOf(beginning, content)].map((item) =>
    item.kind === 'passage' ? paragraph(item) : note(betweenNote(item, texts)),
  );
  return {
    kind,
    title,
    facts: [...facts],
    notices: [...notices],
    legend: [...legend],
    paragraphs: emptyNote === null ? paragraphs : [...paragraphs, note(emptyNote)],
    goesOn: beginning !== whole,
    provenance:
      provenance === null
        ? null
        : {
            heading: texts.t('provenance'),
            groups: provenance.map(({ heading, facts: list }) => ({
              heading,
              facts: list.map(({ label, value }) => ({ label, value })),
            })),
          },
  };
}

/** oTranscribe shows nothing but the text. */
function withoutFrame(page: PreviewPage): PreviewPage {
  return { ...page, kind: '', title: '', facts: [], legend: [], provenance: null };
}

function note(text: string): PreviewParagraph {
  return { isNote: true, time: null, speaker: null, rightToLeft: false, runs: [{ text, mark: null }] };
}

function paragraph({ startMs, speaker, rightToLeft, runs }: Passage): PreviewParagraph {
  return {
    isNote: false,
    time: startMs === null ? null : clockTime(startMs),
    speaker,
    rightToLeft,
    runs: runs.map(({ text, mark }) => ({ text, mark })),
  };
}
