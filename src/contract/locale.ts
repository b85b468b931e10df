/** The languages of the app: one for each folder of `src/messages`. The first is the fallback. */
export const LOCALES = ['en', 'es'] as const;

/** A language of the app. */
export type Locale = (typeof LOCALES)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Detects the language. The user's setting has precedence; then the system's: a BCP 47 tag (`es-419`, Electron and
 * browsers), or an environment, in POSIX's order of precedence: LC_ALL, LC_MESSAGES, LANG. A language that the app does
 * not support becomes English.
 */
export function detectLocale(system: string | Environment, setting: Locale | 'system' = 'system'): Locale {
  if (setting !== 'system') return setting;
  const tag = typeof system === 'string' ? system : system.LC_ALL || system.LC_MESSAGES || system.LANG || '';
  const [language] = tag.toLowerCase().split(/[^a-z]/);
  return LOCALES.find((locale) => locale === language) ?? LOCALES[0];
}

/**
 * The number locale of the environment, in POSIX's order, as BCP 47: `de-DE` for `de_DE.UTF-8`; null if the environment
 * has none, as on Windows.
 */
export function numbersLocale(env: Environment): string | null {
  const locale = env.LC_ALL || env.LC_NUMERIC || env.LANG || '';
  const [tag = ''] = locale.split(/[.@]/);
  if (tag === '') return null;
  return tag === 'C' || tag === 'POSIX' ? 'en' : tag.replaceAll('_', '-');
}
