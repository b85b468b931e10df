import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSource } from '../source.ts';
import {
  decodeFile,
  encode,
  everyFfmpeg,
  ID3V1_TAG,
  temporaryFolder,
  written,
} from '../testing/media-fixtures.ts';
import { piecesOf } from './pieces.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();

/** A container of plain samples: how it is made, how its sizes are overwritten, and what may follow its audio. */
interface Container {
  readonly file: string;
  readonly options: readonly string[];
  /** Offset of the first sample. */
  dataStart(bytes: Buffer): number;
  /** Writes sizes into the header as if there were so many bytes of audio. */
  declare(bytes: Buffer, soundBytes: number): void;
  readonly chunk: Buffer;
}

const WAV: Container = {
  file: 'sound.wav',
  options: [],
  dataStart: (bytes) => bytes.indexOf('data') + 8,
  declare(bytes, soundBytes) {
    const data = bytes.indexOf('data');
    bytes.writeUInt32LE(data + soundBytes, 4);
    bytes.writeUInt32LE(soundBytes, data + 4);
  },
  chunk: Buffer.from('LIST\x1a\0\0\0INFOISFT\x0e\0\0\0Lavf58.76.100\0id3 \x04\0\0\0ID3\x03', 'latin1'),
};

const RF64: Container = {
  ...WAV,
  file: 'sound.rf64',
  options: ['-f', 'wav', '-rf64', 'always'],
  declare(bytes, soundBytes) {
    const sizes = bytes.indexOf('ds64') + 8;
    bytes.writeBigUInt64LE(BigInt(bytes.indexOf('data') + soundBytes), sizes);
    bytes.writeBigUInt64LE(BigInt(soundBytes), sizes + 8);
  },
};

const WAVE64: Container = {
  file: 'sound.w64',
  options: [],
  dataStart: (bytes) => bytes.indexOf('data') + 24,
  declare(bytes, soundBytes) {
    const data = bytes.indexOf('data');
    bytes.writeBigUInt64LE(BigInt(data + 24 + soundBytes), 16);
    bytes.writeBigUInt64LE(BigInt(24 + soundBytes), data + 16);
  },
  chunk: Buffer.concat([
    Buffer.from('62657874f3acd3118cd100c04f8edb8a', 'hex'),
    Buffer.from('\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1'),
    // A list of summaries, whose name has no ASCII letters.
    Buffer.from('925f94bc525ad21186dc00c04f8edb8a', 'hex'),
    Buffer.from('\x20\0\0\0\0\0\0\0\x01\x02\x03\x04\x05\x06\x07\x08', 'latin1'),
  ]),
};

const AIFF: Container = {
  file: 'sound.aiff',
  options: [],
  dataStart: (bytes) => bytes.indexOf('SSND') + 16,
  declare(bytes, soundBytes) {
    const data = bytes.indexOf('SSND');
    bytes.writeUInt32BE(data + 8 + soundBytes, 4);
    bytes.writeUInt32BE(soundBytes === 0 ? 0 : soundBytes + 8, data + 4);
    bytes.writeUInt32BE(soundBytes / 2, bytes.indexOf('COMM') + 10);
  },
  chunk: Buffer.from('ID3 \0\0\0\x0aID3\x03\0\0\0\0\0\0NAME\0\0\0\x04Test', 'latin1'),
};

const CAF: Container = {
  file: 'sound.caf',
  options: ['-c:a', 'pcm_s16be'],
  dataStart: (bytes) => bytes.indexOf('data') + 16,
  declare: (bytes, soundBytes) =>
    bytes.writeBigInt64BE(BigInt(soundBytes === 0 ? 0 : soundBytes + 4), bytes.indexOf('data') + 4),
  chunk: Buffer.from('info\0\0\0\0\0\0\0\x14\0\0\0\x01title\0Hearing12\0', 'latin1'),
};

const AU: Container = {
  file: 'sound.au',
  options: [],
  dataStart: (bytes) => bytes.readUInt32BE(4),
  declare: (bytes, soundBytes) => bytes.writeUInt32BE(soundBytes, 8),
  chunk: Buffer.alloc(0),
};

