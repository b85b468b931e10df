import {
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { TranscriptDocument } from '../../../contract/document.ts';
import type { Provenance } from '../../../contract/provenance.ts';
import { type DocumentFrame, documentFrame, footerTitle } from '../document-frame.ts';
import { type ExportTexts, exportTexts } from '../export-texts.ts';
import type { Fact, FactGroup } from '../fact-groups.ts';
import { readableText } from '../readable-text.ts';
import type { RenderOptions } from '../render-options.ts';
import { mainLanguage } from '../transcript-facts.ts';
import { STYLES } from './docx-body.ts';
import { FRAME_STYLES, LABEL_WIDTH, PAGE, transcriptStyles } from './docx-styles.ts';

/**
 * The text of the one paragraph that the transcript itself replaces. It holds characters that
 * `readableText` removes from everything else.
 */
export const BODY_MARK = '\u2066transcript\u2069';

// A title of several lines is set smaller, in half points.
const LONG_NAME = 60;
const LONG_NAME_SIZE = 28;
const HAIRLINE = { style: BorderStyle.SINGLE, size: 4, color: 'E3E6EA' } as const;
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;

/** The custom property of a document for its provenance: `Provenance` as JSON, in hexadecimal. Word keeps it. */
export const PROVENANCE_PROPERTY = 'VoiceSyncMaking';

function makingProperty(making: Provenance): { name: string; value: string } {
  return { name: PROVENANCE_PROPERTY, value: inHex(JSON.stringify(making)) };
}

function inHex(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A Word document with everything but the transcript's own paragraphs, with `BODY_MARK` in their place. */
export async function docxTemplate(
  document: TranscriptDocument,
  options: RenderOptions,
): Promise<Uint8Array> {
  const texts = exportTexts(options.language);
  const frame = documentFrame(document, options.content, texts);
  const skeleton = new Document({
    title: frame.title,
    creator: readableText(document.producer),
    lastModifiedBy: readableText(document.producer),
    ...(document.making === undefined ? {} : { customProperties: [makingProperty(document.making)] }),
    styles: transcriptStyles(mainLanguage(document), texts.formats),
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: {
              top: PAGE.margin,
              right: PAGE.margin,
              bottom: PAGE.margin,
              left: PAGE.margin,
              footer: 700,
            },
          },
        },
        footers: { default: footer(frame.title, texts) },
        children: [
          ...titleBlock(frame),
          ...notice(frame.notices),
          ...legend(frame, texts),
          new Paragraph(BODY_MARK),
          ...notice(frame.closing),
          ...provenancePage(frame, texts),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(skeleton));
}

function titleBlock({ kind, title, facts }: DocumentFrame): Paragraph[] {
  return [
    styled(FRAME_STYLES.kind, kind),
    new Paragraph({
      heading: HeadingLevel.TITLE,
      children: [new TextRun({ text: title, ...(title.length > LONG_NAME ? { size: LONG_NAME_SIZE } : {}) })],
    }),
    styled(FRAME_STYLES.facts, facts.join('  ·  ')),
  ];
}

/** Warnings that must not be overlooked, in one box; empty if there are none. */
function notice(sentences: readonly string[]): Paragraph[] {
  if (sentences.length === 0) return [];
  const runs = sentences.map((text, index) => new TextRun({ text, ...(index > 0 ? { break: 1 } : {}) }));
  return [new Paragraph({ style: FRAME_STYLES.notice, children: runs })];
}

/** The legend of the marks, each shown on its own explanation; empty if no segment is marked. */
function legend(frame: DocumentFrame, texts: ExportTexts): Paragraph[] {
  if (frame.legend.length === 0) return [];
  const runs = frame.legend.flatMap(({ mark, meaning }, index) => [
    new TextRun(index === 0 ? `${texts.t('marks')}: ` : '  ·  '),
    new TextRun({ text: meaning, style: STYLES[mark] }),
  ]);
  return [new Paragraph({ style: FRAME_STYLES.legend, children: runs })];
}

function provenancePage({ provenance }: DocumentFrame, texts: ExportTexts): (Paragraph | Table)[] {
  if (provenance === null) return [];
  return [
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      pageBreakBefore: true,
      children: [new TextRun(texts.t('provenance'))],
    }),
    styled(FRAME_STYLES.introduction, texts.t('provenanceIntroduction')),
    ...provenance.flatMap(factTable),
  ];
}

function factTable(group: FactGroup): (Paragraph | Table)[] {
  const valueWidth = PAGE.textWidth - LABEL_WIDTH;
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: PAGE.textWidth, type: WidthType.DXA },
    columnWidths: [LABEL_WIDTH, valueWidth],
    borders: {
      top: HAIRLINE,
      bottom: HAIRLINE,
      insideHorizontal: HAIRLINE,
      left: NO_LINE,
      right: NO_LINE,
      insideVertical: NO_LINE,
    },
    rows: group.facts.map((fact) => factRow(fact, valueWidth)),
  });
  return [styled(FRAME_STYLES.group, group.heading), table];
}

function factRow(fact: Fact, valueWidth: number): TableRow {
  const margins = { left: 0, right: 60 };
  return new TableRow({
    cantSplit: true,
    children: [
      new TableCell({
        width: { size: LABEL_WIDTH, type: WidthType.DXA },
        margins,
        children: [styled(FRAME_STYLES.label, fact.label)],
      }),
      new TableCell({
        width: { size: valueWidth, type: WidthType.DXA },
        margins,
        children: [styled(fact.isHash ? FRAME_STYLES.hash : FRAME_STYLES.value, fact.value)],
      }),
    ],
  });
}

function footer(title: string, texts: ExportTexts): Footer {
  return new Footer({
    children: [
      new Paragraph({
        style: FRAME_STYLES.footer,
        children: [
          new TextRun({ text: footerTitle(title), noProof: true }),
          new TextRun({
            children: [
              '\t',
              `${texts.t('page')} `,
              PageNumber.CURRENT,
              ` ${texts.t('of')} `,
              PageNumber.TOTAL_PAGES,
            ],
          }),
        ],
      }),
    ],
  });
}

function styled(style: string, text: string): Paragraph {
  return new Paragraph({ style, children: [new TextRun(text)] });
}
