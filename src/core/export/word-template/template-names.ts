import { zippedParts } from '../docx/zipped-parts.ts';
import { type Replacement, replaceInParagraphs } from './template-fields.ts';
import { partText, templateParts } from './template-package.ts';
import { elementsIn, elementsNamed, XmlPart } from './xml-part.ts';

/** Text outside of the usual runs: deleted while changes were tracked, codes of fields, drawings. */
const OTHER_TEXTS = ['w:delText', 'w:instrText', 'a:t'];
/** Elements whose attributes hold text that somebody wrote. */
const WITH_WORDS = new Set([
  'w:alias',
  'w:tag',
  'w:docVar',
  'wp:docPr',
  'pic:cNvPr',
  'w:tblCaption',
  'w:tblDescription',
]);
/** Who commented, or changed something. */
const AUTHORS = /^(?:w|w15):(?:author|initials|userId)$/;

/**
 * A template with labels in the places of names, wherever it has text: body, headers, footers, notes, comments, content controls and
 * what these are bound to; authors of comments and changes are taken out. Names in pictures stay.
 * @param find the names in a text, in order, without overlaps.
 */
export function templateWithoutNames(
  template: Uint8Array,
  find: (text: string) => readonly Replacement[],
): Uint8Array {
  const parts = templateParts(template, '');
  const chunks = zippedParts(
    Object.entries(parts).map(([name, content]) => {
      if (!/^(word|customXml)\/.*\.xml$/.test(name)) return [name, content];
      return [name, [withoutNames(partText(parts, name), find)]];
    }),
  );
  return Buffer.concat(chunks);
}

function withoutNames(source: string, find: (text: string) => readonly Replacement[]): string {
  const part = new XmlPart(source);
  replaceInParagraphs(part, find);
  for (const name of OTHER_TEXTS) {
    for (const one of elementsNamed(part.root, name)) {
      const changed = replaced(one.text, find);
      if (changed !== one.text) part.setText(one, changed);
    }
  }
  for (const one of [part.root, ...elementsIn(part.root)]) {
    const isPlain = !/^\w+:/.test(one.name) && one.children.every(({ type }) => type === 'text');
    // Data that content controls show: elements of anybody's names.
    if (isPlain && one.text.trim() !== '') {
      const changed = replaced(one.text, find);
      if (changed !== one.text) part.setText(one, changed);
    }
    part.changeAttributes(one, (name, value) => {
      if (AUTHORS.test(name)) return '';
      return WITH_WORDS.has(one.name) ? replaced(value, find) : value;
    });
  }
  return part.written();
}

/** A text with labels in the places that were found. */
function replaced(text: string, find: (text: string) => readonly Replacement[]): string {
  let made = '';
  let at = 0;
  for (const { from, to, label } of find(text)) {
    made += text.slice(at, from) + label;
    at = to;
  }
  return made + text.slice(at);
}
