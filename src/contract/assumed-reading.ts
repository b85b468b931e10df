import type { AssumedReading } from './recording.ts';
import { showable } from './untrusted-text.ts';
import type { UserLanguage } from './user-language.ts';

type Names = Readonly<Record<AssumedReading['coding'], string>>;

const COMMON_NAMES = {
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
};

const NAMES: Readonly<Record<UserLanguage, Names>> = {
  en: {
    ...COMMON_NAMES,
    mulaw: 'G.711 µ-law',
    alaw: 'G.711 A-law',
    s16le: '16-bit PCM',
    s16be: '16-bit PCM',
    s24le: '24-bit PCM',
    s24be: '24-bit PCM',
  },
  es: {
    ...COMMON_NAMES,
    mulaw: 'G.711 ley µ',
    alaw: 'G.711 ley A',
    s16le: 'PCM de 16 bits',
    s16be: 'PCM de 16 bits',
    s24le: 'PCM de 24 bits',
    s24be: 'PCM de 24 bits',
  },
};

/** What people call a coding; a name that is not known as it is. */
export function codingName(coding: string, language: UserLanguage): string {
  const names: Readonly<Record<string, string>> = NAMES[language];
  return names[coding] ?? coding;
}

/**
 * Tells how a recording was read without a header, on what ground, and what to do if that was wrong: two or three sentences that
 * follow the file's name and a colon.
 */
export function assumedReadingText(assumed: AssumedReading, language: UserLanguage): string {
  const { because, channels } = assumed;
  const name = codingName(assumed.coding, language);
  const rate = (assumed.sampleRate / 1000).toLocaleString(language, { maximumFractionDigits: 3 });
  const by = assumed.by === null ? null : showable(assumed.by);
  if (language === 'es') {
    const how = `${name}, ${rate} kHz${because === 'lostIndex' ? `, ${channels === 1 ? 'un canal' : `${channels} canales`}` : ''}`;
    return because === 'ending'
      ? `leído como ${how}, por su extensión ${by ?? ''}, porque el archivo mismo no lo dice. Si suena a ruido, o demasiado rápido o lento, el texto no vale: pida la grabación en WAV.`
      : `la grabadora se detuvo antes de escribir el índice, así que el sonido se recuperó sin él, como ${how}, ${by === null ? 'lo habitual' : `igual que «${by}»`}. Si suena demasiado rápido o lento, los tiempos del texto no son exactos. Conserve el archivo original.`;
  }
  const how = `${name}, ${rate} kHz${because === 'lostIndex' ? `, ${channels === 1 ? 'one channel' : `${channels} channels`}` : ''}`;
  return because === 'ending'
    ? `read as ${how}, because of its ending ${by ?? ''}, for the file itself does not say. If it sounds like noise, or too fast or slow, the text is worthless: ask for the recording as WAV.`
    : `the recorder stopped before it wrote the index, so the sound was recovered without it, as ${how}, ${by === null ? 'which is usual' : `like “${by}”`}. If it sounds too fast or slow, the times in the text are off. Keep the original file.`;
}
