import { z } from './schema.ts';
import { SNIPPET_IDS } from './shortcuts.ts';

/** Maximum snippets of a vault: each has an action in the table of shortcuts. */
export const MOST_SNIPPETS = SNIPPET_IDS.length;

/** A snippet: a text that a key inserts at the caret. Placeholders are `{time}`, `{speaker}`, `{date}` and `{cursor}`. */
export const Snippet = z.object({
  /** Its place, from 1: the action `snippet1` of the table of shortcuts inserts the snippet at place 1. */
  place: z.number().int().min(1).max(MOST_SNIPPETS),
  /** What is typed after a semicolon, before Tab; empty for none. */
  name: z.string().regex(/^[\p{L}\p{N}_-]{0,30}$/u),
  text: z.string().min(1).max(2000),
});
export type Snippet = z.infer<typeof Snippet>;

/** The snippets of a vault, at most one at each place. */
export const Snippets = z
  .array(Snippet)
  .max(MOST_SNIPPETS)
  .refine((list) => new Set(list.map(({ place }) => place)).size === list.length);
export type Snippets = z.infer<typeof Snippets>;

/** The most that playback amplifies, in decibels. */
export const MOST_GAIN_DB = 24;

/** How a recording is played: a setting of the recording that changes nothing of its sound as stored. */
export const RecordingSound = z.object({
  /** Amplification in decibels. */
  gainDb: z.number().int().min(0).max(MOST_GAIN_DB),
  /** Channel of the working copy that alone is heard, from 0; null for all. */
  solo: z.number().int().nonnegative().nullable(),
});
export type RecordingSound = z.infer<typeof RecordingSound>;

/** How a recording is played unless the user has changed it. */
export const PLAIN_SOUND: RecordingSound = { gainDb: 0, solo: null };

/** A word that spelling knows or is asked about. */
export const SpelledWord = z.string().min(1).max(100);

/** Maximum words of a vault's own. */
export const MOST_OWN_WORDS = 20_000;

/** Words that count as known in a recording, besides those of the dictionaries. */
export const KnownWords = z.object({
  /** Those that the user added to the vault, in alphabetical order. */
  own: z.array(SpelledWord),
  /** Vocabulary, speakers and prompt of the recording's matter, as they were entered: each may be several words. */
  matter: z.array(z.string()),
});
export type KnownWords = z.infer<typeof KnownWords>;

/** Languages that have a dictionary, as ISO 639-1 codes. */
export const SPELLING_LANGUAGES = ['en', 'es'] as const;
export type SpellingLanguage = (typeof SPELLING_LANGUAGES)[number];

/** Whether there is a dictionary of a segment's language. */
export function isSpellingLanguage(language: string): language is SpellingLanguage {
  return (SPELLING_LANGUAGES as readonly string[]).includes(language);
}

/** The kinds of English that have a dictionary of their own: American and British. */
export const EnglishSpelling = z.enum(['us', 'gb']);
export type EnglishSpelling = z.infer<typeof EnglishSpelling>;
