import type { TextMaking } from '../../../contract/text-making.ts';

/** The language of a text as a whole: as chosen, or as detected; null if there are several. */
export function languageOf({
  options,
  detectedLanguage,
}: Pick<TextMaking, 'options' | 'detectedLanguage'>): string | null {
  const { language } = options;
  return detectedLanguage ?? (language === 'auto' || language === 'mixed' ? null : language);
}
