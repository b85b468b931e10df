import { strFromU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { FULL_CONTENT } from '../../../contract/document.ts';
import { isAppError } from '../../../contract/errors.ts';
import { exampleDocument, segmentOf, unclearDocument } from '../testing/example-documents.ts';
import { LETTERHEAD_BODY, wordTemplate } from '../testing/word-templates.ts';
import { docxFromTemplate } from './from-template.ts';
import { MOST_TEMPLATE_BYTES, templateParts } from './template-package.ts';

const OPTIONS = { format: 'docx', timestamps: true, content: FULL_CONTENT, language: 'en' } as const;

const DOCUMENT = exampleDocument({
  matter: { name: 'Ríos & Soto <v.> Ruiz', caseNumber: '26-CV-104' },
  segments: [segmentOf('Good morning.', 0, 900, 'Ana'), segmentOf('Thank you.', 5000, 5900, 'Ben')],
});

async function parts(template: Uint8Array, document = DOCUMENT): Promise<Record<string, string>> {
  const bytes = Buffer.concat(await docxFromTemplate(document, template, OPTIONS));
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}

function paragraphs(xml = ''): string[] {
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) =>
    paragraph.replaceAll('<w:tab/>', '\t').replace(/<[^>]+>/g, ''),
  );
}

test('fields are filled, also over runs and in the header, and the text stands at its marker', async () => {
  const made = await parts(wordTemplate());
  const lines = paragraphs(made['word/document.xml']);
  expect(lines[0]).toBe('Re: Ríos &amp; Soto &lt;v.&gt; Ruiz, No. 26-CV-104 (00:10:00, {{unknown}})');
  expect(lines.slice(1, 3)).toEqual(['00:00:00\tAna: Good morning.', '00:00:05\tBen: Thank you.']);
  expect(lines.at(-1)).toBe('End of interview-en.m4a');
  expect(lines.join('\n')).toContain('SHA-256');
  expect(made['word/header1.xml']).toContain('Quiroz &amp; Partners · 26-CV-104');
});

test('the result is a document, not a template, keeps the styles and names no file of the maker', async () => {
  const made = await parts(wordTemplate());
  expect(made['[Content_Types].xml']).not.toContain('template');
  expect(JSON.stringify(made)).not.toContain('attachedTemplate');
  expect(JSON.stringify(made)).not.toContain('clerk');
  const styles = made['word/styles.xml'] ?? '';
  // Its own look of speakers stays; what it lacks is based on its own standard, without a font.
  expect(styles.match(/w:styleId="SpeakerName"/g)).toHaveLength(1);
  expect(styles).toMatch(/w:styleId="Passage"><w:name w:val="Passage"\/><w:basedOn w:val="Standard"\/>/);
  expect(made['word/document.xml']).toContain('<w:headerReference');
});

test('without a marker the text comes last, before the page set-up, with what must be known before it', async () => {
  const made = await parts(wordTemplate('<w:p><w:r><w:t>Dear all</w:t></w:r></w:p>'), unclearDocument());
  const lines = paragraphs(made['word/document.xml']);
  expect(lines[0]).toBe('Dear all');
  expect(lines[1]).toContain('were not understood');
  expect(made['word/document.xml']).toMatch(/<\/w:p><w:sectPr>/);
});

test('a marker in a table keeps the cell whole', async () => {
  const cell = '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{transcript}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>';
  const made = await parts(wordTemplate(cell));
  expect(made['word/document.xml']).toMatch(
    /Good morning\..*<\/w:p><w:p><w:r><w:t[^>]*\/><\/w:r><\/w:p><\/w:tc>/s,
  );
});

const RELATIONSHIP = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';

test.each([
  ['template.notWord', new Uint8Array([1, 2, 3])],
  ['template.notWord', zipSync({ 'a.txt': new Uint8Array(3) })],
  ['template.notWord', wordTemplate('<w:p><w:fldSimple w:instr="PAGE">')],
  ['template.macros', wordTemplate(LETTERHEAD_BODY, { 'word/vbaProject.bin': 'x' })],
  [
    'template.macros',
    wordTemplate(LETTERHEAD_BODY, { '[Content_Types].xml': 'ms-word.template.macroEnabledTemplate' }),
  ],
  [
    'template.loadsFromElsewhere',
    wordTemplate(LETTERHEAD_BODY, {
      'word/_rels/header1.xml.rels': `<Relationships ${RELATIONSHIP}><Relationship Id="rId9" Type="${IMAGE}" Target="https://example.org/logo.png" TargetMode="External"/></Relationships>`,
    }),
  ],
  [
    'template.loadsFromElsewhere',
    wordTemplate(
      '<w:p><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT x </w:instrText></w:r></w:p>',
    ),
  ],
  ['template.tooLarge', new Uint8Array(MOST_TEMPLATE_BYTES + 1)],
] as const)('%s is told of what cannot be a template', (code, bytes) => {
  let thrown: unknown = null;
  try {
    templateParts(bytes, 'Letterhead.dotx');
  } catch (error) {
    thrown = error;
  }
  expect(isAppError(thrown, code), String(thrown)).toBe(true);
});
