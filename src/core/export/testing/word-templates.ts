import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';

// Word templates for tests, of the parts that Word writes, made small.

const WORD =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** A letterhead: a field split over runs, one in the header, one in a text box's paragraph, and a marker for the text. */
export const LETTERHEAD_BODY = `
<w:p><w:pPr><w:pStyle w:val="FirmTitle"/></w:pPr><w:r><w:t>Re: {{ma</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>tter}}, No. {{</w:t></w:r><w:r><w:t>case</w:t></w:r><w:r><w:t>}} ({{duration}}, {{unknown}})</w:t></w:r></w:p>
<w:p><w:r><w:t>{{transcript}}</w:t></w:r></w:p>
<w:p><w:r><w:t>End of {{title}}</w:t></w:r></w:p>`;

/** A template with this body; `parts` are added or replaced. */
export function wordTemplate(
  body: string = LETTERHEAD_BODY,
  parts: Readonly<Record<string, string>> = {},
): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}.template.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MAIN}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${MAIN}.settings+xml"/><Override PartName="/word/header1.xml" ContentType="${MAIN}.header+xml"/></Types>`,
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/header" Target="header1.xml"/><Relationship Id="rId3" Type="${OFFICE}/settings" Target="settings.xml"/></Relationships>`,
    'word/_rels/settings.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/attachedTemplate" Target="file:///C:/Users/clerk/Letterhead.dotx" TargetMode="External"/></Relationships>`,
    'word/settings.xml': `<?xml version="1.0"?><w:settings ${WORD}><w:attachedTemplate r:id="rId1"/><w:zoom w:percent="100"/></w:settings>`,
    'word/header1.xml': `<?xml version="1.0"?><w:hdr ${WORD}><w:p><w:r><w:t>Quiroz &amp; Partners · {{case}}</w:t></w:r></w:p></w:hdr>`,
    'word/styles.xml': `<?xml version="1.0"?><w:styles ${WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="FirmTitle"><w:name w:val="Firm Title"/><w:basedOn w:val="Standard"/><w:rPr><w:color w:val="8B0000"/><w:sz w:val="32"/></w:rPr></w:style><w:style w:type="character" w:customStyle="1" w:styleId="SpeakerName"><w:name w:val="Speaker Name"/><w:rPr><w:smallCaps/></w:rPr></w:style></w:styles>`,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ${WORD}><w:body>${body}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1800" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

/**
 * A letterhead that LibreOffice 7.4 has written: fields split over runs, in a table, in header and footer, `{{transcript}}` in a content
 * control; the client's name is in the header (in two runs), in the text, and in the properties.
 */
export function libreOfficeTemplate(): Uint8Array {
  return readFileSync(new URL('letterhead.dotx', import.meta.url));
}
