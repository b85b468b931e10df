import { readFile } from 'node:fs/promises';
import type { Handlers } from '../../contract/ipc.ts';
import { saveAs } from '../../core/files/save-as.ts';
import { fileError } from '../../core/system-errors.ts';
import type { AutomaticCorrections } from './automatic-corrections.ts';

/** Dependencies of the requests about automatic corrections. */
export interface AutomaticCorrectionsApp {
  readonly automaticCorrections: AutomaticCorrections;
}

/**
 * Request handlers of automatic corrections.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseFile lets the user choose a file to read, or to write; null if cancelled.
 */
export function automaticCorrectionsHandlers(
  open: () => AutomaticCorrectionsApp,
  chooseFile: (what: 'open' | 'save') => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `autoCorrections.${string}`>> {
  const corrections = () => open().automaticCorrections;
  return {
    'autoCorrections.list': ({ matterId }) => corrections().rules(matterId),
    'autoCorrections.save': ({ matterId, id, rule }) => corrections().add(matterId, [{ ...rule, id }]),
    'autoCorrections.remove': async ({ ids }) => {
      await corrections().remove(ids);
    },
    'autoCorrections.importChosen': async ({ matterId }) => {
      const opened = corrections();
      const file = await chooseFile('open');
      return file === null ? null : await opened.addFile(matterId, await readRuleFile(file));
    },
    'autoCorrections.saveAs': async ({ matterId }) => {
      const opened = corrections();
      const file = await chooseFile('save');
      if (file === null) return { saved: false };
      await saveAs(file, await opened.file(matterId));
      return { saved: true };
    },
    'autoCorrections.corrected': async ({ recordingId, ...word }) => ({
      mayOffer: await corrections().corrected(recordingId, word),
    }),
    'autoCorrections.recurring': ({ recordingId }) => corrections().recurring(recordingId),
    'autoCorrections.decline': (word) => corrections().decline(word),
    'autoCorrections.applied': ({ recordingId }) => corrections().applied(recordingId),
    'autoCorrections.takeBack': ({ recordingId, corrections: keys }) =>
      corrections().takeBack(recordingId, keys),
  };
}

/** The text of a file of rules. Throws file errors. */
export async function readRuleFile(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError(error, file);
  });
}
