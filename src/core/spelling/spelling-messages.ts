import type { DictionaryFiles, DictionaryName } from './dictionaries.ts';

/** A request to the spelling thread; each is answered with its number, in order. */
export type SpellingRequest =
  | {
      readonly id: number;
      readonly type: 'load';
      readonly name: DictionaryName;
      readonly files: DictionaryFiles;
    }
  | {
      readonly id: number;
      readonly type: 'misspelled';
      readonly name: DictionaryName;
      readonly words: readonly string[];
    }
  | { readonly id: number; readonly type: 'suggest'; readonly name: DictionaryName; readonly word: string };

/** An answer: the words asked for; null after a failure. */
export interface SpellingReply {
  readonly id: number;
  readonly words: readonly string[] | null;
}
