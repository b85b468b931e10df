/** How a recording without headers was read. The sentences follow a file's name and a colon. */
export const readings = {
  ending:
    'read as {{coding}}, {{kilohertz, number}} kHz, because of its ending {{by}}, for the file itself does not say. If it sounds like noise, or too fast or slow, the text is worthless: ask for the recording as WAV.',
  lostIndex:
    'the recorder stopped before it wrote the index, so the sound was recovered without it, as {{coding}}, {{kilohertz, number}} kHz, {{channels}}, which is usual. If it sounds too fast or slow, the times in the text are off. Keep the original file.',
  lostIndex_like:
    'the recorder stopped before it wrote the index, so the sound was recovered without it, as {{coding}}, {{kilohertz, number}} kHz, {{channels}}, like “{{by}}”. If it sounds too fast or slow, the times in the text are off. Keep the original file.',
  channels_one: 'one channel',
  channels_other: '{{count}} channels',
  /** Display names of codings. */
  codings: {
    aac: 'AAC',
    amrnb: 'AMR',
    amrwb: 'AMR-WB',
    vox: 'Dialogic ADPCM (VOX)',
    gsm: 'GSM 06.10',
    g722: 'G.722',
    g723: 'G.723.1',
    g726: 'G.726 (32 kbit/s)',
    'g726-16': 'G.726 (16 kbit/s)',
    'g726-24': 'G.726 (24 kbit/s)',
    'g726-40': 'G.726 (40 kbit/s)',
    g729: 'G.729',
    ilbc: 'iLBC',
    mulaw: 'G.711 µ-law',
    alaw: 'G.711 A-law',
    s16le: '16-bit PCM',
    s16be: '16-bit PCM',
    s24le: '24-bit PCM',
    s24be: '24-bit PCM',
  },
} as const;
