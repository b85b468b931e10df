import type { Locale } from '../../contract/locale.ts';
import { type ProgramTexts, programTexts } from '../../messages/program-texts.ts';

/** The labels that an export adds to a transcript, in one language. The transcript itself stays in its own. */
export interface ExportTexts {
  readonly locale: Locale;
  /** The BCP 47 locale that dates and numbers are written in: `en-GB`. */
  readonly formats: string;
  readonly t: ProgramTexts<'export'>;
  /** What a style adds: conventions, a court's pages, files for research. */
  readonly documents: ProgramTexts<'documents'>;
}

/** The texts of exports in a language. */
export function exportTexts(locale: Locale): ExportTexts {
  const t = programTexts(locale, 'export');
  return { locale, formats: t('formats'), t, documents: programTexts(locale, 'documents') };
}
