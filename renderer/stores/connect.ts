import type { CaptureView } from '../../src/contract/capture.ts';
import { isCapturing, isOpening, isRecording } from '../../src/contract/capture-states.ts';
import { AppError } from '../../src/contract/errors.ts';
import type { AppEvent } from '../../src/contract/ipc.ts';
import { request, snapshot } from '../lib/client.ts';
import { EventMirror } from '../lib/event-mirror.ts';
import { clockLength } from '../lib/format.ts';
import { translate } from '../lib/i18n.ts';
import { takeAppState, useApp } from './app.ts';
import { clearArrivals, noteArrival } from './arrivals.ts';
import { clearArriving, hasArrived } from './arriving.ts';
import {
  clearCaptures,
  takeCapture,
  takeCaptureLevel,
  takeCaptures,
  takeCommitted,
  takeLiveText,
  useCaptures,
} from './captures.ts';
import { tellText } from './existing-texts.ts';
import { clearFinalTranscripts, takeFinalTranscript } from './final-transcripts.ts';
import { clearImports, takeImportOutcome, takeLeftOut, takeRejections } from './imports.ts';
import { clearJobs, takeFinishedWords, takeJobEvent } from './jobs.ts';
import { clearLibrary, takeLibrary, takeLibraryChange, useLibrary } from './library.ts';
import { clearListViews } from './list-views.ts';
import { clearMatterDraft, takeMatterDraft } from './matter-draft.ts';
import { clearMatters, takeMatters } from './matters.ts';
import { clearModelTrial, takeModelTrial } from './model-trial.ts';
import { clearModels, takeModelCopying, takeModels } from './models.ts';
import {
  clearNavigation,
  openTranscript,
  type Route,
  resumeAt,
  showOverlay,
  useNavigation,
} from './navigation.ts';
import { loadUnfinished, startRecording } from './recording-actions.ts';
import { tellKeptBefore, tellRenewal } from './renewals.ts';
import { askOfRetention, clearRetention } from './retention.ts';
import { clearSnippets, loadSnippets } from './snippets.ts';
import { attempt, clearToasts, say, tellError } from './toasts.ts';
import { clearUsualLanguages, loadUsualLanguages } from './usual-languages.ts';

const app = new EventMirror((event) => {
  if (event.type === 'stateChanged') takeAppState(event.state);
});
const library = new EventMirror((event) => {
  if (event.type !== 'libraryChanged') return;
  const { recordings: before } = useLibrary.getState();
  takeLibraryChange(event.changed, event.removed);
  for (const { id, name } of event.changed) if (!before.has(id)) hasArrived(name);
});
const matters = new EventMirror((event) => {
  if (event.type === 'mattersChanged') takeMatters(event.matters);
});
const models = new EventMirror((event) => {
  if (event.type === 'modelsChanged') takeModels(event.models);
});
const rejections = new EventMirror((event) => {
  if (event.type === 'rejectionsChanged') takeRejections(event.rejected);
});
const leftOut = new EventMirror((event) => {
  if (event.type === 'leftOutChanged') takeLeftOut(event.notes);
});
const captures = new EventMirror((event) => {
  if (event.type === 'captureChanged') takeCaptureChange(event.capture);
});

/** Connects the stores with the main process for the window's lifetime. Throws AppErrors. */
export async function connectStores(): Promise<void> {
  window.voicesync.subscribe((numbered) => {
    for (const mirror of [app, library, matters, models, rejections, leftOut, captures])
      mirror.take(numbered);
    takePassingEvent(numbered.event);
  });
  useApp.subscribe(({ state }, { state: before }) => {
    const isOpen = state?.phase === 'open';
    if (isOpen === (before?.phase === 'open')) return;
    if (!isOpen) return clearVaultStores();
    if (state.here !== null) resumeAt(state.here);
    fillVaultStores().catch((thrown: unknown) => tellError(thrown));
  });
  useNavigation.subscribe((now, before) => {
    if (now.route === before.route && now.settingsSection === before.settingsSection) return;
    if (useApp.getState().state?.phase === 'open') noteWhere(now.route, now.settingsSection);
  });
  const first = await snapshot('app.state');
  takeAppState(first.value);
  app.begin(first.sequence);
  const { afterFailure } = await request('app.begun');
  if (afterFailure) say(translate('cameBack'));
}

/** A page that replaces this one starts at its route; without a report, it starts in the library. */
function noteWhere(route: Route, section: string | null): void {
  const here = route.screen === 'settings' ? { ...route, section } : route;
  request('app.here', here).catch(() => undefined);
}

