import type { Handlers } from '../../contract/ipc.ts';
import { USUAL_LANGUAGES, UsualLanguages } from '../../contract/usual-languages.ts';
import type { Database } from '../../core/database/database.ts';

type LanguageSettings = Pick<Database, 'settings'>;

/** The languages that the user has called usual in this vault; none at first. */
export async function usualLanguages({ settings }: LanguageSettings): Promise<UsualLanguages> {
  return UsualLanguages.catch([]).parse(await settings.get(USUAL_LANGUAGES));
}

/** Replaces them. */
export async function setUsualLanguages(
  { settings }: LanguageSettings,
  codes: UsualLanguages,
): Promise<void> {
  await settings.set({ key: USUAL_LANGUAGES, value: codes });
}

/**
 * Request handlers of the usual languages.
 * @param database throws `vault.sealed` unless the vault is open.
 */
export function languagesHandlers(
  database: () => LanguageSettings,
): Pick<Handlers, Extract<keyof Handlers, `languages.${string}`>> {
  return {
    'languages.usual': () => usualLanguages(database()),
    'languages.setUsual': ({ codes }) => setUsualLanguages(database(), codes),
  };
}
