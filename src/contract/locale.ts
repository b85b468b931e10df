/** The languages that the app speaks to its user: one for each folder of `src/messages`. The first is that of everybody else. */
export const LOCALES = ['en', 'es'] as const;

/** A language that the app speaks. */
export type Locale = (typeof LOCALES)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The language to speak. What the user has set comes first; then what the system tells: as a BCP 47 tag (`es-419`, Electron and
 * browsers), or as an environment, of which POSIX lets one variable override the next: LC_ALL, LC_MESSAGES, LANG. A language that
 * the app does not speak is answered in English.
 */
export function detectLocale(system: string | Environment, setting: Locale | 'system' = 'system'): Locale {
  if (setting !== 'system') return setting;
  const tag = typeof system === 'string' ? system : system.LC_ALL || system.LC_MESSAGES || system.LANG || '';
  const [language] = tag.toLowerCase().split(/[^a-z]/);
  return LOCALES.find((locale) => locale === language) ?? LOCALES[0];
}

/**
 * How numbers are written here, by the environment in POSIX's order, as a BCP 47 locale: `de-DE` for `de_DE.UTF-8`; null where
 * the environment does not say, as on Windows.
 */
export function numbersLocale(env: Environment): string | null {
  const locale = env.LC_ALL || env.LC_NUMERIC || env.LANG || '';
  const [tag = ''] = locale.split(/[.@]/);
  if (tag === '') return null;
  return tag === 'C' || tag === 'POSIX' ? 'en' : tag.replaceAll('_', '-');
}
