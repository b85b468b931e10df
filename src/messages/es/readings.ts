import type { readings as english } from '../en/readings.ts';
import type { Translation } from '../translation.ts';

/** Cómo se leyó una grabación sin cabecera. Las frases siguen al nombre de un archivo y dos puntos. */
export const readings: Translation<typeof english> = {
  ending:
    'leído como {{coding}}, {{kilohertz, number}} kHz, por su extensión {{by}}, porque el archivo mismo no lo dice. Si suena a ruido, o demasiado rápido o lento, el texto no vale: pida la grabación en WAV.',
  lostIndex:
    'la grabadora se detuvo antes de escribir el índice, así que el sonido se recuperó sin él, como {{coding}}, {{kilohertz, number}} kHz, {{channels}}, lo habitual. Si suena demasiado rápido o lento, los tiempos del texto no son exactos. Conserve el archivo original.',
  lostIndex_like:
    'la grabadora se detuvo antes de escribir el índice, así que el sonido se recuperó sin él, como {{coding}}, {{kilohertz, number}} kHz, {{channels}}, igual que «{{by}}». Si suena demasiado rápido o lento, los tiempos del texto no son exactos. Conserve el archivo original.',
  channels_one: 'un canal',
  channels_many: '{{count}} canales',
  channels_other: '{{count}} canales',
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
    mulaw: 'G.711 ley µ',
    alaw: 'G.711 ley A',
    s16le: 'PCM de 16 bits',
    s16be: 'PCM de 16 bits',
    s24le: 'PCM de 24 bits',
    s24be: 'PCM de 24 bits',
  },
};
