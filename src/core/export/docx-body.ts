import type { TranscriptDocument } from '../../contract/document.ts';
import type { Segment } from '../../contract/transcript.ts';
import { clockTime, shortClockTime } from './clock-times.ts';
import { type ExportWords, exportWords } from './export-words.ts';
import { type Gap, type Paragraph, paragraphsOf } from './paragraphs.ts';
import { needsBlankBetween, readableText } from './readable-text.ts';
import type { RenderOptions } from './render-options.ts';
import { isRightToLeft, spellingLanguage } from './transcript-facts.ts';

/**
 * Ids of the styles that the transcript's own paragraphs and runs wear: written here, defined in docx-skeleton.ts.
 * The marks are character styles, so that a reader can restyle or remove each kind in one step.
 */
export const STYLES = {
  passage: 'Passage',
  gap: 'NoSpeech',
  time: 'PassageTime',
  speaker: 'SpeakerName',
  improbable: 'MarkUnsure',
  loop: 'MarkRepeated',
  overlap: 'MarkOverlap',
} as const;

/**
 * The transcript's paragraphs as WordprocessingML (ECMA-376 part 1, §17.3), one piece a paragraph. They are written
 * as text because a tree of objects for each run costs forty times the memory of its XML.
 */
export function* docxBodyOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const words = exportWords(options.language);
  let empty = true;
  for (const item of paragraphsOf(document)) {
    yield item.kind === 'gap' ? gapXml(item, words) : paragraphXml(item);
    empty = false;
  }
  if (empty && document.complete) yield noteXml(words.nothingSaid);
}

function gapXml(gap: Gap, words: ExportWords): string {
  return noteXml(words.noSpeech(shortClockTime(gap.startMs), shortClockTime(gap.endMs)));
}

function noteXml(text: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="${STYLES.gap}"/></w:pPr>${runXml('', text)}</w:p>`;
}

function paragraphXml({ startMs, speaker, segments }: Paragraph): string {
  const rightToLeft = segments.some(({ language }) => isRightToLeft(language));
  const time = runXml(styleXml(STYLES.time), clockTime(startMs));
  const name = speaker === null ? '' : speakerXml(readableText(speaker));
  const direction = rightToLeft ? '<w:bidi/>' : '';
  return (
    `<w:p><w:pPr><w:pStyle w:val="${STYLES.passage}"/>${direction}</w:pPr>` +
    `${time}<w:r><w:tab/></w:r>${name}${textXml(segments)}</w:p>`
  );
}

function speakerXml(name: string): string {
  return runXml(styleXml(STYLES.speaker), `${name}:`) + runXml('', ' ');
}

/** The segments as runs: one for all neighbours that look the same and are in the same language. */
function textXml(segments: readonly Segment[]): string {
  let xml = '';
  let text = '';
  let properties = '';
  let last = '';
  for (const segment of segments) {
    const next = runProperties(segment);
    if (next !== properties && text !== '') {
      xml += runXml(properties, text);
      text = '';
    }
    properties = next;
    const piece = readableText(segment.text);
    if (needsBlankBetween(last, piece)) {
      // A blank between two looks belongs to neither: it would be underlined with them.
      if (text === '') xml += runXml('', ' ');
      else text += ' ';
    }
    text += piece;
    last = piece;
  }
  return text === '' ? xml : xml + runXml(properties, text);
}

function runProperties({ flags, language }: Segment): string {
  const mark = (['loop', 'improbable', 'overlap'] as const).find((flag) => flags.includes(flag));
  const style = mark === undefined ? '' : styleXml(STYLES[mark]);
  const direction = isRightToLeft(language) ? '<w:rtl/>' : '';
  return style + direction + languageXml(language);
}

function languageXml(language: string): string {
  const tag = escapeXml(spellingLanguage(language));
  if (isRightToLeft(language)) return `<w:lang w:bidi="${tag}"/>`;
  const eastAsian = ['zh', 'yue', 'ja', 'ko'].includes(language);
  return eastAsian ? `<w:lang w:eastAsia="${tag}"/>` : `<w:lang w:val="${tag}"/>`;
}

function styleXml(style: string): string {
  return `<w:rStyle w:val="${style}"/>`;
}

function runXml(properties: string, text: string): string {
  const look = properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`;
  return `<w:r>${look}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
