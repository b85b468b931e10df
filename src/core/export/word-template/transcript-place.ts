import { XmlElement } from '@rgrove/parse-xml';
import { holdsField, isOnlyField, TRANSCRIPT_FIELD } from './template-fields.ts';
import { elementsIn, elementsNamed, type XmlPart } from './xml-part.ts';

/** Where paragraphs may stand: in the body, in a table's cell, in a content control of whole paragraphs. */
const HOLDERS = new Set(['w:body', 'w:tc', 'w:sdtContent']);
/** What a paragraph without text may still show, or set for the pages. */
const SHOWN = new Set(['w:drawing', 'w:pict', 'w:object', 'mc:AlternateContent', 'w:br', 'w:sectPr']);

/**
 * Puts a mark where the transcript goes: in the place of the paragraph of the field `{{transcript}}`, or of the content control
 * around it; behind it, where more is in that paragraph; without the field at the end of the body.
 */
export function placeTranscript(part: XmlPart, mark: string): void {
  for (const paragraph of elementsNamed(part.root, 'w:p')) {
    const { parent } = paragraph;
    if (!(parent instanceof XmlElement) || !HOLDERS.has(parent.name)) continue;
    if (!holdsField(paragraph, TRANSCRIPT_FIELD)) continue;
    putAt(part, paragraph, mark);
    return;
  }
  const [body] = elementsNamed(part.root, 'w:body');
  if (body === undefined) throw new Error('the template has no body');
  const section = body.children.findLast((child) => child instanceof XmlElement && child.name === 'w:sectPr');
  if (section === undefined) part.append(body, mark);
  else part.insert(mark, 'before', section);
}

function putAt(part: XmlPart, paragraph: XmlElement, mark: string): void {
  const place = aroundControl(paragraph);
  const isInCell = place.parent instanceof XmlElement && place.parent.name === 'w:tc';
  const shows = [...elementsIn(place)].map(({ name }) => name).filter((name) => SHOWN.has(name));
  if (isOnlyField(place, TRANSCRIPT_FIELD)) {
    // A paragraph with a section's properties is the last one of its section.
    if (shows.includes('w:sectPr')) part.insert(mark, 'before', place);
    else if (shows.length > 0) part.insert(mark, 'behind', place);
    // A table's cell must end with a paragraph.
    else part.replace(place, isInCell ? `${mark}<w:p/>` : mark);
    return;
  }
  part.insert(isInCell ? `${mark}<w:p/>` : mark, 'behind', place);
}

/** The content control that holds nothing but this paragraph, since one of plain text may not hold several; else the paragraph. */
function aroundControl(paragraph: XmlElement): XmlElement {
  let place = paragraph;
  for (;;) {
    const content = place.parent;
    const control = content?.parent;
    if (!(content instanceof XmlElement) || content.name !== 'w:sdtContent') return place;
    if (!(control instanceof XmlElement) || !isOnlyField(control, TRANSCRIPT_FIELD)) return place;
    place = control;
  }
}
