import { LANGUAGE_CODES } from './languages.ts';
import { z } from './schema.ts';

/** The languages that are usual in a vault, by Whisper's codes, in the order in which they are offered. */
export const UsualLanguages = z
  .array(z.enum(LANGUAGE_CODES as [string, ...string[]]))
  .max(20)
  .refine((codes) => new Set(codes).size === codes.length);
export type UsualLanguages = z.infer<typeof UsualLanguages>;

/** The vault's setting that holds them. */
export const USUAL_LANGUAGES = 'usualLanguages';
