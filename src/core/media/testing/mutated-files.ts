import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { isAppError } from '../../../contract/errors.ts';
import { type Ffmpeg, findInstallerFfmpeg } from '../find-ffmpeg.ts';
import { encode, FORMATS, failure, written } from './media-fixtures.ts';

interface Edit {
  /** Where in the file, from 0 to 1. */
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly kind: string;
}

/**
 * Asserts that files of every format which one of these builds can write, each with up to eight random edits, are sound or
 * end with an error of the program: never a crash or a hang. They are written into `folder`. A failure names its seed.
 */
export async function assertMutatedFilesEndPlainly(
  builds: readonly Ffmpeg[],
  folder: string,
  series: { readonly numRuns: number; readonly seed: number },
): Promise<void> {
  const ffmpeg = await findInstallerFfmpeg();
  const samples: { file: string; bytes: Buffer }[] = [];
  for (const { file, options } of FORMATS) {
    const path = join(folder, `small-${file}`);
    if (await encode(builds, path, 1, options)) samples.push({ file, bytes: await readFile(path) });
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(anEdit(), { minLength: 1, maxLength: 8 }), async (choice, edits) => {
      const original = samples[choice % samples.length];
      if (original === undefined) throw new Error('no samples');
      const path = await written(folder, `mutated-${original.file}`, edits.reduce(mutated, original.bytes));
      const error = await failure(path, ffmpeg);
      expect(error === null || isAppError(error)).toBe(true);
    }),
    series,
  );
}

function anEdit(): fc.Arbitrary<Edit> {
  const position = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.record({
    // Headers are where the lengths and offsets stand.
    at: fc.oneof(
      position,
      position.map((value) => value / 50),
    ),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    kind: fc.constantFrom('overwrite', 'insert', 'remove'),
  });
}

function mutated(bytes: Buffer, { at, bytes: patch, kind }: Edit): Buffer {
  const offset = Math.floor(at * bytes.length);
  const skipped = kind === 'insert' ? 0 : patch.length;
  return Buffer.concat([
    bytes.subarray(0, offset),
    kind === 'remove' ? Buffer.alloc(0) : patch,
    bytes.subarray(offset + skipped),
  ]);
}
