import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnglishSpelling, SpellingLanguage } from '../../contract/editor-tools.ts';
import { packagedFolder, programFolder } from '../folders.ts';

/** A Hunspell dictionary that is shipped: American or British English, or Spanish. */
export type DictionaryName = 'en' | 'en-gb' | 'es';

/** The two files of a Hunspell dictionary: affix rules and words. */
export interface DictionaryFiles {
  readonly aff: Uint8Array<ArrayBuffer>;
  readonly dic: Uint8Array<ArrayBuffer>;
}

/** The dictionary of a language. */
export function dictionaryOf(language: SpellingLanguage, english: EnglishSpelling): DictionaryName {
  return language === 'en' && english === 'gb' ? 'en-gb' : language;
}

/** Reads a dictionary: in a packaged app from its resources, else from the package `dictionary-<name>`. */
export async function readDictionary(name: DictionaryName): Promise<DictionaryFiles> {
  const packaged = packagedFolder('dictionaries');
  const folder =
    packaged === null
      ? join(programFolder(), 'node_modules', `dictionary-${name}`)
      : join(packaged, `dictionary-${name}`);
  const [aff, dic] = await Promise.all(
    ['aff', 'dic'].map((ending) => readFile(join(folder, `index.${ending}`))),
  );
  // Of their own memory, so that a thread can be given them.
  return { aff: new Uint8Array(aff as Uint8Array), dic: new Uint8Array(dic as Uint8Array) };
}
