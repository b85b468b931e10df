import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { namedAs } from '../../src/core/media/sources/recording-endings.ts';
import { speechFolder } from '../speech/speech-list.ts';
import { parseRttm, type Turn } from './rttm-file.ts';

/** A recording of which it is known who speaks when. */
export interface ReferencedRecording {
  /** The file's name without its ending. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly turns: readonly Turn[];
}

const FIXTURES = join(import.meta.dirname, '..', '..', 'e2e', 'fixtures');

/** The recordings of `VOICESYNC_SPEECH` of which it is known who speaks when, else the fixtures'. */
export function recordingsWithSpeakers(): ReferencedRecording[] {
  return referencedRecordings(speechFolder() ?? FIXTURES);
}

/**
 * The recordings of a folder and its subfolders that have an `.rttm` of the same name beside them, by path. Throws
 * where an RTTM cannot be read.
 */
export function referencedRecordings(folder: string): ReferencedRecording[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return files
    .filter((file) => extname(file) === '.rttm')
    .flatMap((rttm) => {
      const stem = rttm.slice(0, -'.rttm'.length);
      const recording = files.find((file) => namedAs(file) === 'recording' && withoutEnding(file) === stem);
      if (recording === undefined) return [];
      const name = stem.slice(dirname(stem) === '.' ? 0 : dirname(stem).length + 1);
      const turns = parseRttm(readFileSync(join(folder, rttm), 'utf8'), name);
      return [{ name, path: join(folder, recording), turns }];
    });
}

function withoutEnding(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}

/** How many speak in turns. */
export function speakersIn(turns: readonly Turn[]): number {
  return new Set(turns.map(({ speaker }) => speaker)).size;
}
