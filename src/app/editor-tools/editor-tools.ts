import {
  type EnglishSpelling,
  type KnownWords,
  MOST_OWN_WORDS,
  type RecordingSound,
  Snippets,
  SpelledWord,
  type SpellingLanguage,
} from '../../contract/editor-tools.ts';
import { AppError } from '../../contract/errors.ts';
import { z } from '../../contract/schema.ts';
import { TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import { dictionaryOf } from '../../core/spelling/dictionaries.ts';
import { Spelling } from '../../core/spelling/spelling.ts';

/** The settings that hold them. Both may name people: they belong to the vault. */
const SNIPPETS = 'snippets';
const WORDS = 'ownWords';

const OwnWords = z.array(SpelledWord).catch([]);
const Options = TranscriptionChoice.partial();

/** What the editor has beside the text: snippets, the sound of each recording, spelling and its own words. */
export class EditorTools {
  readonly #database: Pick<Database, 'settings' | 'recordings' | 'recordingSounds' | 'matters'>;
  readonly #spelling = new Spelling();
  /** Changes of the words, one after the other: each reads what the one before has stored. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(database: Pick<Database, 'settings' | 'recordings' | 'recordingSounds' | 'matters'>) {
    this.#database = database;
  }

  /** The snippets as the user left them; null if they were never changed. */
  async snippets(): Promise<Snippets | null> {
    const stored = Snippets.nullable().safeParse(await this.#database.settings.get(SNIPPETS));
    return stored.success ? stored.data : null;
  }

  async keepSnippets(snippets: Snippets): Promise<void> {
    await this.#database.settings.set({ key: SNIPPETS, value: snippets });
  }

  async sound(recordingId: string): Promise<RecordingSound> {
    return await this.#database.recordingSounds.get(recordingId);
  }

  async keepSound(recordingId: string, sound: RecordingSound): Promise<void> {
    await this.#database.recordingSounds.keep({ recordingId, sound });
  }

  /** The vault's own words and, of a recording in a matter, that matter's. Throws `recording.notFound`. */
  async knownWords(recordingId: string | null): Promise<KnownWords> {
    const own = await this.#ownWords();
    if (recordingId === null) return { own, matter: [] };
    const { matterId } = await this.#database.recordings.get(recordingId);
    const matter = matterId === null ? null : await this.#database.matters.get(matterId);
    if (matter === null) return { own, matter: [] };
    const { prompt = '' } = Options.catch({}).parse(matter.defaultOptions);
    return { own, matter: [matter.name, ...matter.vocabulary, ...matter.speakers, prompt] };
  }

  /** Adds a word to the vault's. Throws `spelling.fullOfWords`. */
  async addWord(word: string): Promise<void> {
    await this.#changeWords((words) => {
      if (words.includes(word)) return words;
      if (words.length >= MOST_OWN_WORDS)
        throw new AppError('spelling.fullOfWords', { limit: MOST_OWN_WORDS });
      return [...words, word].sort((a, b) => a.localeCompare(b));
    });
  }

  async removeWord(word: string): Promise<void> {
    await this.#changeWords((words) => words.filter((one) => one !== word));
  }

  /** Those of the words that the dictionary does not know. Throws `spelling.failed`. */
  async misspelled(
    language: SpellingLanguage,
    english: EnglishSpelling,
    words: readonly string[],
  ): Promise<string[]> {
    return await this.#spelling.misspelled(dictionaryOf(language, english), words);
  }

  /** What a word may have been meant to be, best first. Throws `spelling.failed`. */
  async suggestions(language: SpellingLanguage, english: EnglishSpelling, word: string): Promise<string[]> {
    return await this.#spelling.suggestions(dictionaryOf(language, english), word);
  }

  /** Gives back the memory of the dictionaries. */
  async endSpelling(): Promise<void> {
    await this.#spelling.close();
  }

  async #ownWords(): Promise<string[]> {
    return OwnWords.parse((await this.#database.settings.get(WORDS)) ?? []);
  }

  async #changeWords(change: (words: string[]) => string[]): Promise<void> {
    const changing = this.#changing
      .catch(() => undefined)
      .then(async () => {
        const value = change(await this.#ownWords());
        await this.#database.settings.set({ key: WORDS, value });
      });
    this.#changing = changing;
    await changing;
  }
}
