import { isSpellingLanguage, type SpellingLanguage } from '../../../../src/contract/editor-tools.ts';
import { request } from '../../../lib/client.ts';
import { shownSuggestions, wordKey, wordKeys } from './spelled-words.ts';

/** Words of one request. */
const WORDS_A_REQUEST = 1000;

/** What is known of the spelling of words while a text is open: each word is looked up once. */
export class KnownSpelling {
  readonly #recordingId: string;
  readonly #verdicts = new Map<SpellingLanguage, Map<string, boolean>>();
  /** Words of the vault and the matter as they were entered, each apart. */
  #words: readonly string[] = [];
  #known = new Set<string>();
  readonly #skipped = new Set<string>();

  constructor(recordingId: string) {
    this.#recordingId = recordingId;
  }

  /** Reads the words of the vault and the matter. Throws AppErrors. */
  async load(): Promise<void> {
    const { own, matter } = await request('editorTools.knownWords', { recordingId: this.#recordingId });
    this.#words = [...own, ...matter].flatMap((entry) => entry.match(/[\p{L}\p{M}'’-]+/gu) ?? []);
    this.#known = new Set(this.#words.flatMap((word) => [...word.split('-'), word].map(wordKey)));
  }

  /** Forgets what the dictionaries said: another one counts. */
  forget(): void {
    this.#verdicts.clear();
  }

  /** Whether a word is misspelled; null if its language has no dictionary, or it was not looked up yet. */
  isMisspelled(word: string, language: string): boolean | null {
    if (!isSpellingLanguage(language)) return null;
    if (wordKeys(word).some((key) => this.#known.has(key) || this.#skipped.has(key))) return false;
    const verdict = this.#verdicts.get(language)?.get(word);
    return verdict ?? null;
  }

  /** Looks up those of the words that were not yet; returns whether there were any. Throws AppErrors. */
  async lookUp(words: Iterable<string>, language: string): Promise<boolean> {
    if (!isSpellingLanguage(language)) return false;
    const verdicts = this.#verdicts.get(language) ?? new Map<string, boolean>();
    this.#verdicts.set(language, verdicts);
    const unknown = [...new Set(words)].filter((word) => !verdicts.has(word));
    for (let at = 0; at < unknown.length; at += WORDS_A_REQUEST) {
      const asked = unknown.slice(at, at + WORDS_A_REQUEST);
      const misspelled = new Set(await request('editorTools.misspelled', { language, words: asked }));
      for (const word of asked) verdicts.set(word, misspelled.has(word));
    }
    return unknown.length > 0;
  }

  /** What a word may have been meant to be. Throws AppErrors. */
  async suggestions(word: string, language: string): Promise<string[]> {
    if (!isSpellingLanguage(language)) return [];
    return shownSuggestions(word, this.#words, await request('editorTools.suggestions', { language, word }));
  }

  /** Adds a word to the vault's. Throws AppErrors. */
  async add(word: string): Promise<void> {
    await request('editorTools.addWord', { word });
    this.#words = [...this.#words, word];
    this.#known.add(wordKey(word));
  }

  /** Takes a word as right while this text is open. */
  skip(word: string): void {
    this.#skipped.add(wordKey(word));
  }
}
