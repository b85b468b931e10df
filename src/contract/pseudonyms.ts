import { z } from './schema.ts';

/** What a label can stand for; it gives the label its word. */
export const PseudonymKind = z.enum(['person', 'place', 'date', 'number', 'other']);
export type PseudonymKind = z.infer<typeof PseudonymKind>;

/** The kinds, in the order in which they are offered. */
export const PSEUDONYM_KINDS = PseudonymKind.options;

const form = z.string().trim().min(1).max(200);

/** A line of the key: a label, and the words that it stands for. */
export const Pseudonym = z.object({
  id: z.uuid(),
  kind: PseudonymKind,
  /** With its brackets: `[Person 1]`. */
  label: z.string().trim().min(1).max(100),
  /** Each as it is written in texts, the longest first. */
  forms: z.array(form).min(1).max(200),
});
export type Pseudonym = z.infer<typeof Pseudonym>;

/** A name, date or number found in a text that nobody has decided about. */
export const PseudonymCandidate = z.object({
  text: z.string(),
  kind: PseudonymKind,
  /** Further spellings of it in the text: possessives and other inflections. */
  forms: z.array(z.object({ text: z.string(), count: z.number().int() })),
  /** How often it stands in the text, in all its forms. */
  count: z.number().int().nonnegative(),
  /** Where it stands first: some words around it. */
  context: z.string(),
  startMs: z.number().int().nonnegative(),
});
export type PseudonymCandidate = z.infer<typeof PseudonymCandidate>;

/** A line of a key to be saved: without an id a new one, without a label the next one of its kind. */
export const SavedPseudonym = Pseudonym.extend({
  id: Pseudonym.shape.id.nullable(),
  label: Pseudonym.shape.label.nullable(),
});
export type SavedPseudonym = z.infer<typeof SavedPseudonym>;

/** The key of a recording's scope (its matter, or itself without one), and what may have to be replaced still. */
export const PseudonymsView = z.object({
  /** The matter's name; null if the key is for this recording alone. */
  matterName: z.string().nullable(),
  /** Each with how often it is replaced in this text. */
  key: z.array(Pseudonym.extend({ count: z.number().int().nonnegative() })),
  candidates: z.array(PseudonymCandidate),
  /** What was decided to stay as it is. */
  plain: z.array(z.string()),
});
export type PseudonymsView = z.infer<typeof PseudonymsView>;

/** How a stretch is made unintelligible in a sound file. */
export const BleepSound = z.enum(['tone', 'silence']);
export type BleepSound = z.infer<typeof BleepSound>;

/** The files that sound with bleeps is written as. */
export const SoundFormat = z.enum(['wav', 'mp3', 'm4a']);
export type SoundFormat = z.infer<typeof SoundFormat>;

/** What was written: where, how many stretches are replaced in it, and how much time they take. */
export const WrittenSound = z.object({
  path: z.string(),
  places: z.number().int().nonnegative(),
  replacedMs: z.number().int().nonnegative(),
});
export type WrittenSound = z.infer<typeof WrittenSound>;
