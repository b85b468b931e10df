import type { Handlers, RequestOutput } from '../../contract/ipc.ts';
import type { Transcripts } from './transcripts.ts';
import type { UnsavedTyping } from './unsaved-typing.ts';

/** Dependencies of the transcript requests. */
export interface TranscriptsApp {
  readonly recordings: {
    /** The peaks of a recording's channels, in buckets of about `bucketMs`. Throws `recording.notFound`. */
    waveform(recordingId: string, bucketMs: number): Promise<RequestOutput<'transcripts.peaks'>>;
  };
  readonly transcripts: Transcripts;
  readonly unsaved: UnsavedTyping;
  readonly library: {
    /** Sends the rows of these recordings to the window. */
    touch(recordingIds: readonly string[]): void;
  };
}

/**
 * Request handlers of a recording's text.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function transcriptHandlers(
  open: () => TranscriptsApp,
): Pick<Handlers, Extract<keyof Handlers, `transcripts.${string}`>> {
  const editor = () => open().transcripts.editor;
  return {
    'transcripts.open': ({ recordingId }) => open().transcripts.open(recordingId),
    'transcripts.words': ({ recordingId, segments }) => editor().packedWords(recordingId, segments),
    'transcripts.edit': ({ recordingId, segments, texts, undoGroup, place }) =>
      editor().edit(recordingId, segments, texts, { undoGroup, place }),
    'transcripts.keepUnsaved': ({ recordingId, text }) => open().unsaved.keep(recordingId, text),
    'transcripts.takeUnsaved': ({ recordingId }) => open().unsaved.takeUp(recordingId),
    'transcripts.assignSpeaker': ({ recordingId, segments, speaker, undoGroup }) =>
      editor().assignSpeaker(recordingId, segments, speaker, { undoGroup }),
    'transcripts.renameSpeaker': ({ recordingId, from, to }) => editor().renameSpeaker(recordingId, from, to),
    'transcripts.replaceAll': ({ recordingId, replacement, segments, ...search }) =>
      editor().replaceAll(recordingId, search, replacement, segments),
    'transcripts.reset': ({ recordingId, segments }) => editor().reset(recordingId, segments),
    'transcripts.undo': ({ recordingId }) => editor().undo(recordingId),
    'transcripts.redo': ({ recordingId }) => editor().redo(recordingId),
    'transcripts.versions': ({ recordingId }) => open().transcripts.versions(recordingId),
    'transcripts.openVersion': ({ recordingId, versionId }) =>
      open().transcripts.readVersion(recordingId, versionId),
    'transcripts.useVersion': async ({ recordingId, versionId }) => ({
      changed: await open().transcripts.useVersion(recordingId, versionId),
    }),
    'transcripts.keptEdits': ({ recordingId }) => open().transcripts.keptEdits(recordingId),
    'transcripts.takeHeard': ({ recordingId, machineIds }) => editor().takeHeard(recordingId, machineIds),
    'transcripts.close': async ({ recordingId }) => {
      const { unsaved, transcripts, library } = open();
      unsaved.letGo(recordingId);
      await transcripts.leave(recordingId);
      // The row tells how many speakers the text names, and where the user was.
      library.touch([recordingId]);
    },
    'transcripts.saveViewState': ({ recordingId, place }) =>
      open().transcripts.keepViewState(recordingId, place),
    'transcripts.peaks': ({ recordingId, bucketMs }) => open().recordings.waveform(recordingId, bucketMs),
  };
}
