import { XmlElement } from '@rgrove/parse-xml';
import type { TranscriptDocument } from '../../../contract/document.ts';
import { coreProperties } from '../docx/plain-word-document.ts';
import { readableText } from '../readable-text.ts';
import { partText, type TemplateParts } from './template-package.ts';
import { elementsNamed, XmlPart } from './xml-part.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
/** What the document takes over from its template, as in Word; title, authors and dates are its own. */
const TAKEN_OVER = new Set([
  'dc:subject',
  'dc:description',
  'cp:keywords',
  'cp:category',
  'cp:contentStatus',
]);

/** Whether a part is the small picture of the template's first page. */
export function isThumbnail(name: string): boolean {
  return /^docProps\/thumbnail\.\w+$/i.test(name);
}

/**
 * The parts in which a Word file tells of itself, as those of the document: its title, this program as its author, its dates. A
 * pseudonymised copy has nothing of the template's. Null for any other part.
 */
export function changedProperties(
  parts: TemplateParts,
  name: string,
  document: TranscriptDocument,
): string[] | null {
  const isCopy = document.pseudonymised === true;
  switch (name) {
    case '_rels/.rels':
      return [withoutThumbnail(partText(parts, name))];
    case 'docProps/core.xml':
      return [coreOf(document, isCopy ? '' : takenOver(partText(parts, name)))];
    case 'docProps/app.xml':
      return isCopy ? [properties('extended-properties')] : [withoutTemplateName(partText(parts, name))];
    case 'docProps/custom.xml':
      return isCopy ? [properties('custom-properties')] : null;
    default:
      return null;
  }
}

function coreOf({ recording, producer, version }: TranscriptDocument, more: string): string {
  const title = readableText(recording.name);
  return coreProperties({ title, producer, createdAtMs: version.createdAtMs }, more);
}

function takenOver(core: string): string {
  const part = new XmlPart(core);
  return part.root.children
    .filter((child) => child instanceof XmlElement && TAKEN_OVER.has(child.name))
    .map((child) => part.sourceOf(child))
    .join('');
}

function withoutThumbnail(relationships: string): string {
  const part = new XmlPart(relationships);
  for (const one of elementsNamed(part.root, 'Relationship')) {
    if (/\/thumbnail$/.test(one.attributes.Type ?? '')) part.replace(one, '');
  }
  return part.written();
}

/** The name of the template's own template, and how long it was worked on. */
function withoutTemplateName(app: string): string {
  const part = new XmlPart(app);
  for (const name of ['Template', 'TotalTime']) {
    for (const one of elementsNamed(part.root, name)) part.replace(one, '');
  }
  return part.written();
}

function properties(kind: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="${OFFICE}/${kind}"/>`;
}
