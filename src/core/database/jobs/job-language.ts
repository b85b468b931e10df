import type { Job } from './jobs.db.ts';

/** The language of a job's text as a whole: as chosen, or as detected; null if there are several. */
export function languageOf({
  options,
  detectedLanguage,
}: Pick<Job, 'options' | 'detectedLanguage'>): string | null {
  const { language } = options;
  return detectedLanguage ?? (language === 'auto' || language === 'mixed' ? null : language);
}
