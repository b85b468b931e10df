import { STYLES } from '../docx/docx-body.ts';
import { FRAME_STYLES } from '../docx/docx-styles.ts';
import { escapeXml } from '../xml-text.ts';
import { elementsNamed, XmlPart } from './xml-part.ts';

// Wide enough for a time in a template's letters of 12 points.
const TIME_COLUMN = 1320;
const LABEL_COLUMN = 2600;
const QUIET = '<w:color w:val="6B7280"/>';

interface StyleLook {
  readonly name: string;
  readonly paragraph?: string;
  readonly run?: string;
}

const HANGING = `<w:tabs><w:tab w:val="left" w:pos="${TIME_COLUMN}"/></w:tabs><w:spacing w:after="120"/><w:ind w:left="${TIME_COLUMN}" w:hanging="${TIME_COLUMN}"/>`;
const BESIDE_TIMES = `<w:spacing w:after="120"/><w:ind w:left="${TIME_COLUMN}"/>`;

/** The paragraphs' styles: no fonts and sizes, so that those of the template apply. */
const PARAGRAPHS: Readonly<Record<string, StyleLook>> = {
  [STYLES.passage]: { name: 'Passage', paragraph: HANGING },
  [STYLES.untimed]: { name: 'Passage without Time', paragraph: '<w:spacing w:after="120"/>' },
  [STYLES.gap]: { name: 'No Speech', paragraph: BESIDE_TIMES, run: `<w:i/>${QUIET}` },
  [STYLES.notUnderstood]: { name: 'Not Understood', paragraph: BESIDE_TIMES, run: '<w:b/>' },
  [STYLES.marker]: { name: 'Marker', paragraph: BESIDE_TIMES, run: '<w:b/>' },
  [FRAME_STYLES.notice]: {
    name: 'Notice',
    paragraph:
      '<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="D9A441"/></w:pBdr><w:spacing w:before="120" w:after="120"/>',
  },
  [FRAME_STYLES.legend]: { name: 'Legend', paragraph: '<w:spacing w:after="200"/>', run: QUIET },
  [FRAME_STYLES.group]: {
    name: 'Provenance Group',
    paragraph: '<w:keepNext/><w:spacing w:before="240" w:after="60"/>',
    run: '<w:b/>',
  },
  [FRAME_STYLES.value]: {
    name: 'Provenance Value',
    paragraph: `<w:tabs><w:tab w:val="left" w:pos="${LABEL_COLUMN}"/></w:tabs><w:spacing w:after="40"/><w:ind w:left="${LABEL_COLUMN}" w:hanging="${LABEL_COLUMN}"/>`,
  },
};

const RUNS: Readonly<Record<string, StyleLook>> = {
  [STYLES.time]: { name: 'Passage Time', run: QUIET },
  [STYLES.speaker]: { name: 'Speaker Name', run: '<w:b/>' },
  [STYLES.improbable]: { name: 'Mark Unsure', run: '<w:u w:val="dotted"/>' },
  [STYLES.loop]: { name: 'Mark Repeated', run: '<w:u w:val="wave"/>' },
  [STYLES.overlap]: { name: 'Mark Overlap', run: '<w:u w:val="dashLong"/>' },
  [STYLES.notHeard]: { name: 'Mark Not Heard', run: '<w:u w:val="dotDotDash"/>' },
  [STYLES.unsureSpeaker]: { name: 'Mark Unsure Speaker', run: '<w:u w:val="dotDash"/>' },
};

/** The styles of a template with those of a transcript that it lacks: one that it defines itself stays as it is. */
export function withTranscriptStyles(source: string): string {
  const part = new XmlPart(source);
  if (part.root.name !== 'w:styles') throw new Error('the styles part has no styles');
  const known = [...elementsNamed(part.root, 'w:style')].map(({ attributes }) => attributes);
  const ids = new Set(known.map((style) => style['w:styleId']));
  const usual = known.find(
    (style) => style['w:type'] === 'paragraph' && /^(1|true|on)$/.test(style['w:default'] ?? ''),
  );
  const basedOn = usual === undefined ? '' : `<w:basedOn w:val="${escapeXml(usual['w:styleId'] ?? '')}"/>`;
  const paragraphs = Object.entries(PARAGRAPHS).map(
    ([id, look]) => [id, 'paragraph', basedOn, look] as const,
  );
  const runs = Object.entries(RUNS).map(([id, look]) => [id, 'character', '', look] as const);
  for (const [id, type, base, { name, paragraph = '', run = '' }] of [...paragraphs, ...runs]) {
    if (ids.has(id)) continue;
    const look = `${paragraph === '' ? '' : `<w:pPr>${paragraph}</w:pPr>`}${run === '' ? '' : `<w:rPr>${run}</w:rPr>`}`;
    part.append(
      part.root,
      `<w:style w:type="${type}" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/>${base}<w:qFormat/>${look}</w:style>`,
    );
  }
  return part.written();
}
