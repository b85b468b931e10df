/** What a clean version leaves out in a language, in small letters. */
export interface CleanWords {
  /** Sounds of hesitation. Sounds that answer, as `mhm` or `uh-huh`, are words. */
  readonly fillers: ReadonlySet<string>;
  /** Words that are meant when they are said twice: answers, emphasis, numbers, and those that grammar doubles. */
  readonly doubled: ReadonlySet<string>;
  /** Words of one letter; other single letters are spelt. */
  readonly letters: ReadonlySet<string>;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' ').filter((word) => word !== ''));
}

function cleanWords(fillers: string, doubled: string, letters: string): CleanWords {
  return { fillers: words(fillers), doubled: words(doubled), letters: words(letters) };
}

/** The lists of each language, by its code; a text in any other language is left as it is. */
export const CLEAN_WORDS: ReadonlyMap<string, CleanWords> = new Map([
  [
    'en',
    cleanWords(
      'um umm uh uhh uhm er erm ehm',
      `no yes yeah nope okay ok right very really so too had that is do bye now there well ha hey please never many much far
       long more again zero oh one two three four five six seven eight nine ten hundred thousand`,
      'i a',
    ),
  ],
  [
    'es',
    cleanWords(
      'eh ehm em mmm',
      `no sí ya muy bien nos casi bueno poco tan así luego nunca más claro adiós vale cero uno dos tres cuatro cinco seis
       siete ocho nueve diez cien mil`,
      'a e o u y',
    ),
  ],
  [
    'de',
    cleanWords(
      'äh ähm ähh öh öhm',
      `nein ja doch sehr so die der das sie viel mehr immer nie null eins zwei drei vier fünf sechs sieben acht neun zehn
       hundert tausend`,
      '',
    ),
  ],
  [
    'fr',
    cleanWords(
      'euh heu euhm',
      `non oui si très nous vous bien plus jamais zéro un deux trois quatre cinq six sept huit neuf dix cent mille`,
      'a à y',
    ),
  ],
  [
    'it',
    cleanWords(
      'ehm uhm',
      `no sì molto bene piano via così mai più zero uno due tre quattro cinque sei sette otto nove dieci cento mille`,
      'a e i o',
    ),
  ],
  [
    'pt',
    cleanWords(
      'ehm hum hã ahn',
      `não sim muito bem já mais nunca zero um dois três quatro cinco seis meia sete oito nove dez cem mil`,
      'a e o à',
    ),
  ],
]);
