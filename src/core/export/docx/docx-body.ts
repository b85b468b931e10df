import { clockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import { exportTexts } from '../export-texts.ts';
import type { Gap, Mark } from '../paragraphs.ts';
import { type Passage, passagesOf, type TextRun } from '../passages.ts';
import type { RenderOptions } from '../render-options.ts';
import { isNameRightToLeft } from '../text-direction.ts';
import { isRightToLeft, spellingLanguage } from '../transcript-facts.ts';
import { betweenNote, emptyNote } from '../transcript-notes.ts';
import { escapeXml } from '../xml-text.ts';

/**
 * Ids of the styles of the transcript's own paragraphs and runs: written here, defined in docx-skeleton.ts.
 * The marks are character styles, so that a reader can restyle or remove each kind in one step.
 */
export const STYLES = {
  passage: 'Passage',
  untimed: 'PassageWithoutTime',
  gap: 'NoSpeech',
  notUnderstood: 'NotUnderstood',
  marker: 'Marker',
  time: 'PassageTime',
  speaker: 'SpeakerName',
  improbable: 'MarkUnsure',
  loop: 'MarkRepeated',
  overlap: 'MarkOverlap',
  unsureSpeaker: 'MarkUnsureSpeaker',
  notHeard: 'MarkNotHeard',
} as const;

/**
 * The transcript's paragraphs as WordprocessingML (ECMA-376 part 1, §17.3), one piece a paragraph. They are written
 * as text because a tree of objects for each run costs forty times the memory of its XML.
 * @param styleOfSpeaker ids of paragraph styles for passages of single speakers; the usual ones without it.
 */
export function* docxBodyOf(
  document: TranscriptDocument,
  options: RenderOptions,
  styleOfSpeaker: ReadonlyMap<string, string> = new Map(),
): Generator<string> {
  const texts = exportTexts(options.language);
  for (const item of passagesOf(document, options.content)) {
    yield item.kind === 'passage'
      ? passageXml(item, styleOfSpeaker.get(item.speaker ?? ''))
      : noteXml(betweenNote(item, texts), styleOf(item));
  }
  const empty = emptyNote(document, texts);
  if (empty !== null) yield noteXml(empty);
}

const RIGHT_TO_LEFT = '<w:rtl/>';

function styleOf(item: Gap | Mark): string {
  if (item.kind === 'mark') return STYLES.marker;
  return item.reason === 'notUnderstood' ? STYLES.notUnderstood : STYLES.gap;
}

function noteXml(text: string, style: string = STYLES.gap): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runXml('', text)}</w:p>`;
}

function passageXml(
  { startMs, speaker, rightToLeft, runs }: Passage,
  ownStyle: string = startMs === null ? STYLES.untimed : STYLES.passage,
): string {
  const time =
    startMs === null ? '' : `${runXml(styleXml(STYLES.time), clockTime(startMs))}<w:r><w:tab/></w:r>`;
  const name = speaker === null ? '' : speakerXml(speaker, rightToLeft);
  const direction = rightToLeft ? '<w:bidi/>' : '';
  const text = runs.map((run) => runXml(runProperties(run), run.text)).join('');
  const style = `<w:pStyle w:val="${escapeXml(ownStyle)}"/>`;
  return `<w:p><w:pPr>${style}${direction}</w:pPr>${time}${name}${text}</w:p>`;
}

/**
 * A name in its own direction, and after it the colon in that of the paragraph: Word shows neutral characters
 * in the direction of their run.
 */
function speakerXml(name: string, rightToLeft: boolean): string {
  const style = styleXml(STYLES.speaker);
  const inParagraph = rightToLeft ? RIGHT_TO_LEFT : '';
  const blank = runXml(inParagraph, ' ');
  if (isNameRightToLeft(name) === rightToLeft) return runXml(style + inParagraph, `${name}:`) + blank;
  const inName = rightToLeft ? '' : RIGHT_TO_LEFT;
  return runXml(style + inName, name) + runXml(style + inParagraph, ':') + blank;
}

function runProperties({ mark, language }: TextRun): string {
  if (language === null) return '';
  const style = mark === null ? '' : styleXml(STYLES[mark]);
  const direction = isRightToLeft(language) ? RIGHT_TO_LEFT : '';
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
