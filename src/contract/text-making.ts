import { JobOptions } from './job.ts';
import { z } from './schema.ts';

/** With which options a machine's text was made, and the language detected for it as a whole; null if there is none. */
export const TextMaking = z.object({
  options: JobOptions,
  detectedLanguage: z.string().nullable(),
  languageProbability: z.number().nullable(),
});
export type TextMaking = z.infer<typeof TextMaking>;
