import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RECORDINGS } from '../../app/testing/short-recordings.ts';
import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../contract/audio.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { wavHeader } from '../../core/media/sound/wav-header.ts';

/** Length of each recording. */
const SECONDS = 3;

/** Copies of a sentence begin so much earlier one after the other: each is another file, with the same words. */
const STEP_S = 0.004;

/** A recording of three seconds in a file, and what is said in it. */
export interface SaidSentence {
  readonly file: string;
  readonly text: string;
}

interface Said {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Writes so many different recordings of one sentence each, cut out of a hearing of which every word is known. */
export async function writeSentences(
  count: number,
  fileOf: (index: number) => string,
): Promise<SaidSentence[]> {
  const [samples, sentences] = await Promise.all([samplesOf(RECORDINGS.hearing), sentencesThatFit()]);
  return await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const said = sentences[index % sentences.length];
      if (said === undefined) throw new Error('no sentence fits');
      const margin = (SECONDS - (said.end - said.start)) / 2;
      const start = said.start - margin - Math.floor(index / sentences.length) * STEP_S;
      const first = Math.round(start * SAMPLE_RATE) * BYTES_PER_SAMPLE;
      const sound = samples.subarray(first, first + SECONDS * SAMPLE_RATE * BYTES_PER_SAMPLE);
      await writeFile(fileOf(index), Buffer.concat([wavHeader(1, sound.length), sound]));
      return { file: fileOf(index), text: said.text };
    }),
  );
}

/** The words of a text, as they are compared. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9']+/g) ?? [];
}

/** Sentences that fill a recording without a word of their neighbours. */
async function sentencesThatFit(): Promise<Said[]> {
  const file = join(dirname(RECORDINGS.hearing), 'references.json');
  const references = JSON.parse(await readFile(file, 'utf8')) as Record<string, { segments: Said[] }>;
  const all = references['hearing-12min.opus']?.segments ?? [];
  return all.filter(({ start, end }, index) => {
    const margin = (SECONDS - (end - start)) / 2;
    const before = all[index - 1]?.end ?? 0;
    const after = all[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    return margin > 0.15 && start - margin - 0.1 > before && end + margin < after;
  });
}

async function samplesOf(file: string): Promise<Buffer> {
  const ffmpeg = await findFfmpeg();
  const options = ['-v', 'error', '-nostdin', '-i', file, '-ac', '1', '-ar', String(SAMPLE_RATE)];
  const { stdout } = await promisify(execFile)(ffmpeg.path, [...options, '-f', 's16le', '-'], {
    encoding: 'buffer',
    maxBuffer: 2 ** 28,
  });
  return stdout;
}