/** Progress and arrivals are events and are never part of a snapshot. */
function takePassingEvent(event: AppEvent): void {
  if (event.type === 'modelCopying') takeModelCopying(event.name, event.copiedBytes / event.totalBytes);
  if (event.type === 'modelTrial') takeModelTrial(event.trial);
  if (event.type === 'filesHandedOver') takeImportOutcome(event.outcome);
  if (event.type === 'handOverOffered') showOverlay({ kind: 'receiveMatter', offered: event });
  if (event.type === 'programFailed') tellError(new AppError('internal.unexpected', {}));
  if (event.type === 'keptBefore') tellKeptBefore(event.versionNumber);
  if (event.type === 'recordingWished') attempt(() => startRecording());
  if (event.type === 'captureLevel') takeCaptureLevel(event.level);
  if (event.type === 'liveText') takeLiveText(event.text);
  if (event.type === 'segmentsArrived') takeArrivedWords(event);
  if (event.type !== 'core') return;
  takeJobEvent(event.event);
  if (event.event.type === 'rangeRetranscribed') tellRenewal(event.event);
  if (event.event.type === 'textAligned') tellText(event.event);
  if (event.event.type === 'finalTranscribed') takeFinalTranscript(event.event);
  if (event.event.type !== 'recordingAdded') return;
  const { recordingId } = event.event;
  // A recording being retranscribed has long been stored.
  if (!useLibrary.getState().recordings.has(recordingId)) noteArrival(recordingId);
}

function takeArrivedWords({
  jobId,
  recordingId,
  segments,
}: Extract<AppEvent, { type: 'segmentsArrived' }>): void {
  if (jobId !== null) takeFinishedWords(jobId, segments.at(-1)?.text ?? '');
  else for (const { text } of segments) takeCommitted(recordingId, text);
}

/**
 * Shows a session as soon as it records, which may be some time before its start is answered; one that was started from
 * elsewhere only where nobody reads a text. Says how one has ended.
 */
function takeCaptureChange(capture: CaptureView): void {
  const { captures: known, isStarting } = useCaptures.getState();
  const before = known.get(capture.id);
  takeCapture(capture);
  const isRunning = isCapturing(capture.state);
  const hasBegun = isRecording(capture.state) && (before === undefined || isOpening(before.state));
  if (hasBegun && (isStarting || useNavigation.getState().route.screen === 'library'))
    openTranscript(capture.recordingId);
  if (before === undefined || isRunning || !isCapturing(before.state)) return;
  if (capture.warnings.includes('finalTranscriptFailed'))
    say(translate('record:finalTranscriptFailed', { name: capture.name }));
  if (capture.state === 'broken') loadUnfinished().catch(() => undefined);
  // On its own screen the text itself shows it.
  else if (capture.durationMs > 0 && !isTextOf(capture.recordingId))
    say(translate('record:stored', { name: capture.name, length: clockLength(capture.durationMs) }));
}

function isTextOf(recordingId: string): boolean {
  const { route } = useNavigation.getState();
  return route.screen === 'transcript' && route.recordingId === recordingId;
}

async function fillVaultStores(): Promise<void> {
  const fill = async <T>(
    ask: Promise<{ value: T; sequence: number }>,
    take: (value: T) => void,
    mirror: EventMirror,
  ): Promise<void> => {
    const { value, sequence } = await ask;
    take(value);
    mirror.begin(sequence);
  };
  const [draft] = await Promise.all([
    request('matters.draft'),
    fill(snapshot('library.list'), takeLibrary, library),
    fill(snapshot('matters.list'), takeMatters, matters),
    fill(snapshot('models.list'), takeModels, models),
    fill(snapshot('library.rejections'), takeRejections, rejections),
    fill(snapshot('library.leftOut'), takeLeftOut, leftOut),
    fill(snapshot('captures.list'), takeCaptures, captures),
    loadUnfinished(),
    loadSnippets(),
    loadUsualLanguages(),
  ]);
  if (draft !== null) takeMatterDraft(draft);
  await askOfRetention();
}

function clearVaultStores(): void {
  for (const mirror of [library, matters, models, rejections, leftOut, captures]) mirror.reset();
  clearLibrary();
  clearMatters();
  clearMatterDraft();
  clearModels();
  clearModelTrial();
  clearJobs();
  clearArrivals();
  clearArriving();
  clearImports();
  clearCaptures();
  clearFinalTranscripts();
  clearRetention();
  clearSnippets();
  clearUsualLanguages();
  clearToasts();
  clearListViews();
  clearNavigation();
}
