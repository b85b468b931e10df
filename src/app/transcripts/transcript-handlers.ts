import { setImmediate as nextTurn } from 'node:timers/promises';
import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { mergePeaks, PEAK_BYTES, PEAK_SAMPLES } from '../../core/media/sound/peaks.ts';
import type { Handlers } from '../answer-request.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Workspace } from '../workspace.ts';
import { readVersion, transcriptVersions, versionOf } from './transcript-versions.ts';
import { openTranscript } from './transcript-view.ts';

type TranscriptRequest = Extract<keyof Handlers, `transcripts.${string}`>;
type ExportRequest = Extract<keyof Handlers, `exports.${string}`>;

/** Answers what concerns the text of a recording. */
export function transcriptHandlers(open: () => OpenVault): Pick<Handlers, TranscriptRequest> {
  return {
    'transcripts.open': ({ recordingId }) => openTranscript(open().workspace.database, recordingId),
    'transcripts.words': ({ recordingId, segments }) => open().editor.packedWords(recordingId, segments),
    'transcripts.edit': ({ recordingId, segments, texts, gesture, place }) =>
      open().editor.edit(recordingId, segments, texts, { gesture, place }),
    'transcripts.keepUnsaved': ({ recordingId, text }) => open().unsaved.keep(recordingId, text),
    'transcripts.takeUnsaved': ({ recordingId }) => open().unsaved.takeUp(recordingId),
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
    'transcripts.close': async ({ recordingId }) => {
      const { unsaved, workspace } = open();
      unsaved.letGo(recordingId);
      await workspace.database.editSessions.bind({ recordingId, atMs: Date.now() });
    },
    'transcripts.saveViewState': async ({ recordingId, place }) => {
      const { database } = open().workspace;
      await database.recordings.get(recordingId);
      await database.places.keep({ recordingId, place });
    },
    'transcripts.peaks': ({ recordingId, bucketMs }) => peaksOf(open().workspace, recordingId, bucketMs),
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
    'exports.preview': ({ recordingId, format, content, formatOptions, versionId }) =>
      open().exporting.preview(recordingId, format, content, formatOptions, versionId),
    'exports.write': ({ recordingIds, choice, versionId, among }) =>
      versionId === undefined
        ? open().exporting.write(recordingIds, choice, undefined, among)
        : open().exporting.write(recordingIds.slice(0, 1), choice, versionId),
  };
}

/** The shortest bucket there is. */
const FINEST_MS = PEAK_SAMPLES / SAMPLES_PER_MS;

/** Buckets that are merged in one go: about a millisecond's work. */
const STEP_BUCKETS = 200_000;

async function peaksOf({ database }: Workspace, recordingId: string, bucketMs: number) {
  const { channels } = await database.recordings.get(recordingId);
  const count = Math.max(1, Math.floor(bucketMs / FINEST_MS));
  const all = await Promise.all(
    Array.from({ length: channels ?? 0 }, async (_, channel) => {
      const parts = await database.parts.peaks({ recordingId, channel });
      return await mergedInSteps(Buffer.concat(parts), count);
    }),
  );
  return { bucketMs: count * FINEST_MS, channels: all };
}

/** Merges the peaks of hours without holding up the event loop. */
async function mergedInSteps(peaks: Buffer, count: number): Promise<Uint8Array<ArrayBuffer>> {
  if (count === 1) return new Uint8Array(peaks);
  const stepBytes = Math.ceil(STEP_BUCKETS / count) * count * PEAK_BYTES;
  const merged: Uint8Array[] = [];
  for (let at = 0; at < peaks.length; at += stepBytes) {
    merged.push(mergePeaks(peaks.subarray(at, at + stepBytes), count));
    await nextTurn();
  }
  return new Uint8Array(Buffer.concat(merged));
}
