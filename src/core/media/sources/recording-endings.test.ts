import { describe, expect, test } from 'vitest';
import { namedAs, RECORDING_ENDINGS } from './recording-endings.ts';

describe('what a name tells', () => {
  test.each(
    (
      '.qta .awb .weba .flv .mxf .vob .aifc .rf64 .m4r .3g2 .mka .m4p .f4v .f4a .mpga .tod .dv .wtv .bwf .wave .sph ' +
      '.nist .qcp .au .dss .ds2 .amrwb .caff .oma .aa3 .tak .tta .shn .eac3 .mj2 ' +
      '.wav .mp3 .m4a .ogg .opus .wma .dav .dvf'
    ).split(' '),
  )('%s is a recording', (ending) => {
    expect(RECORDING_ENDINGS.has(ending)).toBe(true);
    expect(namedAs(`hearing${ending}`)).toBe('recording');
  });

  test.each([
    'REC.WAV',
    'call.wav ',
    'call.wav. .',
    'call.mp3\u00a0',
    'TRACK1.WAV;1',
    'call.txt.wav',
    '.wav',
    'a.dvr-ms',
  ])('%j is one too', (name) => {
    expect(namedAs(name)).toBe('recording');
  });

  test.each(['.gsm', '.vox', '.g722', '.ulaw', '.alaw', '.sln'])('%s is sound without a header', (ending) => {
    expect(RECORDING_ENDINGS.has(ending)).toBe(true);
    expect(namedAs(`CALL${ending.toUpperCase()}`)).toBe('headerless');
  });

  test.each([
    'video.ts',
    'a.nut',
    'a.mpc',
    'MOV001.MOD',
    'go.mod',
    'x.dat',
    'sound.snd',
    'colours.act',
    'tree.dts',
  ])('of %s the content decides', (name) => {
    expect(namedAs(name)).toBe('unclear');
    expect(RECORDING_ENDINGS.has(/\.\w+$/.exec(name.toLowerCase())?.[0] ?? '')).toBe(true);
  });

  test.each(['REC0001', 'Hearing of 3.11.2026', 'Dr. Smith at 9.30', 'dictation.001', ''])(
    'there is no ending in %j',
    (name) => {
      expect(namedAs(name)).toBe('unclear');
    },
  );

  test.each([
    'notes.txt',
    'call.wav.txt',
    'plan.PDF',
    'call.wav.bak',
    'list.m3u',
    'archive.7z',
    'film.mp4.crdownload',
    'call.wav~',
  ])('%s is something else', (name) => {
    expect(namedAs(name)).toBe('other');
  });
});
