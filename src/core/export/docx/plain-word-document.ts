import { readableText } from '../readable-text.ts';
import { escapeXml } from '../xml-text.ts';
import { zippedParts } from './zipped-parts.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** What a Word document says of itself. */
export interface WordFacts {
  readonly title: string;
  readonly producer: string;
  readonly createdAtMs: number;
}

/**
 * A Word document of nothing but a body and its styles (ECMA-376 parts 1 and 2), without headers, settings or fields. `body` are the
 * paragraphs and the section's properties, `styles` the elements inside `w:styles`.
 */
export function plainWordDocument(body: Iterable<string>, styles: string, facts: WordFacts): Uint8Array[] {
  return zippedParts([
    ['[Content_Types].xml', [CONTENT_TYPES]],
    ['_rels/.rels', [RELATIONSHIPS]],
    ['docProps/core.xml', [coreProperties(facts)]],
    ['word/_rels/document.xml.rels', [DOCUMENT_RELATIONSHIPS]],
    ['word/styles.xml', [`${XML}<w:styles ${WORD}>${styles}</w:styles>`]],
    ['word/document.xml', documentXml(body)],
  ]);
}

function* documentXml(body: Iterable<string>): Generator<string> {
  yield `${XML}<w:document ${WORD}><w:body>`;
  yield* body;
  yield '</w:body></w:document>';
}

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MAIN_TYPE}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const RELATIONSHIPS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

const DOCUMENT_RELATIONSHIPS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

/** The part `docProps/core.xml`; `more` are further elements of it. */
export function coreProperties({ title, producer, createdAtMs }: WordFacts, more = ''): string {
  const date = new Date(createdAtMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const name = escapeXml(readableText(producer));
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:creator>${name}</dc:creator><cp:lastModifiedBy>${name}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">${date}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${date}</dcterms:modified>${more}</cp:coreProperties>`;
}
