import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../contract/locale.ts';
import { OFFICE, PROGRAM, SHARED, WINDOW } from './catalogues.ts';

type Texts = { readonly [key: string]: string | Texts };

/** Plural categories of Unicode CLDR. */
const PLURAL_FORM = /^(.+)_(zero|one|two|few|many|other)$/;

/** A text that differs in every language, unlike a name or a unit. */
const SENTENCE = /(\p{Ll}{2,}\s+){2}\p{Ll}{2,}/u;

/** All messages of a language, by key. */
function textsOf(catalogue: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : [...textsOf(value, `${prefix}${key}.`)],
    ),
  );
}

/** The keys that a language must have, by those of another: each plural in the forms that this language has. */
function keysFor(locale: string, original: ReadonlyMap<string, string>): Set<string> {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  return new Set(
    [...original.keys()].flatMap((key) => {
      const base = PLURAL_FORM.exec(key)?.[1];
      return base === undefined ? [key] : forms.map((form) => `${base}_${form}`);
    }),
  );
}

/** The variables of a text, each with its format: `size, bytes`. */
function variablesOf(text: string): string[] {
  return [...text.matchAll(/\{\{(.+?)\}\}/g)].map(([, variable = '']) => variable).toSorted();
}

/** Whether a text may spell out a number, as its plural form is for that number alone. */
function isSpelledOut(key: string, variable: string): boolean {
  return variable === 'count' && /_(zero|one|two)$/.test(key);
}

/** The texts of another language that a text translates: one, or, for a plural, all its forms. */
function originalsOf(key: string, original: ReadonlyMap<string, string>): string[] {
  const base = PLURAL_FORM.exec(key)?.[1];
  const isSame = (other: string) =>
    base === undefined ? other === key : PLURAL_FORM.exec(other)?.[1] === base;
  return [...original].filter(([other]) => isSame(other)).map(([, text]) => text);
}

/** Whether both begin and end with the same spaces: a question ends with one, if the answer is typed behind it. */
function sameBlanks(text: string, other: string): boolean {
  const [blanks, others] = [text, other].map((one) => one.match(/^\s+|\s+$/g)?.join('|') ?? '');
  return blanks === others;
}

/**
 * Faults of a translation, one line each. A plural form may omit a value that one of the original's omits.
 */
function faultsOf(locale: string, original: Texts, translation: Texts): string[] {
  const originals = textsOf(original);
  const texts = textsOf(translation);
  const wanted = keysFor(locale, originals);
  const faults = [
    ...[...wanted].filter((key) => !texts.has(key)).map((key) => `${key} is missing`),
    ...[...texts.keys()].filter((key) => !wanted.has(key)).map((key) => `${key} is superfluous`),
  ];
  for (const [key, text] of texts) {
    const given = originalsOf(key, originals).map(variablesOf);
    const needed = (given[0] ?? []).filter(
      (variable) => given.every((others) => others.includes(variable)) && !isSpelledOut(key, variable),
    );
    if (/_(few|many|other)$/.test(key) && given.flat().includes('count')) needed.push('count');
    const has = variablesOf(text);
    const lacking = new Set(needed.filter((variable) => !has.includes(variable)));
    const unknown = new Set(has.filter((variable) => given.length > 0 && !given.flat().includes(variable)));
    faults.push(...[...lacking].map((variable) => `${key} lacks {{${variable}}}`));
    faults.push(...[...unknown].map((variable) => `${key} has {{${variable}}}, which it is not given`));
    const [reference = text] = originalsOf(key, originals);
    if (!sameBlanks(text, reference)) faults.push(`${key} has other blanks at its ends`);
    const isLeft = translation !== original && text === reference && SENTENCE.test(text);
    if (isLeft) faults.push(`${key} is not translated`);
    if (text.trim() === '') faults.push(`${key} is empty`);
    if (text.includes('$t(')) faults.push(`${key} refers to another text`);
  }
  return faults;
}

describe('the catalogue', () => {
  it('has a folder for each language, and a language for each folder', () => {
    const folders = readdirSync(join(import.meta.dirname), { withFileTypes: true });
    const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(names.toSorted()).toEqual([...LOCALES].toSorted());
  });

  it.each([...LOCALES])(
    'says everything in %s, in each of its plural forms, with the same values',
    (locale) => {
      expect(faultsOf(locale, PROGRAM.en, PROGRAM[locale])).toEqual([]);
      expect(faultsOf(locale, SHARED.en, SHARED[locale])).toEqual([]);
      expect(faultsOf(locale, WINDOW.en, WINDOW[locale])).toEqual([]);
      expect(faultsOf(locale, OFFICE.en, OFFICE[locale])).toEqual([]);
    },
  );
});

describe('the check of the catalogue', () => {
  const original = {
    files: { count_one: '{{count}} file', count_other: '{{count}} files' },
    size: 'It has {{size, bytes}}.',
    name: 'Name',
    hint: 'Look at the size.',
  };

  it('is content with a translation that has the forms of its language', () => {
    const polish = {
      count_one: '{{count}} plik',
      count_few: '{{count}} pliki',
      count_many: '{{count}} plików',
    };
    expect(
      faultsOf('pl', original, {
        files: { ...polish, count_other: '{{count}} pliku' },
        size: 'Ma {{size, bytes}}.',
        name: 'Nazwa',
        hint: 'Sprawdź rozmiar.',
      }),
    ).toEqual([]);
    const japanese = {
      files: { count_other: '{{count}} 件' },
      size: '{{size, bytes}}',
      name: '名前',
      hint: 'サイズを見て。',
    };
    expect(faultsOf('ja', original, japanese)).toEqual([]);
  });

  it('names each key that is missing or too many, each form, and each value that differs', () => {
    const faulty = {
      files: { count_one: '1 archivo', count_many: '{{count}} archivos', count_two: '{{count}}' },
      size: 'Tiene {{size}}.',
      hint: 'Look at the size.',
      nombre: 'Nombre',
    };
    expect(faultsOf('es', original, faulty).toSorted()).toEqual([
      'files.count_other is missing',
      'files.count_two is superfluous',
      'hint is not translated',
      'name is missing',
      'nombre is superfluous',
      'size has {{size}}, which it is not given',
      'size lacks {{size, bytes}}',
    ]);
  });
});
