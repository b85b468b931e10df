import { STYLES } from '../docx/docx-body.ts';
import { FRAME_STYLES } from '../docx/docx-styles.ts';
import { escapeXml } from '../xml-text.ts';
import { elementsNamed, XmlPart } from './xml-part.ts';

// Wide enough for a time in a template's letters of 12 points.
const TIME_COLUMN = 1320;
const LABEL_COLUMN = 2600;
// 64 digits of 7.5 points are 10.2 cm wide: beside the labels on A4 with margins of 3 cm. In letters of 12 points they would not be.
const HASH_HALF_POINTS = 15;
const QUIET = '<w:color w:val="6B7280"/>';

/**
 * Id of the character style of hashes. In documents without a template they have a paragraph style, by another id: those may have become
 * templates.
 */
export const HASH_STYLE = 'HashDigits';

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

/** The names of styles that a template may have for questions and answers, in the languages of the app and in small letters. */
const EXAMINATION_NAMES = { question: ['question', 'pregunta'], answer: ['answer', 'respuesta'] } as const;

const RUNS: Readonly<Record<string, StyleLook>> = {
  [STYLES.time]: { name: 'Passage Time', run: QUIET },
  [STYLES.speaker]: { name: 'Speaker Name', run: '<w:b/>' },
  [HASH_STYLE]: {
    name: 'Hash Digits',
    run: `<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/><w:sz w:val="${HASH_HALF_POINTS}"/>`,
  },
  [STYLES.improbable]: { name: 'Mark Unsure', run: '<w:u w:val="dotted"/>' },
  [STYLES.loop]: { name: 'Mark Repeated', run: '<w:u w:val="wave"/>' },
  [STYLES.overlap]: { name: 'Mark Overlap', run: '<w:u w:val="dashLong"/>' },
  [STYLES.notHeard]: { name: 'Mark Not Heard', run: '<w:u w:val="dotDotDash"/>' },
  [STYLES.unsureSpeaker]: { name: 'Mark Unsure Speaker', run: '<w:u w:val="dotDash"/>' },
};

/** Ids of a template's own paragraph styles for questions and answers; undefined for one that it lacks. */
export function examinationStyles(source: string): {
  readonly question: string | undefined;
  readonly answer: string | undefined;
} {
  const named = new Map<string, string>();
  for (const style of elementsNamed(new XmlPart(source).root, 'w:style')) {
    const [name] = elementsNamed(style, 'w:name');
    const id = style.attributes['w:styleId'];
    if (style.attributes['w:type'] !== 'paragraph' || id === undefined) continue;
    named.set((name?.attributes['w:val'] ?? '').toLowerCase(), id);
  }
  const first = (names: readonly string[]) =>
    names.map((name) => named.get(name)).find((id) => id !== undefined);
  return { question: first(EXAMINATION_NAMES.question), answer: first(EXAMINATION_NAMES.answer) };
}

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
