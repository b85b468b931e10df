import { readFileSync } from 'node:fs';
import { PART_MS } from '../../src/contract/audio.ts';
import { diarize } from '../../src/core/speakers/diarize.ts';
import { normalise } from '../../src/core/speakers/embeddings.ts';
import { type PartVoices, unpackPartVoices } from '../../src/core/speakers/part-voices.ts';
import { seededRandom } from '../statistics.ts';
import type { ClusteringResult, PackedParts } from './long-clustering.ts';

/**
 * The clustering of a long recording in a process of its own: `node bench/speakers/clustering-run.ts PARTS_FILE PARTS SEED`. Repeats what was
 * heard of a recording's parts, each voice a little different every time. Prints a ClusteringResult as JSON.
 */

/** Adds at most so much to each of 192 numbers: a piece and its repetition are at a cosine of about 0.95. */
const NOISE = 0.03;

const [file = '', wanted = '0', seed = '1'] = process.argv.slice(2);
const packed = JSON.parse(readFileSync(file, 'utf8')) as PackedParts;
const heard = packed.flatMap((part) => unpackPartVoices(Buffer.from(part, 'base64')) ?? []);
const random = seededRandom(Number(seed));
const parts = Array.from({ length: Number(wanted) }, (_, index) =>
  movedTo(index * PART_MS, heard[index % heard.length] as PartVoices),
);

const memoryBefore = process.memoryUsage.rss();
const before = process.threadCpuUsage();
const { speakers, turns } = diarize(parts, { count: null });
const { user, system } = process.threadCpuUsage(before);
const result: ClusteringResult = {
  pieces: parts.reduce((sum, part) => sum + part.pieces.length, 0),
  ...{ speakers: speakers.length, turns: turns.length, cpuMs: (user + system) / 1000 },
  ...{ memoryBefore, peakMemory: process.resourceUsage().maxRSS * 1024 },
};
process.stdout.write(`\n${JSON.stringify(result)}\n`);

function movedTo(startMs: number, part: PartVoices): PartVoices {
  const byMs = startMs - part.startMs;
  return {
    ...{ startMs, endMs: part.endMs + byMs },
    windows: part.windows.map((window) => ({ ...window, startMs: window.startMs + byMs })),
    pieces: part.pieces.map((piece) => {
      const embedding = piece.embedding.map((number) => number + (random() * 2 - 1) * NOISE);
      normalise(embedding);
      return { ...piece, startMs: piece.startMs + byMs, endMs: piece.endMs + byMs, embedding };
    }),
  };
}
