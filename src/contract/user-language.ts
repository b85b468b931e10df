/** The languages the app speaks to its user. */
export type UserLanguage = 'en' | 'es';

/**
 * The user's language by the environment, in the order in which POSIX lets one variable override the next.
 * Anything but Spanish is answered in English.
 */
export function userLanguage(env: Readonly<Record<string, string | undefined>>): UserLanguage {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^es(?![a-z])/i.test(locale) ? 'es' : 'en';
}

/**
 * How numbers are written here, by the environment in POSIX's order, as a BCP 47 locale: `de-DE` for `de_DE.UTF-8`; null where
 * the environment does not say, as on Windows.
 */
export function numbersLocale(env: Readonly<Record<string, string | undefined>>): string | null {
  const locale = env.LC_ALL || env.LC_NUMERIC || env.LANG || '';
  const [tag = ''] = locale.split(/[.@]/);
  if (tag === '') return null;
  return tag === 'C' || tag === 'POSIX' ? 'en' : tag.replaceAll('_', '-');
}
