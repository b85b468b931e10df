import type { Handlers } from '../../contract/ipc.ts';
import type { WordTemplates } from './word-templates.ts';

/** Dependencies of the template requests. */
export interface TemplatesApp {
  readonly templates: WordTemplates;
}

/**
 * Request handlers of Word templates.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseFile lets the user choose a Word file; null if cancelled.
 */
export function templatesHandlers(
  open: () => TemplatesApp,
  chooseFile: () => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `templates.${string}`>> {
  return {
    'templates.list': () => open().templates.list(),
    'templates.add': async () => {
      const { templates } = open();
      const file = await chooseFile();
      return file === null ? null : await templates.add(file);
    },
    'templates.remove': ({ id }) => open().templates.remove(id),
  };
}