describe.each([WAV, RF64, WAVE64, AIFF, CAF, AU])('the header of $file', (container) => {
  let right: Buffer;
  let dataStart = 0;
  let sound = 0;

  beforeAll(async () => {
    const path = join(folder.path, container.file);
    await encode(builds, path, 2, ['-ar', '16000', '-bitexact', ...container.options]);
    right = await readFile(path);
    dataStart = container.dataStart(right);
    sound = 64_000;
    right = right.subarray(0, dataStart + sound);
  });

  const behind = [
    ['nothing', Buffer.alloc(0)],
    ['chunks', container.chunk],
    ['a tag', ID3V1_TAG],
    ['room that was reserved', Buffer.alloc(300_000)],
    ['all of it', Buffer.concat([container.chunk, ID3V1_TAG, Buffer.alloc(300_000)])],
  ] as const;

  test.each(behind)('tells of less than there is, with %s behind the sound', async (name, trailer) => {
    for (const soundBytes of [0, 2, 12_345, 32_000]) {
      const bytes = Buffer.concat([right, trailer]);
      container.declare(bytes, soundBytes);
      const [piece] = await pieces(await written(folder.path, `${name}-${container.file}`, bytes));
      const range = { startByte: dataStart, endByte: dataStart + sound };
      expect.soft(piece, `${soundBytes} bytes`).toMatchObject({ sound: range, cutShort: false });
    }
  });

  test.each(behind)('is right, with %s behind the sound', async (name, trailer) => {
    const bytes = Buffer.concat([right, trailer]);
    container.declare(bytes, sound);
    const found = await pieces(await written(folder.path, `right-${name}-${container.file}`, bytes));
    expect(found).toMatchObject([{ startByte: 0, endByte: bytes.length, sound: null, cutShort: false }]);
  });

  test('tells of more than there is', async () => {
    const cut = right.subarray(0, dataStart + sound / 2);
    const path = await written(folder.path, `cut-${container.file}`, cut);
    for (const build of builds) {
      const { samples, error } = await decodeFile(path, build);
      expect(error).toMatchObject({ code: 'media.damaged' });
      expect(samples.length).toBe(sound / 4);
    }
  });

  test('is wrong, and the sound is the same as with a right one', async () => {
    const wrong = Buffer.concat([right, container.chunk]);
    container.declare(wrong, 12_344);
    const rightPath = await written(folder.path, `right-${container.file}`, right);
    const wrongPath = await written(folder.path, `wrong-${container.file}`, wrong);
    for (const build of builds) {
      const expected = await decodeFile(rightPath, build);
      const actual = await decodeFile(wrongPath, build);
      expect([expected.error, actual.error]).toEqual([null, null]);
      expect(actual.samples).toEqual(expected.samples);
    }
  });
});

describe('sound of a header that is wrong', () => {
  test.each([['pcm_u8'], ['pcm_s24le'], ['pcm_f32le'], ['pcm_alaw'], ['adpcm_ms'], ['libmp3lame']])(
    'is read as what it is: %s',
    async (codec) => {
      const path = join(folder.path, `${codec}.wav`);
      await encode(builds, path, 2, ['-c:a', codec, '-ar', '22050', '-bitexact']);
      const bytes = await readFile(path);
      WAV.declare(bytes, 4000);
      const wrong = await written(folder.path, `wrong-${codec}.wav`, Buffer.concat([bytes, WAV.chunk]));
      const build = builds.at(-1);
      if (build === undefined) throw new Error('there is an ffmpeg');
      const { samples, error } = await decodeFile(wrong, build);
      expect(error).toBeNull();
      expect(Math.abs(samples.length - 32_000)).toBeLessThan(1500);
    },
  );

  test('with big-endian samples (RIFX) is no noise, right or wrong', async () => {
    const path = join(folder.path, 'little.wav');
    await encode(builds, path, 2, ['-ar', '16000', '-bitexact']);
    const little = (await readFile(path)).subarray(0, 44 + 64_000);
    for (const declared of [64_000, 1000]) {
      const big = await written(folder.path, `big-${declared}.wav`, rifx(little, declared));
      for (const build of builds) {
        const plain = await decodeFile(path, build);
        const { samples, error } = await decodeFile(big, build);
        expect(error).toBeNull();
        expect(samples).toEqual(plain.samples);
      }
    }
  });
});

async function pieces(path: string) {
  const source = await openSource(path);
  const found = await piecesOf(source);
  await source.close();
  return found;
}

/** A WAV with a header of 44 bytes and 16-bit samples, in the other byte order. */
function rifx(wav: Buffer, soundBytes: number): Buffer {
  const bytes = Buffer.from(wav);
  bytes.write('RIFX', 'latin1');
  for (const offset of [4, 16, 24, 28, 40]) bytes.writeUInt32BE(wav.readUInt32LE(offset), offset);
  for (const offset of [20, 22, 32, 34]) bytes.writeUInt16BE(wav.readUInt16LE(offset), offset);
  bytes.writeUInt32BE(soundBytes, 40);
  bytes.subarray(44).swap16();
  return bytes;
}
