import { describe, expect, it } from 'vitest';
import { type RawSound, SoundStream } from './sound-stream.ts';

const SAMPLES = Int16Array.from({ length: 1000 }, (_, at) => Math.round(20_000 * Math.sin(at / 7)));
const BYTES = Buffer.from(SAMPLES.buffer);

/** Bytes in pieces of this length, as a pipe delivers them. */
async function* pieces(bytes: Buffer, length = 333): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function samplesOf(stream: SoundStream): Promise<number[]> {
  const all: number[] = [];
  for await (const samples of stream.samples()) all.push(...samples);
  return all;
}

function chunk(name: string, body: Buffer, size = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function format({ tag = 1, channels = 1, rate = 16_000, bits = 16 }): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt16LE(tag, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rate, 4);
  body.writeUInt32LE((rate * channels * bits) / 8, 8);
  body.writeUInt16LE((channels * bits) / 8, 12);
  body.writeUInt16LE(bits, 14);
  return chunk('fmt ', body);
}

function wave(parts: readonly Buffer[], magic = 'RIFF'): Buffer {
  const head = Buffer.alloc(12);
  head.write(magic, 'latin1');
  head.writeUInt32LE(0xffffffff, 4);
  head.write('WAVE', 8, 'latin1');
  return Buffer.concat([head, ...parts]);
}

async function heard(bytes: Buffer, raw: RawSound | null = null, length?: number) {
  const stream = await SoundStream.open(pieces(bytes, length), 'a.wav', raw);
  return { rate: stream.sampleRate, channels: stream.channels, samples: await samplesOf(stream) };
}

const mono = { rate: 16_000, channels: 1, samples: [...SAMPLES] };

describe('the sound of a WAV', () => {
  it.each([
    [
      'of declared length, with a chunk before',
      wave([chunk('LIST', Buffer.alloc(301)), format({}), chunk('data', BYTES)]),
    ],
    [
      'before chunks that follow it',
      wave([format({}), chunk('data', BYTES), chunk('LIST', Buffer.alloc(64, 7))]),
    ],
    ['of unknown length, as sox writes it', wave([format({}), chunk('data', BYTES, 0x7ffff000)])],
    ['of unknown length, as ffmpeg writes it', wave([format({}), chunk('data', BYTES, 0xffffffff)])],
    ['whose recorder never wrote the length', wave([format({}), chunk('data', BYTES, 0)])],
    ['that is longer than declared', wave([format({}), chunk('data', BYTES, 600)])],
    [
      'that is cut off within a sample',
      wave([format({}), chunk('data', Buffer.concat([BYTES, Buffer.alloc(1)]), 9000)]).subarray(0, -1),
    ],
  ])('%s', async (_what, bytes) => {
    expect(await heard(bytes)).toEqual(mono);
    // Byte by byte, every boundary is one between pieces.
    expect(await heard(bytes, null, 1)).toEqual(mono);
  });

  it('of more than 4 GiB is as long as its RF64 header says', async () => {
    const sizes = Buffer.alloc(28);
    sizes.writeBigUInt64LE(BigInt(BYTES.length), 8);
    const rf64 = [chunk('ds64', sizes), format({}), chunk('data', BYTES, 0xffffffff)];
    expect(await heard(wave([...rf64, chunk('LIST', Buffer.alloc(64, 7))], 'RF64'))).toEqual(mono);
  });

  it('has its channels interleaved', async () => {
    const { channels, samples } = await heard(wave([format({ channels: 2 }), chunk('data', BYTES)]));
    expect({ channels, samples }).toEqual({ channels: 2, samples: [...SAMPLES] });
  });

  it.each([
    ['24 bits', { bits: 24 }, Buffer.from([0xff, 0x34, 0x12, 0, 0, 0x80]), [0x1234, -32_768]],
    ['32 bits', { bits: 32 }, Buffer.from([9, 9, 0x34, 0x12]), [0x1234]],
    ['8 bits', { bits: 8 }, Buffer.from([0, 128, 255]), [-32_768, 0, 32_512]],
    [
      'floats, limited',
      { tag: 3, bits: 32 },
      Buffer.from(Float32Array.of(0.5, -1, 1.5).buffer),
      [16_384, -32_768, 32_767],
    ],
    // The values of G.711's tables: both ends, the smallest of either sign.
    [
      'µ-law',
      { tag: 7, bits: 8 },
      Buffer.from([0x00, 0x80, 0x7f, 0xff, 0x7e, 0xfe]),
      [-32_124, 32_124, 0, 0, -8, 8],
    ],
    ['A-law', { tag: 6, bits: 8 }, Buffer.from([0x2a, 0xaa, 0x55, 0xd5]), [-32_256, 32_256, -8, 8]],
  ])('of %s is read as 16 bits', async (_what, kind, body, samples) => {
    expect((await heard(wave([format(kind), chunk('data', body)]))).samples).toEqual(samples);
  });
});

it('plain samples are what is said of them', async () => {
  const raw = { encoding: 'f32le', sampleRate: 44_100, channels: 2 } as const;
  const bytes = Buffer.from(Float32Array.of(0.25, -0.25, 0.5, -0.5).buffer);
  expect(await heard(bytes, raw, 3)).toEqual({
    rate: 44_100,
    channels: 2,
    samples: [8192, -8192, 16_384, -16_384],
  });
});

describe('what is refused before anything is recorded', () => {
  const raw = { encoding: 's16le', sampleRate: 16_000, channels: 1 } as const;
  it.each([
    ['nothing', Buffer.alloc(0), null, 'capture.noSound'],
    ['no samples', Buffer.alloc(1), raw, 'capture.noSound'],
    ['a WAV without samples', wave([format({}), chunk('data', Buffer.alloc(0))]), null, 'capture.noSound'],
    ['a header alone', wave([format({})]), null, 'capture.noSound'],
    ['another format', Buffer.alloc(5000, 'ID3'), null, 'capture.notWave'],
    ['a word', Buffer.from('hello'), null, 'capture.notWave'],
    [
      'compressed sound',
      wave([format({ tag: 0x11, bits: 4 }), chunk('data', BYTES)]),
      null,
      'capture.soundUnsupported',
    ],
    ['six channels', wave([format({ channels: 6 }), chunk('data', BYTES)]), null, 'capture.soundUnsupported'],
    [
      'too low a rate',
      wave([format({ rate: 4000 }), chunk('data', BYTES)]),
      null,
      'capture.soundUnsupported',
    ],
  ] as const)('%s', async (_what, bytes, as, code) => {
    await expect(heard(Buffer.from(bytes), as)).rejects.toMatchObject({ code, details: { file: 'a.wav' } });
  });

  it('a stream that fails', async () => {
    const failing = (async function* () {
      yield wave([format({}), chunk('data', BYTES, 0)]).subarray(0, 100);
      throw Object.assign(new Error('broken'), { code: 'EIO' });
    })();
    const stream = await SoundStream.open(failing, 'a.wav', null);
    await expect(samplesOf(stream)).rejects.toMatchObject({ code: 'file.readFailed' });
  });
});
