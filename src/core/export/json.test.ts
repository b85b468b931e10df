import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { TranscriptDocument } from '../../contract/document.ts';
import { jsonOf } from './json.ts';
import {
  exampleDocument,
  joinedRecording,
  REFERENCE_NAMES,
  referenceDocument,
  segmentOf,
} from './testing/example-documents.ts';
import { type TranscriptFile, transcriptFileSchema } from './transcript-file.ts';

const CHECKED_IN = JSON.parse(
  readFileSync(new URL('../../../docs/transcript.schema.json', import.meta.url), 'utf8'),
);
const isTranscript = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  CHECKED_IN,
);

function exported(document: TranscriptDocument): TranscriptFile {
  return JSON.parse([...jsonOf(document)].join(''));
}

test('the schema in docs is the one that the exports are made to', () => {
  expect(CHECKED_IN).toEqual(transcriptFileSchema());
});

describe('every export matches the schema in docs', () => {
  test.each(REFERENCE_NAMES)('%s', (name) => {
    const document = referenceDocument(name);
    const file = exported(document);
    isTranscript(file);
    expect(isTranscript.errors ?? []).toEqual([]);
    expect(file.segments).toEqual(document.segments);
  });

  test('with every field filled', () => {
    const base = exampleDocument();
    const file = exported({
      ...base,
      recording: { ...base.recording, sha256: null, incomplete: true },
      complete: false,
      detectedLanguage: null,
      skipped: [
        { startMs: 1, endMs: 2, reason: 'noSpeech' },
        { startMs: 3, endMs: 4, reason: 'notUnderstood' },
      ],
      otherLanguages: [{ startMs: 3, endMs: 9, language: 'de', probability: 0.92 }],
      version: { ...base.version, number: 3, kind: 'edited' },
      options: { ...base.options, threads: null, prompt: 'names "quoted"\n' },
      segments: [
        { ...segmentOf('Text\u0000 </script> \u2028', 0, 5, 'Speaker 1'), flags: ['loop', 'overlap'] },
      ],
    });
    isTranscript(file);
    expect(isTranscript.errors ?? []).toEqual([]);
    expect(file.recording.noSpeech).toEqual([{ startMs: 1, endMs: 2 }]);
    expect(file.recording.notUnderstood).toEqual([{ startMs: 3, endMs: 4 }]);
    expect(file.recording.otherLanguages).toEqual([
      { startMs: 3, endMs: 9, language: 'de', probability: 0.92 },
    ]);
    expect(file.segments[0]?.text).toBe('Text\u0000 </script> \u2028');
  });

  test('of a recording joined of several files', () => {
    const file = exported(exampleDocument({ recording: joinedRecording() }));
    isTranscript(file);
    expect(isTranscript.errors ?? []).toEqual([]);
    expect(file.recording.sources.map(({ name, startMs, complete }) => [name, startMs, complete])).toEqual([
      ['hearing_01.wav', 0, true],
      ['hearing_02.wav', 240_000, false],
    ]);
  });
});

test('the keys are those that were promised, in their order', () => {
  const file = exported(referenceDocument('interview-en.m4a'));
  expect(Object.keys(file)).toEqual([
    'recording',
    'model',
    'settings',
    'transcribedLive',
    'transcribedAgain',
    'checked',
    'pseudonymised',
    'making',
    'segments',
    'speakers',
    'markers',
  ]);
  expect(Object.keys(file.segments[0] ?? {})).toEqual([
    'startMs',
    'endMs',
    'text',
    'speaker',
    'language',
    'confidence',
    'flags',
    'words',
  ]);
});

describe('the schema refuses', () => {
  const good = () => exported(referenceDocument('interview-en.m4a'));
  const broken: [string, (file: TranscriptFile) => unknown][] = [
    ['a missing hash', (file) => ({ ...file, recording: { ...file.recording, sha256: undefined } })],
    ['a hash that is none', (file) => ({ ...file, recording: { ...file.recording, sha256: 'abc' } })],
    [
      'a time that is no whole millisecond',
      (file) => ({ ...file, segments: [{ ...file.segments[0], startMs: 0.5 }] }),
    ],
    ['an unknown flag', (file) => ({ ...file, segments: [{ ...file.segments[0], flags: ['fine'] }] })],
    ['a field nobody knows', (file) => ({ ...file, extra: 1 })],
    [
      'a word without times',
      (file) => ({ ...file, segments: [{ ...file.segments[0], words: [{ text: 'x' }] }] }),
    ],
  ];
  test.each(broken)('%s', (_name, spoil) => {
    expect(isTranscript(JSON.parse(JSON.stringify(spoil(good()))))).toBe(false);
  });
});
