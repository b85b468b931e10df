import type { Handlers, ImportOutcome } from '../../contract/ipc.ts';
import type { Intake } from './intake.ts';
import type { Library } from './library.ts';
import type { Recordings } from './recordings.ts';

/** Dependencies of the recording requests. */
export interface RecordingsApp {
  readonly recordings: Recordings;
  readonly library: Library;
  readonly intake: Intake;
}

/**
 * Request handlers of recordings.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseRecordings lets the user choose files or a folder; empty if cancelled.
 */
export function recordingsHandlers(
  open: () => RecordingsApp,
  chooseRecordings: (what: 'files' | 'folder') => Promise<string[]>,
  withoutMatters: (paths: readonly string[]) => string[],
): Pick<Handlers, Extract<keyof Handlers, `library.${string}`>> {
  return {
    'library.list': () => open().library.list(),
    'library.search': async (wanted) => {
      const hits = await open().recordings.search(wanted);
      return hits.map(({ recordingId, recordingName, segmentId, startMs, snippet, matches }) => ({
        recordingId,
        recordingName,
        segmentId,
        startMs,
        snippet,
        matches: [...matches],
      }));
    },
    'library.import': ({ paths, ...choice }) => {
      const { intake } = open();
      return intake.bringIn(withoutMatters(paths), choice);
    },
    'library.importChosen': async ({ what, ...choice }): Promise<ImportOutcome> => {
      const { intake } = open();
      return await intake.bringIn(await chooseRecordings(what), choice);
    },
    'library.importAgain': ({ ticket, track, ...choice }) => open().intake.again(ticket, track, choice),
    'library.rejections': () => open().intake.rejections(),
    'library.dismissRejections': ({ tickets }) => open().intake.dismiss(tickets),
    'library.leftOut': () => open().intake.leftOut(),
    'library.dismissLeftOut': ({ tickets }) => open().intake.dismissLeftOut(tickets),
    'library.importSamples': async () => ({ added: await open().intake.bringInSamples() }),
    'library.readAgain': ({ id }) => open().recordings.readAgain(id),
    'library.rename': ({ id, name }) => open().recordings.rename(id, name),
    'library.move': ({ ids, matterId }) => open().recordings.move(ids, matterId),
    'library.join': async ({ ids, name }) => {
      const { recordingId, textCarried, mixedDown } = await open().recordings.join(ids, name);
      return { id: recordingId, textCarried, mixedDown };
    },
    'library.bin': ({ ids }) => open().recordings.bin(ids),
    'library.restore': ({ ids }) => open().recordings.restore(ids),
    'library.erase': ({ ids, count }) => open().recordings.eraseConfirmed(ids, count),
  };
}
