import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { encode, everyFfmpeg, temporaryFolder } from '../testing/media-fixtures.ts';
import { looksLikeMedia, mayBeHeaderless, SIGNATURE_BYTES } from './media-signatures.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();

describe('looksLikeMedia', () => {
  test.each([
    ['plain.mp3', '-id3v2_version 0 -write_xing 0'],
    ['frames.aac', ''],
    ['camera.mod', '-f vob -c:a mp2'],
    ['broadcast.ts', '-f mpegts -c:a ac3'],
    ['camcorder.mts', '-f mpegts -mpegts_m2ts_mode 1 -c:a ac3'],
    ['next.snd', '-f au'],
    ['frames.ac3', ''],
  ])('knows %s by its first bytes, wherever it was cut', async (file, options) => {
    const path = join(folder.path, file);
    expect(await encode(builds, path, 2, options.split(' ').filter(Boolean))).toBe(true);
    const content = readFileSync(path);
    expect(looksLikeMedia(content.subarray(0, SIGNATURE_BYTES))).toBe(true);
    if (file.endsWith('ts')) expect(looksLikeMedia(content.subarray(77, SIGNATURE_BYTES))).toBe(true);
  });

  test.each([
    ['TypeScript', bytes("import { x } from 'y';\n".repeat(100))],
    ['notes that begin like a container', bytes('ID3 tags and MAC addresses\n')],
    ['a playlist', bytes('#EXTM3U\nRIFF\n')],
    ['a picture', bytes('\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01')],
    ['a picture in a film container', bytes('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00')],
    ['a WebP picture', bytes('RIFF\x10\x00\x00\x00WEBPVP8 ')],
    ['a picture of an Amiga', bytes('FORM\x00\x00\x10\x00ILBMBMHD')],
    ['a music module', Buffer.concat([Buffer.alloc(1080), bytes('M.K.')])],
    ['a program', bytes('\x7fELF\x02\x01\x01\x00')],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(4096)],
  ])('%s is none', (_, head) => {
    expect(looksLikeMedia(head)).toBe(false);
  });

  test.each([
    ['WAV', bytes('RIFF\x10\x00\x00\x00WAVEfmt ')],
    ['M4A', bytes('\x00\x00\x00\x20ftypM4A \x00\x00')],
    ['AMR', bytes('#!AMR-WB\n')],
    ['DSS', bytes('\x02dss\x00')],
    ['DS2, which is refused with its name', bytes('\x03ds2\x00')],
    ['Matroska', bytes('\x1a\x45\xdf\xa3\x01')],
    ['a speech corpus', bytes('NIST_1A\n   1024\n')],
  ])('%s is one', (_, head) => {
    expect(looksLikeMedia(head)).toBe(true);
  });
});

test('sound without a header is whatever is neither text nor a drawing', () => {
  expect(mayBeHeaderless(Buffer.alloc(4096, 0xd5))).toBe(true);
  expect(mayBeHeaderless(Buffer.alloc(4096, 0x55))).toBe(true);
  expect(mayBeHeaderless(Buffer.alloc(4096))).toBe(true);
  expect(mayBeHeaderless(bytes('\r\nMicrosoft Visual Studio Solution File'))).toBe(false);
  expect(mayBeHeaderless(bytes('VOX \x96\x00\x00\x00'))).toBe(false);
});
