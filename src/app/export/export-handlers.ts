import type { Handlers } from '../../contract/ipc.ts';
import type { Exporting } from './exporting.ts';

/** Dependencies of the export requests. */
export interface ExportApp {
  readonly export: Exporting;
}

/**
 * Request handlers of exports.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseFolder lets the user choose a folder; null if cancelled.
 */
export function exportHandlers(
  open: () => ExportApp,
  chooseFolder: () => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `exports.${string}`>> {
  return {
    'exports.choice': ({ recordingIds }) => open().export.lastChoice(recordingIds[0] ?? ''),
    'exports.chooseFolder': async () => {
      const exporting = open().export;
      const folder = await chooseFolder();
      return folder === null ? { folder: null, synced: null } : await exporting.give(folder);
    },
    'exports.preview': (wish) => open().export.preview(wish),
    'exports.write': ({ recordingIds, choice, versionId, among, pseudonymised }) =>
      versionId === undefined
        ? open().export.write(recordingIds, choice, among, { pseudonymised })
        : open().export.write(recordingIds.slice(0, 1), choice, undefined, { versionId }),
  };
}
