import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import { isAppError } from '../../contract/errors.ts';
import { decodeArguments } from './ffmpeg-arguments.ts';
import { startFfmpeg } from './ffmpeg-child.ts';
import { wholeFile } from './ffmpeg-input.ts';
import { openSource } from './source.ts';
import {
  CALL,
  decodeFile,
  encode,
  everyFfmpeg,
  FORMATS,
  failure,
  id3Tag,
  make,
  temporaryFolder,
  written,
} from './testing/media-fixtures.ts';
import { assertMutatedFilesEndPlainly } from './testing/mutated-files.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();
const HLS = (target: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:4,\n${target}\n#EXT-X-ENDLIST\n`;

describe.each(builds)('with ffmpeg $version', (ffmpeg) => {
  test.each([
    [
      'garbage',
      Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 2_654_435_761) >>> 13)),
      'media.unreadable',
    ],
    ['zeros', Buffer.alloc(100_000), 'media.unreadable'],
    ['one byte', Buffer.of(0), 'media.unreadable'],
    ['nothing', Buffer.alloc(0), 'media.empty'],
    ['a WAV header alone', wavHeader(0), 'media.empty'],
    ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01', 'latin1'), 'media.unreadable'],
    [
      'a ZIP or DOCX',
      Buffer.from('PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml', 'latin1'),
      'media.unreadable',
    ],
    ['text in an MP3 name', Buffer.from('These are the minutes.\n'), 'media.text'],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>'), 'media.text'],
    ['HLS', Buffer.from(HLS('https://example.org/a.ts')), 'media.playlist'],
    [
      'HLS behind an ID3 tag',
      Buffer.concat([id3Tag(6000), Buffer.from(HLS('/etc/passwd'))]),
      'media.playlist',
    ],
    ['ffconcat', Buffer.from('ffconcat version 1.0\nfile secret.wav\n'), 'media.playlist'],
    [
      'SDP',
      Buffer.from('v=0\no=- 0 0 IN IP4 1.2.3.4\nc=IN IP4 1.2.3.4\nm=audio 5004 RTP/AVP 0\n'),
      'media.playlist',
    ],
    ['DS2', Buffer.from('\x03ds2\x00\x00\x01', 'latin1'), 'media.ds2'],
    ['encrypted DS2', Buffer.from('\x03enc\x00\x00\x01', 'latin1'), 'media.ds2'],
  ])('%s', async (_, content, code) => {
    const path = await written(folder.path, 'evidence.mp3', content);
    expect(await failure(path, ffmpeg)).toMatchObject({ code });
  });

  test('a folder', async () => {
    const inner = join(folder.path, 'evidence.wav');
    await mkdir(inner, { recursive: true });
    expect(await failure(inner, ffmpeg)).toMatchObject({ code: 'file.notRegular' });
  });

  test('a video without sound', async () => {
    const path = join(folder.path, 'mute.mp4');
    await make(ffmpeg, ['-f', 'lavfi', '-t', '1', '-i', 'testsrc=s=64x64:r=10', '-c:v', 'mpeg4', path]);
    expect(await failure(path, ffmpeg)).toMatchObject({ code: 'media.noAudio' });
  });

  test('a picture', async () => {
    const path = join(folder.path, 'picture.png');
    await make(ffmpeg, ['-f', 'lavfi', '-i', 'testsrc=s=64x64', '-frames:v', '1', path]);
    expect(await failure(path, ffmpeg)).toMatchObject({ code: 'media.unreadable' });
  });

  test('a recording that was cut says how much of it is readable', async () => {
    for (const { file, options } of FORMATS.filter(({ file }) => CLAIMS_ITS_LENGTH.includes(file))) {
      const path = join(folder.path, `cut-${file}`);
      if (!(await encode(builds, path, 6, options))) continue;
      const whole = await readFile(path);
      await written(folder.path, `cut-${file}`, whole.subarray(0, Math.floor(whole.length / 2)));
      const { samples, error } = await decodeFile(path, ffmpeg);
      expect.soft(error, file).toMatchObject({ code: 'media.damaged' });
      const readableMs = isAppError(error, 'media.damaged') ? error.details.readableMs : 0;
      expect.soft(readableMs, file).toBe(Math.floor((samples.length / SAMPLE_RATE) * 1000));
      expect.soft(readableMs, file).toBeGreaterThan(1000);
    }
  });

  test('a recording that is broken in the middle is read to its end, and said to be damaged', async () => {
    for (const [file, ...options] of [['middle.flac'], ['middle.m4a'], ['middle.mkv', '-c:a', 'flac']]) {
      const path = join(folder.path, file ?? '');
      await encode(builds, path, 6, options);
      const bytes = await readFile(path);
      bytes.fill('broken', Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.5));
      await written(folder.path, file ?? '', bytes);
      const { samples, error } = await decodeFile(path, ffmpeg);
      expect.soft(error, file).toMatchObject({ code: 'media.damaged' });
      expect.soft(samples.length / SAMPLE_RATE, file).toBeGreaterThan(5);
    }
  });

  test('a WAV that was written through a pipe is whole, whatever its header says of its length', async () => {
    const args = ['-v', 'error', '-nostdin', '-t', '2', '-i', CALL, '-f', 'wav', 'pipe:1'];
    const bytes = execFileSync(ffmpeg.path, args, { maxBuffer: 1 << 24 });
    expect(bytes.readUInt32LE(4)).toBe(0xffffffff);
    const path = await written(folder.path, 'piped.wav', bytes);
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(samples.length).toBe(2 * 2 * SAMPLE_RATE);
  });

  test('a recording whose index is cut off is read by its samples, and said to be damaged', async () => {
    const whole = join(folder.path, 'index-last.m4a');
    await encode(builds, whole, 4, []);
    const bytes = await readFile(whole);
    const path = await written(folder.path, 'index-lost.m4a', bytes.subarray(0, bytes.length / 2));
    expect(await failure(path, ffmpeg)).toMatchObject({ code: 'media.damaged' });
  });

  test('cut at any length, it is sound or a plain error', async () => {
    const whole = await readFile(CALL);
    for (const length of [1, 4, 8, 42, 100, 1000, 8192, 20_000, 100_000]) {
      const path = await written(folder.path, 'cut.flac', whole.subarray(0, length));
      expect(['media.text', 'media.unreadable', 'media.damaged']).toContain(
        errorCode(await failure(path, ffmpeg)),
      );
    }
  });

  test('a playlist that got past the first look opens no other file', async () => {
    const secret = join(folder.path, 'secret.ts');
    await encode(builds, secret, 4, ['-c:a', 'mp2']);
    const path = await written(folder.path, 'harmless.mp3', HLS(secret));
    // The control: without the lists ffmpeg reads the other file's audio.
    const open = ['-v', 'error', '-nostdin', '-i', path, '-f', 's16le', 'pipe:1'];
    expect(execFileSync(ffmpeg.path, open, { maxBuffer: 1 << 26 }).length).toBeGreaterThan(100_000);

    const source = await openSource(path);
    const child = startFfmpeg(
      ffmpeg,
      source,
      decodeArguments(wholeFile(path), { tracks: [0], channels: 1, durationMs: 60_000, clocked: true }),
    );
    let bytes = 0;
    for await (const chunk of child.stdout) bytes += chunk.length;
    await child.ended;
    await source.close();
    expect(bytes).toBe(0);
    expect(child.log()).toMatch(/not on whitelist/);
  });
});

// hostile-media.soak.test.ts tries many more.
test('mutated files are sound or a plain error, never a crash or a hang', { timeout: 300_000 }, async () => {
  await assertMutatedFilesEndPlainly(builds, folder.path, { numRuns: 80, seed: 20_261_120 });
});

const CLAIMS_ITS_LENGTH = [
  'pcm16.wav',
  'mulaw.wav',
  'sound.w64',
  'sound.mp3',
  'index-first.m4a',
  'sound.flac',
  'sound.webm',
  'sound.mkv',
  'sound.wma',
  'sound.aiff',
  'sound.au',
  'sound.tta',
  'sound.wv',
];

function errorCode(error: unknown): string | null {
  return isAppError(error) ? error.code : null;
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
