import type { Handlers } from '../../contract/ipc.ts';
import type { SpokenFormat } from '../../contract/read-aloud.ts';
import type { ReadAloud } from './read-aloud.ts';

/**
 * Request handlers of reading aloud.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseFile asks where to write; null if cancelled.
 */
export function readAloudHandlers(
  open: () => { readonly readAloud: ReadAloud },
  chooseFile: (format: SpokenFormat) => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `readAloud.${string}`>> {
  return {
    'readAloud.speak': ({ text, speed }) => open().readAloud.speak(text, speed),
    'readAloud.save': async ({ recordingId, format, speed }) => {
      open();
      const path = await chooseFile(format);
      if (path !== null) await open().readAloud.save(recordingId, { path, format, speed });
      return { path };
    },
  };
}
