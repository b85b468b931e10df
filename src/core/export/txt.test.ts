import { describe, expect, test } from 'vitest';
import { FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import type { RenderOptions } from './render-options.ts';
import {
  exampleDocument,
  REFERENCE_NAMES,
  referenceDocument,
  segmentOf,
} from './testing/example-documents.ts';
import { txtOf } from './txt.ts';

function txt(document: TranscriptDocument, options: Partial<RenderOptions> = {}): string {
  const plain = { format: 'txt', timestamps: false, content: FULL_CONTENT, language: 'en' } as const;
  return [...txtOf(document, { ...plain, ...options })].join('');
}

const SHORT = {
  segments: [
    segmentOf('Good morning.', 600, 1500, 'Speaker 1'),
    segmentOf('Please sit down.', 1600, 2500, 'Speaker 1'),
    segmentOf('Thank you.', 192_300, 193_000, null),
  ],
  skipped: [{ startMs: 192_999, endMs: 280_000, reason: 'noSpeech' as const }],
};

test('plain text can be pasted as it is', () => {
  expect(txt(exampleDocument(SHORT))).toBe('Speaker 1: Good morning. Please sit down.\n\nThank you.\n');
});

test('with times every paragraph begins with one, and stretches without speech are shown', () => {
  expect(txt(exampleDocument(SHORT), { timestamps: true })).toBe(
    '[00:00:00] Speaker 1: Good morning. Please sit down.\n' +
      '[00:03:12] Thank you.\n' +
      '[no speech found 03:12–04:40]\n',
  );
});

test('a text begins with how its recording was read where that was a guess', () => {
  const { recording } = exampleDocument();
  const assumed = { because: 'ending', coding: 'alaw', sampleRate: 8000, channels: 1, by: '.alaw' } as const;
  const document = exampleDocument({ ...SHORT, recording: { ...recording, assumed } });
  expect(txt(document)).toMatch(/^Read as G\.711 A-law, 8 kHz, because of its ending \.alaw/);
  expect(txt(document, { language: 'es' })).toMatch(/^Leído como G\.711 ley A, 8 kHz, por su extensión/);
});

test('a recording without speech says so instead of being an empty file', () => {
  expect(txt(exampleDocument())).toBe('[No speech was found in this recording.]\n');
});

test('where a person has removed the text, it does not say that nothing was said', () => {
  const { version } = exampleDocument();
  expect(txt(exampleDocument({ version: { ...version, kind: 'edited' } }))).toBe(
    '[A person has removed the whole text of this transcript.]\n',
  );
});

test('a transcription that broke off before its first words claims nothing about the recording', () => {
  expect(txt(exampleDocument({ complete: false, transcribedMs: 0 }))).toBe(
    'Incomplete: the transcription was interrupted. It covers the first 00:00:00 of 00:10:00.\n\n',
  );
});

test('text in scripts without blanks flows without blanks', () => {
  const segments = [
    segmentOf('我认识证人。', 0, 900, null, 'zh'),
    segmentOf('他在法院。', 1000, 2000, null, 'zh'),
  ];
  expect(txt(exampleDocument({ segments }))).toBe('我认识证人。他在法院。\n');
});

test('text cannot break out of its line or reorder it', () => {
  const segments = [segmentOf('one\ntwo\u202E\u0007 three', 0, 900, 'A\nB')];
  expect(txt(exampleDocument({ segments }))).toBe('A B: one two three\n');
});

test('speakers and marks are left out where they are not wanted', () => {
  const segments = [{ ...segmentOf('Maybe.', 0, 900, 'Speaker 1'), flags: ['improbable' as const] }];
  const content = { ...FULL_CONTENT, speakers: false, marks: false };
  expect(txt(exampleDocument({ segments }), { content })).toBe('Maybe.\n');
});

describe('what a reader must know', () => {
  test('an interrupted transcription is marked at the top and at the end', () => {
    const text = txt(exampleDocument({ ...SHORT, complete: false, transcribedMs: 193_000 }));
    const mark = 'Incomplete: the transcription was interrupted. It covers the first 00:03:13 of 00:10:00.';
    expect(text.startsWith(`${mark}\n\nSpeaker 1: Good morning.`)).toBe(true);
    expect(text.endsWith(`Thank you.\n\n${mark}\n`)).toBe(true);
  });

  test('so is a recording that could not be read to its end', () => {
    const { recording } = exampleDocument();
    const text = txt(exampleDocument({ ...SHORT, recording: { ...recording, incomplete: true } }));
    expect(text.match(/Incomplete: the recording itself/g)).toHaveLength(2);
  });

  test('doubtful passages are explained below the text', () => {
    const segments = [
      { ...segmentOf('Maybe this.', 0, 900), flags: ['improbable' as const] },
      { ...segmentOf('Again again.', 1000, 2000), flags: ['loop' as const] },
      { ...segmentOf('Both.', 2000, 3000), flags: ['overlap' as const] },
    ];
    expect(txt(exampleDocument({ segments }))).toBe(
      'Maybe this. [?] Again again. [?] Both.\n\n' + '[?] follows passages that the machine was unsure of.\n',
    );
  });

  test('is said in Spanish to those who ask for it', () => {
    const text = txt(exampleDocument({ ...SHORT, complete: false }), { language: 'es', timestamps: true });
    expect(text).toContain('Incompleta: la transcripción se interrumpió.');
    expect(text).toContain('[sin voz 03:12–04:40]');
  });
});

test.each(REFERENCE_NAMES)('%s: every sentence appears once', (name) => {
  const document = referenceDocument(name);
  const text = txt(document).replaceAll(/\s+/g, ' ');
  let at = 0;
  for (const segment of document.segments) {
    at = text.indexOf(segment.text, at);
    expect(at).toBeGreaterThanOrEqual(0);
    at += segment.text.length;
  }
});
