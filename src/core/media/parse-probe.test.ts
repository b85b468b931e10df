import { describe, expect, test } from 'vitest';
import { channelCount, mentionsAudio, parseProbe } from './parse-probe.ts';

const VERSION_4 = `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from '/proc/self/fd/3':
  Metadata:
    title           : The file's own title
  Duration: 01:02:03.45, start: 0.000000, bitrate: 78 kb/s
    Stream #0:0(und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 320x180, 20 kb/s, 10 fps (default)
    Metadata:
      handler_name    : VideoHandler
    Stream #0:1(spa): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, 5.1(side), fltp, 70 kb/s (default)
    Metadata:
      title           : Witness
At least one output file must be specified
`;

const VERSION_8 = `Input #0, matroska,webm, from '/proc/self/fd/3':
  Duration: N/A, start: 0.000000, bitrate: N/A
  Stream #0:0[0x1](eng): Audio: opus, 48000 Hz, stereo, fltp, start 0.007000 (default)
    Metadata:
      title           : Stream #0:9: Audio: mp3, 8000 Hz, mono
                      : Stream #0:8: Audio: mp3, 8000 Hz, mono
  Stream #0:1: Audio: none, 0 channels
  Stream #0:2[0x3]: Video: mjpeg, yuvj420p, 600x600, 90k tbr (attached pic)
`;

describe('parseProbe', () => {
  test('reads what ffmpeg 4 prints', () => {
    expect(parseProbe(VERSION_4)).toEqual({
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      claimedDurationMs: 3_723_450,
      tracks: [
        { index: 1, codec: 'aac', channels: 6, sampleRate: 44_100, language: 'spa', title: 'Witness' },
      ],
      hasVideo: true,
      assumed: null,
    });
  });

  test('reads what ffmpeg 8 prints; a cover is no video, and a title cannot pose as a stream', () => {
    const facts = parseProbe(VERSION_8);
    expect(facts).toMatchObject({ claimedDurationMs: null, hasVideo: false });
    expect(facts?.tracks.map(({ index, channels, language }) => ({ index, channels, language }))).toEqual([
      { index: 0, channels: 2, language: 'eng' },
    ]);
  });

  test.each([
    ['matroska,webm', '00:02:04.00, start: 90.000000', { claimedDurationMs: 124_000, startMs: 90_000 }],
    ['ogg', '00:02:04.00, start: 90.000000', { claimedDurationMs: 124_000, startMs: 90_000 }],
    // An encoder's priming delay.
    ['matroska,webm', '00:00:34.00, start: 0.023000', { claimedDurationMs: 34_000 }],
    ['mov,mp4,m4a,3gp,3g2,mj2', '00:00:34.00, start: -0.064000', { claimedDurationMs: 34_000 }],
    // Broadcasts begin at any time; this value is a duration.
    ['mpegts', '00:00:34.00, start: 7201.400000', { claimedDurationMs: 34_000 }],
    // A time of day, or the time since a broadcast began.
    ['matroska,webm', '30:00:34.00, start: 108000.000000', { claimedDurationMs: 34_000 }],
    // A recording this long has no silence before it.
    ['matroska,webm', '23:00:00.00, start: 36000.000000', { claimedDurationMs: 46_800_000 }],
    ['matroska,webm', 'N/A, start: 5.000000', { claimedDurationMs: null, startMs: 5000 }],
  ])('knows where on its clock a recording begins: %s, %s', (container, times, expected) => {
    const log = `Input #0, ${container}, from '/proc/self/fd/3':\n  Duration: ${times}, bitrate: 8 kb/s\n`;
    expect(parseProbe(log)).toEqual({ container, assumed: null, tracks: [], hasVideo: false, ...expected });
  });

  test('null where ffmpeg could not open the file', () => {
    expect(parseProbe('/proc/self/fd/3: Invalid data found when processing input\n')).toBeNull();
  });

  test('an audio stream that nothing can decode is still one', () => {
    expect(mentionsAudio('  Stream #0:0: Audio: none (xxxx / 0x78787878), 8000 Hz, 1 channels\n')).toBe(true);
    expect(mentionsAudio('  Stream #0:0: Video: h264\n')).toBe(false);
  });
});

test.each([
  ['mono', 1],
  ['stereo', 2],
  ['2.1', 3],
  ['5.1(side)', 6],
  ['7.1.4', 12],
  ['quad(side)', 4],
  ['hexagonal', 6],
  ['3 channels', 3],
  ['2 channels (FL+FC)', 2],
  ['FL+FR+LFE', 3],
  ['ambisonic 1', 4],
  ['ambisonic 1+stereo', 6],
  ['hexadecagonal', 16],
  ['22.2', 24],
  ['7.1(wide-side)', 8],
  ['0 channels', 0],
])('the layout %s has %i channels', (layout, channels) => {
  expect(channelCount(layout)).toBe(channels);
});
