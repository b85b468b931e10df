import { expect, test } from 'vitest';
import { FULL_CONTENT } from '../../contract/document.ts';
import { documentOfFile } from './document-of-file.ts';
import { jsonOf } from './json.ts';
import { exampleDocument, REFERENCE_NAMES, referenceDocument } from './testing/example-documents.ts';
import { TranscriptFile } from './transcript-file.ts';
import { txtOf } from './txt.ts';

const [first = ''] = REFERENCE_NAMES;
const base = exampleDocument();

test.each([
  ['a reference', referenceDocument(first)],
  [
    'what most have not',
    exampleDocument({
      recording: { ...base.recording, sha256: null, incomplete: true },
      complete: false,
      skipped: [
        { startMs: 1, endMs: 2, reason: 'notUnderstood' },
        { startMs: 3, endMs: 4, reason: 'noSpeech' },
        { startMs: 5, endMs: 6, reason: 'notInText' },
      ],
      version: { ...base.version, number: 3, kind: 'edited', editedBy: 'rules' },
      checked: { by: 'A. Clerk', atMs: 5, listenedPercent: 90, changedSince: false },
      markers: [{ atMs: 2, label: 'here' }],
    }),
  ],
])('of the JSON of %s is the same JSON and the same text made again', (_, given) => {
  // Turns are told by JSON as lanes of speakers, and by those of the segments in what comes of it.
  const document = { ...given, turns: [] };
  const json = [...jsonOf(document)].join('');
  const read = documentOfFile(TranscriptFile.parse(JSON.parse(json)), document.recording.id);
  expect([...jsonOf(read)].join('')).toBe(json);
  const options = { format: 'txt', timestamps: true, content: FULL_CONTENT, language: 'en' } as const;
  expect([...txtOf(read, options)].join('')).toBe([...txtOf(document, options)].join(''));
});
