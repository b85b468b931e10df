import { strFromU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { FULL_CONTENT } from '../../../contract/document.ts';
import { isAppError } from '../../../contract/errors.ts';
import { USUAL_CONVENTIONS, USUAL_STYLE } from '../../../contract/export-style.ts';
import { exampleDocument, segmentOf, unclearDocument } from '../testing/example-documents.ts';
import { LETTERHEAD_BODY, libreOfficeTemplate, wordTemplate } from '../testing/word-templates.ts';
import { written } from '../written-document.ts';
import { docxFromTemplate } from './from-template.ts';
import { templateWithoutNames } from './template-names.ts';
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

test('questions and answers get the paragraph styles that the template has for them, by English or Spanish names', async () => {
  const style = {
    ...USUAL_STYLE,
    conventions: { ...USUAL_CONVENTIONS, speakerLabels: 'questionAnswer' as const },
  };
  const segments = [
    segmentOf('Where were you?', 0, 900, 'Ana'),
    segmentOf('At home.', 2000, 2900, 'Ben'),
    segmentOf('Objection.', 4000, 4900, 'Cora'),
    segmentOf('Until when?', 6000, 6900, 'Ana'),
    segmentOf('Ten.', 8000, 8900, 'Ben'),
  ];
  const own = wordTemplate(LETTERHEAD_BODY, {
    'word/styles.xml':
      '<w:styles xmlns:w="x"><w:style w:type="paragraph" w:styleId="P1"><w:name w:val="Pregunta"/></w:style><w:style w:type="paragraph" w:styleId="A1"><w:name w:val="answer"/></w:style><w:style w:type="character" w:styleId="C1"><w:name w:val="Question"/></w:style></w:styles>',
  });
  const stylesOf = async (template: Uint8Array, wanted: typeof USUAL_STYLE) => {
    const options = { ...OPTIONS, style: wanted };
    const made = written(exampleDocument({ segments }), options);
    const bytes = Buffer.concat(await docxFromTemplate(made, template, options));
    const text = strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array);
    return [...text.matchAll(/<w:pStyle w:val="(Passage|P1|A1|C1)"/g)].map(([, id]) => id);
  };
  expect(await stylesOf(own, style)).toEqual(['P1', 'A1', 'Passage', 'P1', 'A1']);
  expect(await stylesOf(own, USUAL_STYLE)).toEqual(Array(5).fill('Passage'));
  expect(await stylesOf(wordTemplate(), style)).toEqual(Array(5).fill('Passage'));
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
  expect(made['word/document.xml']).toMatch(/Good morning\..*<\/w:p><w:p\/><\/w:tc>/s);
});

test('a file of LibreOffice stays as it is, byte for byte, but for what is filled in', async () => {
  const given = Object.fromEntries(
    Object.entries(unzipSync(libreOfficeTemplate())).map(([name, part]) => [name, strFromU8(part)]),
  );
  const made = await parts(libreOfficeTemplate());
  const changed = Object.keys(given).filter((name) => made[name] !== given[name]);
  expect(changed.toSorted()).toEqual([
    '[Content_Types].xml',
    'docProps/app.xml',
    'docProps/core.xml',
    'word/document.xml',
    'word/footer1.xml',
    'word/header1.xml',
    'word/styles.xml',
  ]);
  const kept = ' xml:space="preserve"';
  expect(made['word/footer1.xml']?.replace(kept, '').replace('26-CV-104', '{{case}}')).toBe(
    given['word/footer1.xml']?.replace(kept, ''),
  );
  // The field had the look of its first letter; the rest of it is gone from the runs that it was split over.
  const body = made['word/document.xml'] ?? '';
  const [before = '', after = ''] = (given['word/document.xml'] ?? '').split(
    /<w:p>(?:(?!<\/?w:p>).)*\{\{transcript\}\}.*?<\/w:p>/s,
  );
  expect(body.endsWith(after)).toBe(true);
  expect(body.startsWith(before.slice(0, before.indexOf('<w:t>Transcript')))).toBe(true);
  expect(paragraphs(body)[0]).toBe('Transcript Ríos &amp; Soto &lt;v.&gt; Ruiz');
  expect(body).toContain('>26-CV-104</w:t>');
  expect(body).toMatch(/<\/w:tbl><w:p><w:pPr><w:pStyle w:val="Passage"/);
});

test('a picture in the paragraph of the field stays, and so does a section that ends with it', async () => {
  const field = '<w:r><w:t>{{transcript}}</w:t></w:r>';
  const picture = '<w:r><w:drawing/></w:r>';
  const shown = await parts(wordTemplate(`<w:p>${field}${picture}</w:p>`));
  expect(shown['word/document.xml']).toMatch(
    /<w:drawing\/><\/w:r><\/w:p><w:p><w:pPr><w:pStyle w:val="Passage"/,
  );
  const section = await parts(wordTemplate(`<w:p><w:pPr><w:sectPr/></w:pPr>${field}</w:p><w:p/>`));
  expect(section['word/document.xml']).toMatch(/Thank you\..*<w:pPr><w:sectPr\/><\/w:pPr>/s);
});

test('the properties are those of the document: no author of the template, no title of an earlier case', async () => {
  const made = await parts(libreOfficeTemplate());
  expect(made['docProps/core.xml']).toContain('<dc:title>interview-en.m4a</dc:title>');
  expect(made['docProps/core.xml']).toContain('<dc:subject>Hearing</dc:subject>');
  expect(made['docProps/core.xml']).not.toContain('Quiroz');
});

test('a pseudonymised copy carries no name of the key, and nothing of the template’s properties', async () => {
  const key: Record<string, string> = {
    'Ana Ríos': '[Person 1]',
    Ríos: '[Person 1]',
    'Ríos v. Soto': '[Case]',
  };
  const find = (text: string) =>
    [...text.matchAll(/Ríos v\. Soto|Ana Ríos|Ríos/g)].map(({ 0: name, index }) => ({
      ...{ from: index, to: index + name.length, label: key[name] ?? '' },
    }));
  const made = await parts(templateWithoutNames(libreOfficeTemplate(), find), {
    ...DOCUMENT,
    matter: null,
    pseudonymised: true,
    recording: { ...DOCUMENT.recording, name: 'Transcript 1a2b3c4d' },
  });
  expect(JSON.stringify(made)).not.toMatch(/Ríos|Laura|Hearing/);
  expect(made['word/header1.xml']?.replace(/<[^>]+>/g, '')).toContain('Client: [Person 1]');
  expect(made['docProps/core.xml']).toContain('<dc:title>Transcript 1a2b3c4d</dc:title>');
  const planted = wordTemplate('<w:p><w:r><w:t>{{matter}}</w:t></w:r></w:p>', {
    'word/comments.xml':
      '<w:comments xmlns:w="x"><w:comment w:author="Laura" w:initials="L"><w:p><w:r><w:t>Ask Ana Ríos</w:t></w:r></w:p></w:comment></w:comments>',
    'customXml/item1.xml': '<case><client>Ana Ríos</client></case>',
  });
  const parted = JSON.stringify(await parts(templateWithoutNames(planted, find)));
  expect(parted).not.toMatch(/Ana Ríos|Laura/);
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
