import { describe, expect, test } from 'vitest';
import { sniff } from './sniff.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('sniff', () => {
  test.each([
    ['HLS', '#EXTM3U\n#EXT-X-VERSION:3\n'],
    ['HLS behind blanks and a byte order mark', '\uFEFF\n #extm3u\n'],
    ['ffconcat', "ffconcat version 1.0\nfile 'secret.wav'\n"],
    ['PLS', '[playlist]\nFile1=http://example.org/\n'],
    ['ASX', '<ASX version="3.0"><entry/></ASX>'],
    ['XSPF', '<?xml version="1.0"?>\n<!-- a\nlist -->\n<playlist version="1">'],
    ['DASH', '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">'],
    ['SMIL', '<smil><body/></smil>'],
    ['SDP', 'v=0\no=- 0 0 IN IP4 127.0.0.1\n'],
    ['SDP in the middle of lines', 's=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n'],
  ])('%s is a playlist', (_, text) => {
    expect(sniff(Buffer.from(text, 'utf8'))).toBe('playlist');
  });

  test.each([
    ['plain text', bytes('Dear Sirs,\r\nthe hearing began at nine.\n')],
    ['UTF-8, cut inside a character', Buffer.from('Grüße aus Köln '.repeat(400), 'utf8').subarray(0, 3)],
    ['Latin-1', bytes('Gr\xfc\xdfe aus K\xf6ln, sehr geehrte Damen und Herren')],
    ['UTF-16', Buffer.from('\uFEFFProtokoll der Sitzung', 'utf16le')],
    ['Chinese', Buffer.from('庭审记录，第一页。', 'utf8')],
    ['HTML', bytes('<!DOCTYPE html><html></html>')],
    ['JSON', bytes('{"a": 1}')],
    ['subtitles', bytes('1\n00:00:01,000 --> 00:00:02,000\nHello\n')],
  ])('%s is text', (_, content) => {
    expect(sniff(content)).toBe('text');
  });

  test('dictations of the second kind are known by their first bytes', () => {
    expect(sniff(bytes('\x03ds2\x00\x01'))).toBe('ds2');
    expect(sniff(bytes('\x03enc\x00\x01'))).toBe('ds2');
    expect(sniff(bytes('\x02dss\x00\x01'))).toBe('binary');
  });

  test.each([
    ['AMR', bytes('#!AMR\n')],
    ['a speech corpus', bytes('NIST_1A\n   1024\nchannel_count -i 1\nend_head\n')],
    ['MP3', bytes('\xff\xfe\x90\x00\x00\x00\x01\x02')],
    ['WAV', bytes('RIFF\x00\x01\x00\x00WAVEfmt ')],
    ['garbage', bytes('\x00\x01\x02\x80\x90')],
  ])('%s may be media', (_, content) => {
    expect(sniff(content)).toBe('binary');
  });
});
