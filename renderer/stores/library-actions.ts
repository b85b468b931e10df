import { BIN_DAYS } from '../../src/contract/bin.ts';
import type { JobRange } from '../../src/contract/job.ts';
import type { UserAction } from '../../src/contract/job-states.ts';
import type { RecordingView, TranscriptionChoice } from '../../src/contract/views.ts';
import { request } from '../lib/client.ts';
import { translate } from '../lib/i18n.ts';
import { isBeingRecorded } from './captures.ts';
import { useLibrary } from './library.ts';
import { useMatters } from './matters.ts';
import { attempt, say } from './toasts.ts';

/** Moves recordings to the bin, where they stay for `BIN_DAYS` days; not what is being recorded. */
export function binRecordings(recordingIds: readonly string[]): void {
  const ids = where(recordingIds, ({ id, binnedAtMs }) => binnedAtMs === null && !isBeingRecorded(id));
  if (ids.length === 0) return;
  attempt(async () => {
    await request('library.bin', { ids });
    say(translate('library:binned', { count: ids.length, days: BIN_DAYS }), {
      undo: () => restoreRecordings(ids),
    });
  });
}

/** Restores recordings from the bin. */
export function restoreRecordings(recordingIds: readonly string[]): void {
  const ids = where(recordingIds, ({ binnedAtMs }) => binnedAtMs !== null);
  if (ids.length === 0) return;
  attempt(async () => {
    await request('library.restore', { ids });
    say(translate('library:restored', { count: ids.length }));
  });
}

/**
 * Joins recordings, in this order, into one; they go to the bin. Shows the result. Throws AppErrors, with nothing
 * changed.
 */
export async function joinRecordings(recordingIds: readonly string[], name: string): Promise<void> {
  const { recordings } = useLibrary.getState();
  const hadText = recordingIds.some((id) => recordings.get(id)?.job?.state === 'done');
  const { textCarried, mixedDown } = await request('library.join', { ids: [...recordingIds], name });
  const count = recordingIds.length;
  const sentences = [
    textCarried ? translate('library:joinedWithText', { name }) : translate('library:joined', { name }),
    ...(hadText && !textCarried ? [translate('library:joinedAnew')] : []),
    ...(mixedDown ? [translate('library:joinedMixed')] : []),
    translate('library:joinedBin', { count, days: BIN_DAYS }),
  ];
  say(sentences.join(' '));
}

/** Moves recordings to a matter, or out of any if null. */
export function moveRecordings(recordingIds: readonly string[], matterId: string | null): void {
  const ids = where(recordingIds, (recording) => recording.matterId !== matterId);
  if (ids.length === 0) return;
  const { recordings } = useLibrary.getState();
  const before = Map.groupBy(ids, (id) => recordings.get(id)?.matterId ?? null);
  attempt(async () => {
    await request('library.move', { ids, matterId });
    const undo = () => {
      for (const [from, some] of before)
        attempt(() => request('library.move', { ids: some, matterId: from }));
    };
    say(movedText(ids.length, matterId), { undo });
  });
}

function movedText(count: number, matterId: string | null): string {
  const matter = useMatters.getState().matters.find(({ id }) => id === matterId);
  return matter === undefined
    ? translate('library:movedOut', { count })
    : translate('library:moved', { count, matter: matter.name });
}

/** Moves recordings to a matter, out of the bin if needed. */
export function restoreAndMove(recordingIds: readonly string[], matterId: string): void {
  restoreRecordings(recordingIds);
  moveRecordings(recordingIds, matterId);
}

/** Renames a recording. */
export function renameRecording(id: string, name: string): void {
  attempt(() => request('library.rename', { id, name }));
}

/** Retries reading the source of a recording. */
export function readAgain(id: string): void {
  attempt(() => request('library.readAgain', { id }));
}

/** Reveals a recording's source in the system's file manager. */
export function revealSource(id: string): void {
  attempt(() => request('app.reveal', { what: 'source', id }));
}

/** Runs an action on a job. */
export function actOnJob(action: UserAction, jobId: string): void {
  attempt(() => request(`jobs.${action}`, { jobId }));
}

/** Moves a job before another in the queue; to the end if that is null. */
export function moveJob(jobId: string, beforeJobId: string | null): void {
  attempt(() => request('jobs.move', { jobId, beforeJobId }));
}

/** Moves a queued recording one position up or down; at the queue's ends it stays. */
export function moveInQueue(recordingId: string, step: -1 | 1): void {
  const queued = [...useLibrary.getState().recordings.values()]
    .filter(({ job, binnedAtMs }) => job?.state === 'queued' && binnedAtMs === null)
    .sort((a, b) => (a.job?.position ?? 0) - (b.job?.position ?? 0));
  const at = queued.findIndex(({ id }) => id === recordingId);
  const job = queued[at]?.job;
  if (!job || queued[at + step] === undefined) return;
  moveJob(job.id, queued[step === -1 ? at - 1 : at + 2]?.job?.id ?? null);
}

/** Transcribes or retranscribes a recording with these options. */
export function transcribe(recordingId: string, choice: TranscriptionChoice): void {
  attempt(() => request('jobs.start', { recordingId, choice }));
}

/** Retranscribes a recording from a position to its end, with these options; the text before is kept. */
export function transcribeFrom(recordingId: string, startMs: number, choice: TranscriptionChoice): void {
  retranscribe(recordingId, { startMs, endMs: null }, choice);
}

/** Retranscribes a range of a recording, with these options; the text around it is kept. */
export function retranscribe(recordingId: string, range: JobRange, choice: TranscriptionChoice): void {
  attempt(() => request('jobs.retranscribe', { recordingId, range, choice }));
}

function where(ids: readonly string[], test: (recording: RecordingView) => boolean): string[] {
  const { recordings } = useLibrary.getState();
  return ids.filter((id) => {
    const recording = recordings.get(id);
    return recording !== undefined && test(recording);
  });
}
