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
