import {
  BorderStyle,
  type IParagraphStyleOptions,
  type IStylesOptions,
  LineRuleType,
  UnderlineType,
} from 'docx';
import { STYLES } from './docx-body.ts';

/** Styles of the title block, the notes and the provenance page. */
export const FRAME_STYLES = {
  kind: 'TranscriptKind',
  facts: 'TranscriptFacts',
  notice: 'Notice',
  legend: 'Legend',
  introduction: 'ProvenanceIntroduction',
  group: 'ProvenanceGroup',
  label: 'ProvenanceLabel',
  value: 'ProvenanceValue',
  hash: 'ProvenanceHash',
  footer: 'PageFooter',
} as const;

/** A4 with margins of 2.5 cm, in twentieths of a point. */
export const PAGE = { width: 11906, height: 16838, margin: 1417, textWidth: 11906 - 2 * 1417 } as const;

/** Width of the provenance labels, in twentieths of a point. */
export const LABEL_WIDTH = 1900;

// Metric-compatible substitutes for these ship with LibreOffice, so that pages break alike there.
const TEXT_FONT = 'Calibri';
const FIXED_FONT = 'Courier New';

const INK = '1F2328';
const QUIET = '6B7280';
const RULE = 'D0D4DA';
const NOTICE_FILL = 'FBF3E0';
const LOOP = 'B45309';

// Width of the column of times.
const TIME_COLUMN = 1080;
// 1.15 lines, in 240ths of a line.
const LINE = 276;

function frame(
  id: string,
  name: string,
  paragraph: NonNullable<IParagraphStyleOptions['paragraph']>,
  run: NonNullable<IParagraphStyleOptions['run']>,
): IParagraphStyleOptions {
  return { id, name, basedOn: 'Normal', quickFormat: true, paragraph, run };
}

/**
 * Layout of a transcript on paper. `textLanguage` and `labelLanguage` are the spelling languages of the transcript and
 * of the labels around it.
 */
export function transcriptStyles(textLanguage: string, labelLanguage: string): IStylesOptions {
  const label = { language: { value: labelLanguage } };
  return {
    default: {
      document: {
        run: { font: TEXT_FONT, size: 22, color: INK, language: { value: textLanguage } },
        paragraph: { spacing: { line: LINE, lineRule: LineRuleType.AUTO, after: 120 } },
      },
      title: {
        paragraph: {
          keepNext: true,
          spacing: { before: 0, after: 60, line: 240, lineRule: LineRuleType.AUTO },
        },
        run: { font: TEXT_FONT, size: 40, bold: true, color: INK, noProof: true },
      },
      heading1: {
        paragraph: {
          keepNext: true,
          spacing: { before: 0, after: 120, line: 240, lineRule: LineRuleType.AUTO },
        },
        run: { font: TEXT_FONT, size: 32, bold: true, color: INK, ...label },
      },
    },
    paragraphStyles: [
      frame(
        FRAME_STYLES.kind,
        'Transcript Kind',
        { keepNext: true, spacing: { after: 60, line: 240, lineRule: LineRuleType.AUTO } },
        { size: 18, color: QUIET, allCaps: true, characterSpacing: 30, ...label },
      ),
      frame(
        FRAME_STYLES.facts,
        'Transcript Facts',
        {
          keepNext: true,
          spacing: { after: 280 },
          border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 8, color: RULE } },
        },
        { size: 20, color: QUIET, ...label },
      ),
      frame(
        FRAME_STYLES.notice,
        'Notice',
        {
          keepLines: true,
          spacing: { before: 200, after: 200 },
          indent: { left: 113, right: 113 },
          shading: { fill: NOTICE_FILL },
          border: {
            top: { style: BorderStyle.SINGLE, size: 4, space: 4, color: NOTICE_FILL },
            bottom: { style: BorderStyle.SINGLE, size: 4, space: 4, color: NOTICE_FILL },
            left: { style: BorderStyle.SINGLE, size: 24, space: 6, color: 'D9A441' },
            right: { style: BorderStyle.SINGLE, size: 4, space: 6, color: NOTICE_FILL },
          },
        },
        { size: 20, ...label },
      ),
      frame(
        FRAME_STYLES.legend,
        'Legend',
        { keepLines: true, spacing: { after: 240 } },
        { size: 18, color: QUIET, ...label },
      ),
      frame(
        STYLES.passage,
        'Passage',
        {
          spacing: { after: 140 },
          indent: { left: TIME_COLUMN, hanging: TIME_COLUMN },
          leftTabStop: TIME_COLUMN,
        },
        {},
      ),
      frame(STYLES.untimed, 'Passage without Time', { spacing: { after: 140 } }, {}),
      frame(
        STYLES.gap,
        'No Speech',
        { indent: { left: TIME_COLUMN }, spacing: { after: 140 } },
        { size: 18, italics: true, color: QUIET, ...label },
      ),
      frame(
        STYLES.notUnderstood,
        'Not Understood',
        { indent: { left: TIME_COLUMN }, spacing: { after: 140 } },
        { size: 20, bold: true, color: LOOP, ...label },
      ),
      frame(
        STYLES.marker,
        'Marker',
        { indent: { left: TIME_COLUMN }, spacing: { after: 140 } },
        { size: 20, bold: true, ...label },
      ),
      frame(
        FRAME_STYLES.introduction,
        'Provenance Introduction',
        { spacing: { after: 200 } },
        { size: 20, color: QUIET, ...label },
      ),
      frame(
        FRAME_STYLES.group,
        'Provenance Group',
        { keepNext: true, spacing: { before: 280, after: 80 } },
        { size: 22, bold: true, ...label },
      ),
      frame(
        FRAME_STYLES.label,
        'Provenance Label',
        { keepNext: true, spacing: { before: 50, after: 50, line: 252, lineRule: LineRuleType.AUTO } },
        { size: 19, color: QUIET, ...label },
      ),
      frame(
        FRAME_STYLES.value,
        'Provenance Value',
        { spacing: { before: 50, after: 50, line: 252, lineRule: LineRuleType.AUTO } },
        { size: 20, ...label },
      ),
      frame(
        FRAME_STYLES.hash,
        'Provenance Hash',
        { spacing: { before: 60, after: 60, line: 252, lineRule: LineRuleType.AUTO } },
        { size: 17, font: FIXED_FONT, noProof: true },
      ),
      frame(
        FRAME_STYLES.footer,
        'Page Footer',
        {
          spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
          rightTabStop: PAGE.textWidth,
        },
        { size: 17, color: QUIET, ...label },
      ),
    ],
    characterStyles: [
      { id: STYLES.time, name: 'Passage Time', run: { size: 18, color: QUIET, noProof: true } },
      { id: STYLES.speaker, name: 'Speaker Name', run: { bold: true, noProof: true } },
      {
        id: STYLES.improbable,
        name: 'Mark Unsure',
        run: { underline: { type: UnderlineType.DOTTED, color: QUIET } },
      },
      {
        id: STYLES.loop,
        name: 'Mark Repeated',
        run: { underline: { type: UnderlineType.WAVE, color: LOOP } },
      },
      {
        id: STYLES.overlap,
        name: 'Mark Overlap',
        run: { underline: { type: UnderlineType.DASHLONG, color: QUIET } },
      },
      {
        id: STYLES.unsureSpeaker,
        name: 'Mark Unsure Speaker',
        run: { underline: { type: UnderlineType.DOTDASH, color: QUIET } },
      },
      {
        id: STYLES.notHeard,
        name: 'Mark Not Heard',
        run: { underline: { type: UnderlineType.DOTDOTDASH, color: QUIET } },
      },
    ],
  };
}
