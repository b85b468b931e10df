import { describe, expect, test } from 'vitest';
import { ExportFormat, FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import { ExportPreview, type PreviewPage } from '../../contract/export-preview.ts';
import { previewOf } from './preview.ts';
import { exampleDocument, longDocument, referenceDocument, segmentOf } from './testing/example-documents.ts';

async function pageOf(document: TranscriptDocument, content = FULL_CONTENT): Promise<PreviewPage> {
  const preview = await previewOf(document, 'docx', content, 'en');
  if (preview.type !== 'page') throw new Error('a document is shown as a page');
  return preview.page;
}

// RTTM has no words.
test.each(ExportFormat.options.filter((one) => one !== 'rttm'))(
  '%s: shows the beginning of the words',
  async (format) => {
    const preview = await previewOf(referenceDocument('interview-en.m4a'), format, FULL_CONTENT, 'en');
    expect(ExportPreview.parse(preview)).toEqual(preview);
    expect(JSON.stringify(preview)).toContain('Patient Whiskey five five');
  },
);

describe('the page of a document', () => {
  test('shows title, marks, times, speakers and provenance', async () => {
    const segments = [
      segmentOf('Sure.', 1000, 1900, 'Speaker 1'),
      { ...segmentOf('Maybe.', 2000, 2900, 'Speaker 1'), flags: ['loop' as const] },
    ];
    const page = await pageOf(exampleDocument({ segments }));
    expect(page.title).toBe('interview-en.m4a');
    expect(page.legend).toEqual([
      { mark: 'loop', meaning: 'the machine repeated itself; listen to this passage' },
    ]);
    expect(page.paragraphs).toEqual([
      {
        isNote: false,
        time: '00:00:01',
        speaker: 'Speaker 1',
        rightToLeft: false,
        runs: [
          { text: 'Sure.', mark: null },
          { text: ' ', mark: null },
          { text: 'Maybe.', mark: 'loop' },
        ],
      },
    ]);
    expect(page.provenance?.groups.map(({ heading }) => heading)).toEqual([
      'Source recording',
      'Speech model',
      'This transcript',
    ]);
  });

  test('leaves out what is not wanted', async () => {
    const segments = [{ ...segmentOf('Maybe.', 2000, 2900, 'Speaker 1'), flags: ['loop' as const] }];
    const nothing = { times: false, speakers: false, marks: false, provenance: false };
    const page = await pageOf(exampleDocument({ segments }), nothing);
    expect(page).toMatchObject({ legend: [], provenance: null, goesOn: false });
    expect(page.paragraphs).toEqual([
      {
        isNote: false,
        time: null,
        speaker: null,
        rightToLeft: false,
        runs: [{ text: 'Maybe.', mark: null }],
      },
    ]);
  });

  test('of hours it is the beginning, and says that there is more', async () => {
    const page = await pageOf(longDocument(12_000));
    expect(page.goesOn).toBe(true);
    expect(page.paragraphs.length).toBeLessThan(61);
  });
});

test('text files show the same options', async () => {
  const document = referenceDocument('interview-en.m4a');
  const text = async (times: boolean) =>
    JSON.stringify(await previewOf(document, 'txt', { ...FULL_CONTENT, times }, 'en'));
  expect(await text(true)).toContain('[00:00:00]');
  expect(await text(false)).not.toContain('[00:00:00]');
});
