import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../../contract/audio.ts';
import { isShortSoak } from '../../testing/soak.ts';
import {
  decodeFile,
  encode,
  everyFfmpeg,
  FORMATS,
  isHeard,
  temporaryFolder,
} from '../testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();

/** Their demuxers read only the length in the first header, and users do not join them by `cat`. */
const NOT_JOINED = ['sound.rm'];

const JOINED = [
  ...FORMATS.filter(({ file }) => !NOT_JOINED.includes(file)),
  { file: 'live.webm', options: ['-c:a', 'libopus', '-f', 'webm', '-live', '1'] },
  { file: 'live.mkv', options: ['-c:a', 'flac', '-f', 'matroska', '-live', '1'] },
  { file: 'flac.ogg', options: ['-c:a', 'flac'] },
  { file: 'speex.ogg', options: ['-c:a', 'libspeex', '-ar', '16000'] },
];

describe('three recordings of any format, joined by cat', () => {
  test.for(isShortSoak() ? JOINED.filter((_, at) => at % 3 === 0) : JOINED)(
    '$file',
    async ({ file, options }, { skip }) => {
      const path = join(folder.path, `joined-${file}`);
      for (const [index, seconds] of [4, 2, 3].entries()) {
        const part = join(folder.path, `${index}-${file}`);
        if (!(await encode(builds, part, seconds, options))) skip(`no ffmpeg here can write ${file}`);
        await appendFile(path, await readFile(part));
      }
      for (const build of builds) {
        const { samples, error } = await decodeFile(path, build);
        expect.soft(error, build.version).toBeNull();
        expect.soft(Math.abs(samples.length / SAMPLE_RATE - 9), build.version).toBeLessThan(0.4);
        // Each of them has speech from 0.6 s on.
        const heard = [0, 4, 6].map((start) => isHeard(samples, start + 0.9, start + 1.6));
        expect.soft(heard, build.version).toEqual([true, true, true]);
      }
    },
  );
});
