import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { PEAK_SAMPLES } from '../../core/media/peaks.ts';
import { readVersion, transcriptVersions, versionOf } from '../../core/transcripts/transcript-versions.ts';
import { transcriptView } from '../../core/transcripts/transcript-view.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { Handlers } from '../answer-request.ts';
import type { OpenVault } from '../open-vault.ts';

type TranscriptRequest = Extract<keyof Handlers, `transcripts.${string}`>;
type ExportRequest = Extract<keyof Handlers, `exports.${string}`>;

/** Answers what concerns the text of a recording. */
export function transcriptHandlers(open: () => OpenVault): Pick<Handlers, TranscriptRequest> {
  return {
    'transcripts.open': ({ recordingId }) => transcriptView(open().workspace.database, recordingId),
    'transcripts.edit': ({ recordingId, segments, texts, gesture, place }) =>
      open().editor.edit(recordingId, segments, texts, { gesture, place }),
    'transcripts.assignSpeaker': ({ recordingId, segments, speaker, gesture }) =>
      open().editor.assignSpeaker(recordingId, segments, speaker, { gesture }),
    'transcripts.renameSpeaker': ({ recordingId, from, to }) =>
      open().editor.renameSpeaker(recordingId, from, to),
    'transcripts.replaceAll': ({ recordingId, replacement, segments, ...search }) =>
      open().editor.replaceAll(recordingId, search, replacement, segments),
    'transcripts.reset': ({ recordingId, segments }) => open().editor.reset(recordingId, segments),
    'transcripts.undo': ({ recordingId }) => open().editor.undo(recordingId),
    'transcripts.redo': ({ recordingId }) => open().editor.redo(recordingId),
    'transcripts.versions': ({ recordingId }) => transcriptVersions(open().workspace.database, recordingId),
    'transcripts.openVersion': ({ recordingId, versionId }) =>
      readVersion(open().workspace.database, recordingId, versionId),
    'transcripts.useVersion': async ({ recordingId, versionId }) => {
      const { editor, workspace } = open();
      const { id } = await versionOf(workspace.database, recordingId, versionId);
      return { changed: await editor.useVersion(recordingId, id) };
    },
    'transcripts.keepPlace': async ({ recordingId, place }) => {
      const { database } = open().workspace;
      await database.recordings.get(recordingId);
      await database.places.keep({ recordingId, place });
    },
    'transcripts.peaks': ({ recordingId }) => peaksOf(open().workspace, recordingId),
  };
}

/** Answers what concerns exports. */
export function exportHandlers(
  open: () => OpenVault,
  chooseFolder: () => Promise<string | null>,
): Pick<Handlers, ExportRequest> {
  return {
    'exports.choice': ({ recordingIds }) => open().exporting.lastChoice(recordingIds[0] ?? ''),
    'exports.chooseFolder': async () => {
      const { exporting } = open();
      const folder = await chooseFolder();
      return folder === null ? { folder: null, synced: null } : await exporting.give(folder);
    },
    'exports.preview': async ({ recordingId, format, timestamps }) => ({
      text: await open().exporting.preview(recordingId, format, timestamps),
    }),
    'exports.write': ({ recordingIds, delivery }) => open().exporting.write(recordingIds, delivery),
  };
}

async function peaksOf({ database }: Workspace, recordingId: string) {
  const { channels } = await database.recordings.get(recordingId);
  const all = await Promise.all(
    Array.from({ length: channels ?? 0 }, (_, channel) => database.parts.peaks({ recordingId, channel })),
  );
  return {
    bucketMs: PEAK_SAMPLES / SAMPLES_PER_MS,
    channels: all.map((parts) => new Uint8Array(Buffer.concat(parts))),
  };
}
