import { readFileSync } from 'node:fs';
import type { TranscriptDocument } from '../../../contract/document.ts';
import type { Segment, Word } from '../../../contract/transcript.ts';

// Documents for the tests of this folder: the true texts of the sample recordings, and variations of them.

interface Reference {
  readonly seconds: number;
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly speaker: number;
    readonly language: string;
    readonly text: string;
  }[];
}

const REFERENCES: Readonly<Record<string, Reference>> = JSON.parse(
  readFileSync(new URL('../../../../e2e/fixtures/references.json', import.meta.url), 'utf8'),
);

/** Names of the recordings whose true text is known. */
export const REFERENCE_NAMES = Object.keys(REFERENCES);

/** The transcript that a perfect engine would return for one of the sample recordings. */
export function referenceDocument(name: string): TranscriptDocument {
  const reference = REFERENCES[name];
  if (reference === undefined) throw new Error(`no reference for ${name}`);
  const segments = reference.segments.map(({ start, end, speaker, language, text }) =>
    segmentOf(text, Math.round(start * 1000), Math.round(end * 1000), `Speaker ${speaker + 1}`, language),
  );
  const durationMs = Math.round(reference.seconds * 1000);
  return exampleDocument({
    recording: { ...exampleDocument().recording, name, durationMs },
    transcribedMs: durationMs,
    segments,
  });
}

/** A segment whose words share its time by their length. */
export function segmentOf(
  text: string,
  startMs: number,
  endMs: number,
  speaker: string | null = null,
  language = 'en',
): Segment {
  return {
    startMs,
    endMs,
    text,
    speaker,
    language,
    confidence: 0.93,
    flags: [],
    words: wordsOf(text, startMs, endMs),
  };
}

function wordsOf(text: string, startMs: number, endMs: number): Word[] {
  const parts = text.split(' ').filter((part) => part !== '');
  const perCharacter = (endMs - startMs) / Math.max(1, text.length);
  let at = startMs;
  return parts.map((part) => {
    const start = Math.round(at);
    at += part.length * perCharacter;
    const end = Math.min(endMs, Math.round(at));
    at += perCharacter;
    return { startMs: start, endMs: end, text: part, confidence: 0.9 };
  });
}

const WHOLE_SOURCE = {
  name: 'interview-en.m4a',
  sha256: '3f'.repeat(32),
  sizeBytes: 1_234_567,
  durationMs: 600_000,
  modifiedAtMs: Date.UTC(2026, 4, 2, 12, 3),
  incomplete: false,
};

/** The recording of an example document as if it had been joined of two files, the second not read to its end. */
export function joinedRecording(): TranscriptDocument['recording'] {
  const { recording } = exampleDocument();
  const [source] = recording.sources;
  if (source === undefined) throw new Error('an example has its source');
  return {
    ...recording,
    name: 'hearing.wav',
    sha256: null,
    sources: [
      { ...source, name: 'hearing_01.wav', sha256: '1a'.repeat(32), durationMs: 240_000 },
      {
        ...source,
        name: 'hearing_02.wav',
        sha256: null,
        startMs: 240_000,
        durationMs: 360_000,
        incomplete: true,
      },
    ],
  };
}

/** A transcript of no segments with every fact filled in; `changes` replace whole fields. */
export function exampleDocument(changes: Partial<TranscriptDocument> = {}): TranscriptDocument {
  return {
    recording: {
      ...WHOLE_SOURCE,
      gain: { leastDb: 12, greatestDb: 12 },
      assumed: null,
      id: '01980000-0000-7000-8000-000000000000',
      sources: [{ ...WHOLE_SOURCE, startMs: 0 }],
    },
    options: {
      language: 'auto',
      prompt: '',
      speakers: 'auto',
      speakerCount: null,
      translate: false,
      keepSilence: false,
      threads: 2,
      beamSize: null,
    },
    model: { name: 'large-v3-turbo', sha256: 'a0'.repeat(32) },
    version: { number: 1, kind: 'machine', createdAtMs: Date.UTC(2026, 4, 3, 9, 30) },
    complete: true,
    transcribedMs: 600_000,
    detectedLanguage: { language: 'en', probability: 0.98 },
    live: [],
    reruns: [],
    skipped: [],
    otherLanguages: [],
    segments: [],
    turns: [],
    markers: [],
    producer: 'VoiceSync 0.1.0',
    ...changes,
  };
}

/** Of ten minutes 33 seconds in two ranges were not understood, and what follows 6:40 is probably German. */
export function unclearDocument(): TranscriptDocument {
  return exampleDocument({
    segments: [
      segmentOf('Good morning.', 12_000, 13_500, 'Speaker 1'),
      segmentOf('Thank you.', 45_000, 46_000, 'Speaker 2'),
    ],
    skipped: [
      { startMs: 20_000, endMs: 41_000, reason: 'notUnderstood' },
      { startMs: 60_000, endMs: 400_000, reason: 'noSpeech' },
      { startMs: 500_000, endMs: 512_000, reason: 'notUnderstood' },
    ],
    otherLanguages: [{ startMs: 400_000, endMs: 598_000, language: 'de', probability: 0.92 }],
  });
}

/** A hearing of any length: speakers in turn, some pauses, about three seconds a segment. */
export function longDocument(segmentCount: number): TranscriptDocument {
  const spoken = REFERENCE_NAMES.flatMap((name) => referenceDocument(name).segments);
  const segments: Segment[] = [];
  let atMs = 600;
  for (let index = 0; index < segmentCount; index++) {
    const source = spoken[index % spoken.length];
    if (source === undefined) throw new Error('the references hold no segments');
    const endMs = atMs + 2600;
    segments.push(
      segmentOf(source.text, atMs, endMs, `Speaker ${(Math.floor(index / 3) % 2) + 1}`, source.language),
    );
    atMs = endMs + (index % 17 === 16 ? 3200 : 300);
  }
  return exampleDocument({
    recording: { ...exampleDocument().recording, durationMs: atMs },
    transcribedMs: atMs,
    segments,
  });
}
