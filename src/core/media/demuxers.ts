/**
 * ffmpeg's names of the containers that a source may be in. Each contains its audio; any that can redirect
 * to another file or host (hls, dash, concat, sdp, imf, image sequences, scripts) is excluded on purpose; a name that
 * one build of ffmpeg does not know is harmless there.
 */
// biome-ignore format: grouped by what they hold
export const SELF_CONTAINED_DEMUXERS = [
  // everyday sound
  'wav', 'w64', 'mp3', 'aac', 'flac', 'ogg', 'aiff', 'caf', 'au', 'ac3', 'eac3', 'wv', 'ape', 'tta', 'tak',
  'mpc', 'mpc8', 'shn', 'dts', 'dtshd', 'truehd', 'mlp', 'loas', 'oma', 'aea', 'dsf', 'iff', 'xwma', 'spdif',
  // sound with pictures
  'mov', 'matroska', 'asf', 'asf_o', 'avi', 'flv', 'mpeg', 'mpegts', 'dv', 'mxf', 'gxf', 'lxf', 'nut', 'nuv', 'nsv',
  'rm', 'wtv', 'ivr',
  // dictation machines, telephones, radio and surveillance
  'amr', 'dss', 'act', 'qcp', 'ilbc', 'mmf', 'voc', 'vqf', 'codec2', 'bit', 'dhav', 'ifv',
  // research corpora and sound editors of old
  'nistsphere', 'ircam', 'avr', 'paf', 'pvf', 'sds', 'sox', 'hcom', 'rso',
] as const;

/**
 * Containers, as ffmpeg names them, that hold consecutive samples and no timestamps: nothing in them can begin late or
 * leave a gap. The decoder only counts, and counts wrongly if the sample rate changes.
 */
// biome-ignore format: as above
export const WITHOUT_CLOCK: readonly string[] = [
  'wav', 'w64', 'mp3', 'aac', 'flac', 'aiff', 'caf', 'au', 'ac3', 'eac3', 'wv', 'ape', 'tta', 'tak', 'mpc', 'mpc8', 'shn',
  'dts', 'dtshd', 'truehd', 'mlp', 'loas', 'amr', 'dss', 'voc',
];

/** Containers whose clock begins with the recording they are part of: a late start on it is a late start. */
export const WITH_CLOCK_FROM_ZERO: readonly string[] = [
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'ogg',
  'asf',
  'flv',
  'nut',
];
