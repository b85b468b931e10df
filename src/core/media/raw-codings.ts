import type { AssumedReading } from '../../contract/recording.ts';

/** How ffmpeg reads samples that have no header. */
export interface RawReading {
  readonly demuxer: string;
  /** ffmpeg's options of the input, besides the rate. */
  readonly options: readonly string[];
  /** The rate is the demuxer's own. */
  readonly fixedRate?: true;
  /** What the demuxer expects before the samples. */
  readonly head?: string;
}

/** Every coding by its name in `AssumedReading`. */
export const RAW_READINGS: Readonly<Record<AssumedReading['coding'], RawReading>> = {
  aac: { demuxer: 'aac', options: [], fixedRate: true },
  amrnb: { demuxer: 'amr', options: [], fixedRate: true, head: '#!AMR\n' },
  amrwb: { demuxer: 'amr', options: [], fixedRate: true, head: '#!AMR-WB\n' },
  mulaw: { demuxer: 'mulaw', options: [] },
  alaw: { demuxer: 'alaw', options: [] },
  s16le: { demuxer: 's16le', options: [] },
  s16be: { demuxer: 's16be', options: [] },
  s24le: { demuxer: 's24le', options: [] },
  s24be: { demuxer: 's24be', options: [] },
  // ffmpeg has the decoder, but no demuxer: any that passes the bytes unchanged will do.
  vox: { demuxer: 'mulaw', options: ['-c:a', 'adpcm_ima_oki'] },
  gsm: { demuxer: 'gsm', options: [], fixedRate: true },
  g722: { demuxer: 'g722', options: [], fixedRate: true },
  g723: { demuxer: 'g723_1', options: [], fixedRate: true },
  g726: { demuxer: 'g726le', options: [], fixedRate: true },
  'g726-16': { demuxer: 'g726le', options: ['-code_size', '2'], fixedRate: true },
  'g726-24': { demuxer: 'g726le', options: ['-code_size', '3'], fixedRate: true },
  'g726-40': { demuxer: 'g726le', options: ['-code_size', '5'], fixedRate: true },
  g729: { demuxer: 'g729', options: [], fixedRate: true },
  ilbc: { demuxer: 'ilbc', options: [], fixedRate: true, head: '#!iLBC30\n' },
};

/** Audio without a header, by its extension. */
export interface RawSound {
  readonly coding: AssumedReading['coding'];
  readonly sampleRate: number;
}

function raw(coding: AssumedReading['coding'], sampleRate: number): RawSound {
  return { coding, sampleRate };
}

/**
 * Telephone systems' extensions of headerless audio; always one channel. From Asterisk's format_pcm.c, format_sln.c,
 * format_vox.c and similar, FreeSWITCH's mod_sndfile.c and Dialogic's file formats.
 */
export const RAW_ENDINGS: ReadonlyMap<string, RawSound> = new Map([
  ...['.ulaw', '.ul', '.mu', '.ulw', '.mulaw', '.pcmu', '.pcm'].map(
    (ending) => [ending, raw('mulaw', 8_000)] as const,
  ),
  ...['.alaw', '.al', '.alw', '.pcma'].map((ending) => [ending, raw('alaw', 8_000)] as const),
  ...['.sln', '.slin', '.raw', '.r8'].map((ending) => [ending, raw('s16le', 8_000)] as const),
  ['.sln12', raw('s16le', 12_000)],
  ['.sln16', raw('s16le', 16_000)],
  ['.slin16', raw('s16le', 16_000)],
  ['.r16', raw('s16le', 16_000)],
  ['.sln24', raw('s16le', 24_000)],
  ['.sln32', raw('s16le', 32_000)],
  ['.sln44', raw('s16le', 44_100)],
  ['.sln48', raw('s16le', 48_000)],
  ['.sln96', raw('s16le', 96_000)],
  ['.sln192', raw('s16le', 192_000)],
  ['.vox', raw('vox', 8_000)],
  ['.vox8', raw('vox', 8_000)],
  ['.vox6', raw('vox', 6_000)],
  ['.gsm', raw('gsm', 8_000)],
  ['.g722', raw('g722', 16_000)],
  ['.g723', raw('g723', 8_000)],
  ['.g723sf', raw('g723', 8_000)],
  ['.g726', raw('g726', 8_000)],
  ['.g726-32', raw('g726', 8_000)],
  ['.g726-16', raw('g726-16', 8_000)],
  ['.g726-24', raw('g726-24', 8_000)],
  ['.g726-40', raw('g726-40', 8_000)],
  ['.g729', raw('g729', 8_000)],
  ['.ilbc', raw('ilbc', 8_000)],
]);
