import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../src/contract/schema.ts';

const ROOT = join(import.meta.dirname, '..');
const FIXTURES = join(ROOT, 'e2e', 'fixtures');

const ReferenceSegment = z.object({
  /** In seconds from the recording's start. */
  start: z.number(),
  end: z.number(),
  /** The speaker's number, from 0; in a recording of one channel per speaker also the channel's. */
  speaker: z.number().int(),
  language: z.string(),
  text: z.string(),
});

/** A sentence said in a recording, with its speaker, time and language. */
export type ReferenceSegment = z.infer<typeof ReferenceSegment>;

const References = z.record(z.string(), z.object({ segments: z.array(ReferenceSegment) }));

/** A recording of which every word is known. */
export interface ReferenceRecording {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** What a user who knows the recording would choose: a language's code, or `mixed`. */
  readonly language: string;
  readonly segments: readonly ReferenceSegment[];
}

/** The recordings of silence or noise alone. */
export const WORDLESS = ['silence-40s.wav', 'noise-40s.wav'];

/** The recording of two languages. */
export const BILINGUAL = 'bilingual.wav';

/** The recording with one speaker per channel. */
export const CALL = 'call-two-channels.flac';

/** The long recording: 11 minutes, half of them speech. */
export const HEARING = 'hearing-12min.opus';

/** All recordings whose words are known. */
export function referenceRecordings(): ReferenceRecording[] {
  const references = References.parse(JSON.parse(readFileSync(join(FIXTURES, 'references.json'), 'utf8')));
  return Object.entries(references).map(([name, { segments }]) => ({
    name,
    path: recordingPath(name),
    language: languageOf(segments),
    segments,
  }));
}

/** The path of a recording. */
export function recordingPath(name: string): string {
  return join(FIXTURES, name);
}

function languageOf(segments: readonly ReferenceSegment[]): string {
  const languages = new Set(segments.map((segment) => segment.language));
  if (languages.size > 1) return 'mixed';
  // Silence has no language, but a user would have had to choose one.
  return [...languages][0] ?? 'en';
}
