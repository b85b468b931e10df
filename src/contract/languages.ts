import { LOCALES, type Locale } from './locale.ts';

/**
 * The languages that Whisper was trained on, by its codes and English names, in its order (`tokenizer.py` of
 * openai/whisper). Cantonese came with large-v3; earlier models have one language less.
 */
const WHISPER_LANGUAGES: Readonly<Record<string, string>> = {
  en: 'english',
  zh: 'chinese',
  de: 'german',
  es: 'spanish',
  ru: 'russian',
  ko: 'korean',
  fr: 'french',
  ja: 'japanese',
  pt: 'portuguese',
  tr: 'turkish',
  pl: 'polish',
  ca: 'catalan',
  nl: 'dutch',
  ar: 'arabic',
  sv: 'swedish',
  it: 'italian',
  id: 'indonesian',
  hi: 'hindi',
  fi: 'finnish',
  vi: 'vietnamese',
  he: 'hebrew',
  uk: 'ukrainian',
  el: 'greek',
  ms: 'malay',
  cs: 'czech',
  ro: 'romanian',
  da: 'danish',
  hu: 'hungarian',
  ta: 'tamil',
  no: 'norwegian',
  th: 'thai',
  ur: 'urdu',
  hr: 'croatian',
  bg: 'bulgarian',
  lt: 'lithuanian',
  la: 'latin',
  mi: 'maori',
  ml: 'malayalam',
  cy: 'welsh',
  sk: 'slovak',
  te: 'telugu',
  fa: 'persian',
  lv: 'latvian',
  bn: 'bengali',
  sr: 'serbian',
  az: 'azerbaijani',
  sl: 'slovenian',
  kn: 'kannada',
  et: 'estonian',
  mk: 'macedonian',
  br: 'breton',
  eu: 'basque',
  is: 'icelandic',
  hy: 'armenian',
  ne: 'nepali',
  mn: 'mongolian',
  bs: 'bosnian',
  kk: 'kazakh',
  sq: 'albanian',
  sw: 'swahili',
  gl: 'galician',
  mr: 'marathi',
  pa: 'punjabi',
  si: 'sinhala',
  km: 'khmer',
  sn: 'shona',
  yo: 'yoruba',
  so: 'somali',
  af: 'afrikaans',
  oc: 'occitan',
  ka: 'georgian',
  be: 'belarusian',
  tg: 'tajik',
  sd: 'sindhi',
  gu: 'gujarati',
  am: 'amharic',
  yi: 'yiddish',
  lo: 'lao',
  uz: 'uzbek',
  fo: 'faroese',
  ht: 'haitian creole',
  ps: 'pashto',
  tk: 'turkmen',
  nn: 'nynorsk',
  mt: 'maltese',
  sa: 'sanskrit',
  lb: 'luxembourgish',
  my: 'myanmar',
  bo: 'tibetan',
  tl: 'tagalog',
  mg: 'malagasy',
  as: 'assamese',
  tt: 'tatar',
  haw: 'hawaiian',
  ln: 'lingala',
  ha: 'hausa',
  ba: 'bashkir',
  jw: 'javanese',
  su: 'sundanese',
  yue: 'cantonese',
};

/** Other programs' codes for languages that Whisper codes differently. */
const OTHER_CODES: ReadonlyMap<string, string> = new Map([
  ['jv', 'jw'],
  ['nb', 'no'],
  ['iw', 'he'],
  ['fil', 'tl'],
]);

/** Every language code that speech models accept. */
export const LANGUAGE_CODES: readonly string[] = Object.keys(WHISPER_LANGUAGES);

/**
 * Parses a language: `auto`, `mixed`, a code, or a name in a language of the app (`german`, `Español`), ignoring case
 * and accents. Returns the choice for a job, or null for a language unknown to Whisper.
 */
export function languageChoice(text: string): string | null {
  const wanted = folded(text);
  if (wanted === 'auto' || wanted === 'mixed' || LANGUAGE_CODES.includes(wanted)) return wanted;
  const otherCode = OTHER_CODES.get(wanted);
  if (otherCode !== undefined) return otherCode;
  const isNamed = (code: string) => [WHISPER_LANGUAGES[code] ?? '', ...displayNames(code)].includes(wanted);
  return LANGUAGE_CODES.find(isNamed) ?? null;
}

/** A language's name in the user's language, e.g. `English` or `inglés`. */
export function languageName(code: string, locale: Locale): string {
  // Whisper's code for Javanese is non-standard.
  return new Intl.DisplayNames([locale], { type: 'language' }).of(code === 'jw' ? 'jv' : code) ?? code;
}

function displayNames(code: string): string[] {
  return LOCALES.map((locale) => folded(languageName(code, locale)));
}

function folded(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
