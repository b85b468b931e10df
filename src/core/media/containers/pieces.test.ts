import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../../contract/audio.ts';
import {
  decodeFile,
  encode,
  everyFfmpeg,
  type Format,
  ID3V1_TAG,
  id3Tag,
  isHeard,
  temporaryFolder,
  written,
} from '../testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();

/** Each way in which a container ends, or does not; all other formats are in `pieces.soak.test.ts`. */
const JOINED: readonly Format[] = [
  { file: 'sizes.wav', options: [] },
  { file: 'boxes.m4a', options: [] },
  { file: 'browser.webm', options: ['-c:a', 'libopus', '-f', 'webm', '-live', '1'] },
  { file: 'chained.opus', options: ['-c:a', 'libopus'] },
  { file: 'frames.flac', options: [] },
  { file: 'clock.ts', options: ['-c:a', 'aac'] },
];

/** Formats whose second piece may have another rate. */
const ANY_RATE = /\.(wav|m4a|flac|opus|webm)$/;

describe('files joined by cat', () => {
  let made: Parts;
  beforeAll(async () => {
    made = await parts();
  });

  test.each(JOINED)(
    '$file is read whole, one behind the other, with every ffmpeg',
    async ({ file, options }) => {
      const first = await part(`first-${file}`, 2, options);
      const second = await part(`second-${file}`, 1.5, [
        ...options,
        '-ac',
        '2',
        ...(ANY_RATE.test(file) ? ['-ar', '16000'] : []),
      ]);
      const path = join(folder.path, `joined-${file}`);
      for (const piece of [first, second, first]) await appendFile(path, piece);
      for (const build of builds) {
        const { samples, error } = await decodeFile(path, build);
        expect.soft(error, build.version).toBeNull();
        expect.soft(Math.abs(samples.length / SAMPLE_RATE - 5.5), build.version).toBeLessThan(0.3);
        // Each of them has speech from 0.6 s on.
        const heard = [0, 2, 3.5].map((start) => isHeard(samples, start + 0.9, start + 1.4));
        expect.soft(heard, build.version).toEqual([true, true, true]);
      }
    },
  );

  test.for([
    [
      'tags before and behind',
      6,
      ({ flac }: Parts) => flac.flatMap((file) => [id3Tag(300), file, ID3V1_TAG]),
    ],
    ['containers of several kinds', 6, ({ wav, m4a, flac }: Parts) => [wav, m4a, flac].map(([file]) => file)],
    [
      'padding between',
      4,
      ({ m4a }: Parts) => m4a.flatMap((file) => [file, Buffer.alloc(10_000)]).slice(0, 4),
    ],
    ['MP3 with five seams', 12, ({ mp3 }: Parts) => [...mp3, ...mp3]],
    ['AAC with tags behind each', 6, ({ aac }: Parts) => aac.flatMap((file) => [file, ID3V1_TAG])],
  ] as const)('%s', async ([name, seconds, pick]) => {
    const bytes = Buffer.concat(pick(made));
    const path = await written(folder.path, `${name}.bin`, bytes);
    for (const build of builds) {
      const { samples, error } = await decodeFile(path, build);
      expect.soft(error, build.version).toBeNull();
      expect.soft(Math.abs(samples.length / SAMPLE_RATE - seconds), build.version).toBeLessThan(0.3);
    }
  });

  test('with one that was cut short: the others are whole, and it is told', async () => {
    const whole = await part('piece.wav', 2, ['-ar', '16000']);
    const bytes = Buffer.concat([whole, whole.subarray(0, whole.length / 2), whole]);
    const path = await written(folder.path, 'cut.wav', bytes);
    for (const build of builds) {
      const { samples, error } = await decodeFile(path, build);
      expect(samples.length / SAMPLE_RATE).toBeCloseTo(5, 1);
      expect(error).toMatchObject({ code: 'media.damaged' });
    }
  });

  test('a clock that starts anew within one container goes on', async () => {
    const live = ['-c:a', 'libopus', '-f', 'webm', '-live', '1'];
    const first = await part('clock-1.webm', 3, live);
    const second = await part('clock-2.webm', 2, live);
    const clusters = second.subarray(second.indexOf(Buffer.from('1f43b675', 'hex')));
    const path = await written(folder.path, 'clock.webm', Buffer.concat([first, clusters]));
    for (const build of builds) {
      const { samples, error } = await decodeFile(path, build);
      expect(error).toBeNull();
      expect(samples.length / SAMPLE_RATE).toBeCloseTo(5, 1);
    }
  });
});

/** Three copies of each, two seconds long. */
interface Parts {
  readonly wav: Copies;
  readonly flac: Copies;
  readonly m4a: Copies;
  readonly mp3: Copies;
  readonly aac: Copies;
}

type Copies = readonly [Buffer, Buffer, Buffer];

async function parts(): Promise<Parts> {
  const copies = async (kind: string): Promise<Copies> => {
    const bytes = await part(`part.${kind}`, 2, ['-ar', '22050']);
    return [bytes, bytes, bytes];
  };
  return {
    wav: await copies('wav'),
    flac: await copies('flac'),
    m4a: await copies('m4a'),
    mp3: await copies('mp3'),
    aac: await copies('aac'),
  };
}

async function part(file: string, seconds: number, options: readonly string[]): Promise<Buffer> {
  const path = join(folder.path, file);
  if (!(await encode(builds, path, seconds, options))) throw new Error(`no ffmpeg here can write ${file}`);
  return await readFile(path);
}
