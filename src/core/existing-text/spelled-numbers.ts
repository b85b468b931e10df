/** What a number word adds, or what it multiplies what stands before it by. */
type NumberWord = { readonly add: number } | { readonly times: number };

const ENGLISH_UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const ENGLISH_ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth';
const SPANISH_UNITS =
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve';
const GERMAN_UNITS =
  'null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn';
const GERMAN_TENS = 'zwanzig dreißig vierzig funfzig sechzig siebzig achtzig neunzig';
const FRENCH_UNITS =
  'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize';

/** The number words of a language, without accents, and the word that may stand within a number. */
interface NumberLanguage {
  readonly words: ReadonlyMap<string, NumberWord>;
  readonly joint: string | null;
}

const LANGUAGES: Readonly<Record<string, NumberLanguage>> = {
  en: {
    joint: 'and',
    words: new Map<string, NumberWord>([
      ...counted(ENGLISH_UNITS, 0, 1),
      ...counted(ENGLISH_ORDINALS, 0, 1),
      ...counted('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
      ...counted('twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth', 20, 10),
      ['hundred', { times: 100 }],
      ['thousand', { times: 1000 }],
      ['million', { times: 1_000_000 }],
    ]),
  },
  es: {
    joint: 'y',
    words: new Map<string, NumberWord>([
      ...counted(SPANISH_UNITS, 0, 1),
      ['un', { add: 1 }],
      ['una', { add: 1 }],
      ...counted('treinta cuarenta cincuenta sesenta setenta ochenta noventa', 30, 10),
      ['cien', { add: 100 }],
      ...counted(
        'ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos',
        100,
        100,
      ),
      ['mil', { times: 1000 }],
      ['millon', { times: 1_000_000 }],
      ['millones', { times: 1_000_000 }],
    ]),
  },
  de: { joint: null, words: germanWords() },
  fr: {
    joint: 'et',
    words: new Map<string, NumberWord>([
      ...counted(FRENCH_UNITS, 0, 1),
      ['une', { add: 1 }],
      ...counted('vingt trente quarante cinquante soixante', 20, 10),
      ['vingts', { add: 20 }],
      ['cent', { times: 100 }],
      ['cents', { times: 100 }],
      ['mille', { times: 1000 }],
    ]),
  },
};

function counted(words: string, from: number, step: number): [string, NumberWord][] {
  return words.split(' ').map((word, index) => [word, { add: from + index * step }]);
}

/** German writes numbers below a hundred, and hundreds, as one word each. */
function germanWords(): Map<string, NumberWord> {
  const units = GERMAN_UNITS.split(' ');
  const belowHundred = new Map<string, number>(units.map((word, value) => [word, value]));
  GERMAN_TENS.split(' ').forEach((tens, index) => {
    belowHundred.set(tens, 20 + index * 10);
    units.slice(1, 10).forEach((unit, ones) => {
      belowHundred.set(`${unit}und${tens}`, 20 + index * 10 + ones + 1);
    });
  });
  const words = new Map<string, NumberWord>([...belowHundred].map(([word, add]) => [word, { add }]));
  for (const article of ['eins', 'eine', 'einen', 'einem', 'einer', 'eines']) words.set(article, { add: 1 });
  for (const [hundreds, value] of [
    ['', 1] as const,
    ...units.slice(1, 10).map((unit, at) => [unit, at + 1] as const),
  ]) {
    words.set(`${hundreds}hundert`, { add: value * 100 });
    for (const [word, rest] of belowHundred) {
      if (rest > 0) words.set(`${hundreds}hundert${word}`, { add: value * 100 + rest });
    }
  }
  words.set('tausend', { times: 1000 });
  words.set('million', { times: 1_000_000 });
  words.set('millionen', { times: 1_000_000 });
  return words;
}

/** A number that is written in words: its value, and how many words it takes. */
export interface SpelledNumber {
  readonly value: number;
  readonly length: number;
}

/**
 * The number that begins at a word, as English, Spanish, German and French write numbers in words; null if there is none, and
 * in other languages. Words are given in lower case, without accents and punctuation.
 */
export function spelledNumberAt(
  words: readonly string[],
  at: number,
  language: string,
): SpelledNumber | null {
  const known = LANGUAGES[language];
  if (known === undefined) return null;
  const first = plainNumberAt(words, at, known);
  if (first === null || language !== 'en' || first.value < 11 || first.value > 20) return first;
  // A year in two halves: "nineteen eighty four".
  const second = plainNumberAt(words, at + first.length, known);
  if (second === null || second.value < 10 || second.value > 99) return first;
  return { value: first.value * 100 + second.value, length: first.length + second.length };
}

function plainNumberAt(words: readonly string[], at: number, { words: known, joint }: NumberLanguage) {
  let thousands = 0;
  let current = 0;
  /** What was added last: only what is smaller can follow it. */
  let room = Number.POSITIVE_INFINITY;
  let length = 0;
  for (let index = at; index < words.length; index += 1) {
    const isJoint = length > 0 && words[index] === joint;
    const word = known.get(words[isJoint ? index + 1 : index] ?? '');
    if (word === undefined) break;
    if ('times' in word) {
      if (isJoint || (length > 0 && current === 0)) break;
      const factor = Math.max(1, current);
      if (word.times === 100) current = factor * 100;
      else {
        thousands += factor * word.times;
        current = 0;
      }
      room = word.times;
    } else {
      const isFrenchScore = current % 100 === 4 && word.add === 20 && joint === 'et';
      if (isFrenchScore) current += 76;
      else if (word.add < room) current += word.add;
      else break;
      room = roomAfter(isFrenchScore ? 80 : word.add, joint === 'et');
    }
    length = index + (isJoint ? 2 : 1) - at;
    if (isJoint) index += 1;
  }
  return length === 0 ? null : { value: thousands + current, length };
}

/** What may be added to a number after this: ones after tens, all below a hundred after hundreds; in French teens after 60 and 80. */
function roomAfter(added: number, isFrench: boolean): number {
  if (added >= 100) return 100;
  if (isFrench && (added === 60 || added === 80)) return 20;
  if (isFrench && added === 10) return 10;
  return added >= 20 && added % 10 === 0 ? 10 : 0;
}
