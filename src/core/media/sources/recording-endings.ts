import { extname } from 'node:path';

import type { SELF_CONTAINED_DEMUXERS } from '../demuxers.ts';
import { RAW_ENDINGS } from '../raw-codings.ts';

/** Extensions of raw audio that photographs, programs and data have as often. */
const OF_OTHER_FILES_TOO = ['.raw', '.mu', '.al', '.ul', '.r8', '.r16'];

/** The extensions of each container: those that ffmpeg lists, and those that recorders write. */
const ENDINGS_OF_CONTAINERS: Readonly<Record<(typeof SELF_CONTAINED_DEMUXERS)[number], string>> = {
  wav: 'wav wave bwf bw64 rf64 at3',
  w64: 'w64',
  mp3: 'mp3 mp2 mp1 mpa mpga m1a m2a',
  aac: 'aac adts',
  flac: 'flac fla',
  ogg: 'ogg oga ogv ogx ogm opus spx',
  aiff: 'aif aiff aifc',
  caf: 'caf caff',
  au: 'au snd',
  ac3: 'ac3 a52',
  eac3: 'eac3 ec3',
  wv: 'wv',
  ape: 'ape',
  tta: 'tta',
  tak: 'tak',
  mpc: 'mpc mp+ mpp',
  mpc8: 'mpc',
  shn: 'shn',
  dts: 'dts',
  dtshd: 'dtshd dtsma',
  truehd: 'thd truehd',
  mlp: 'mlp',
  loas: 'loas latm',
  oma: 'oma omg aa3',
  aea: 'aea',
  dsf: 'dsf',
  iff: 'iff 8svx 16sv svx dff',
  xwma: 'xwma xwm',
  spdif: 'spdif',
  mov:
    'mp4 m4a m4b m4p m4r m4v mp4v mov qt qta 3gp 3gpp 3g2 3gp2 3gpp2 3ga k3g mj2 mjp2 f4v f4a f4b f4p ismv isma ' +
    'cmfa cmfv insv',
  matroska: 'mkv mka mk3d webm weba',
  asf: 'asf wma wmv wm dvr-ms',
  asf_o: 'asf',
  avi: 'avi divx amv',
  flv: 'flv',
  mpeg: 'mpg mpeg mpe m2p vob evo vro mod tod dat',
  mpegts: 'ts mts m2ts m2t trp tp rec vdr',
  dv: 'dv dif',
  mxf: 'mxf',
  gxf: 'gxf',
  lxf: 'lxf',
  nut: 'nut',
  nuv: 'nuv',
  nsv: 'nsv',
  rm: 'rm rmvb ra',
  wtv: 'wtv',
  ivr: 'ivr',
  amr: 'amr awb amrwb',
  dss: 'dss ds2',
  act: 'act',
  qcp: 'qcp',
  ilbc: 'ilbc lbc',
  mmf: 'mmf',
  voc: 'voc',
  vqf: 'vqf vql vqe',
  codec2: 'c2',
  bit: 'bit',
  dhav: 'dav',
  ifv: 'ifv',
  nistsphere: 'nist sph',
  ircam: 'ircam sf',
  avr: 'avr',
  paf: 'paf',
  pvf: 'pvf',
  sds: 'sds',
  sox: 'sox',
  hcom: 'hcom',
  rso: 'rso',
};

/** Audio without any header, as telephone systems store it: no first bytes identify it. */
const HEADERLESS = [...RAW_ENDINGS.keys()].filter((ending) => !OF_OTHER_FILES_TOO.includes(ending));
const HEADERLESS_ENDINGS = new Set(HEADERLESS);

/** Closed formats of dictation machines: no decoder reads them, and their users get an error for that. */
const CLOSED = 'dvf msv';

/**
 * Extensions of recordings that are mostly other files, from TypeScript (`.ts`) to colour tables (`.act`): found in a
 * folder, the first bytes of such a file decide.
 */
const MOSTLY_SOMETHING_ELSE = new Set(
  '.act .avr .bit .c2 .dat .dif .dts .fla .iff .lxf .mlp .mod .mpc .mpp .mts .nut .paf .pvf .rec .sds .sf .snd .sox .tp .ts .vdr .voc'.split(
    ' ',
  ),
);

/**
 * The extensions of recordings, in lower case with their dot: the only list of them, for folders, for dialogs and
 * for removal from a name. A file that the user names itself is tried whatever its extension.
 */
export const RECORDING_ENDINGS: ReadonlySet<string> = new Set([
  ...HEADERLESS,
  ...[...Object.values(ENDINGS_OF_CONTAINERS), CLOSED]
    .flatMap((endings) => endings.split(' '))
    .map((ending) => `.${ending}`),
]);

/**
 * A file's kind by its name:
 * - `recording`, `other`: what it is.
 * - `headerless`: audio that only its name identifies, or text, as Visual Studio's solutions (`.sln`).
 * - `unclear`: nothing reliable.
 */
export type NamedAs = 'recording' | 'headerless' | 'other' | 'unclear';

// `Hearing of 3.11.2026` and `Dr. Smith` have none: an extension has no spaces, and a letter in it.
const ENDING = /\.(?=[^.]*[a-z])[a-z0-9+_~-]{1,16}$/i;

/** What copying appends to an extension: whitespace, dots, and the version that names have on a CD. */
const BEHIND_THE_ENDING = /(;\d+)?[\s.]+$|;\d+$/;

/** Classifies a file by its name, in any case. */
export function namedAs(name: string): NamedAs {
  const ending = ENDING.exec(name.replace(BEHIND_THE_ENDING, ''))?.[0].toLowerCase();
  if (ending === undefined || MOSTLY_SOMETHING_ELSE.has(ending)) return 'unclear';
  if (HEADERLESS_ENDINGS.has(ending)) return 'headerless';
  return RECORDING_ENDINGS.has(ending) ? 'recording' : 'other';
}

/** A recording's name without its file extension. Names contain full stops too: `Hearing of 3.11.2026` has no extension. */
export function withoutEnding(name: string): string {
  const ending = extname(name);
  return RECORDING_ENDINGS.has(ending.toLowerCase()) ? name.slice(0, -ending.length) : name;
}
