import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../src/contract/errors.ts';
import { appErrorOf } from '../../lib/client.ts';
import { useApp } from '../../stores/app.ts';
import { useCaptureOf, useLiveTexts } from '../../stores/captures.ts';
import { useFinalTranscripts } from '../../stores/final-transcripts.ts';
import { useLibrary } from '../../stores/library.ts';
import { exportRecordings, showOverlay } from '../../stores/navigation.ts';
import { transcriptOpened } from '../../stores/open-transcript.ts';
import { attempt, tellError } from '../../stores/toasts.ts';
import { assembleTranscript, type OpenTranscript } from './assemble-transcript.ts';
import { useOpeningFocus } from './editor/use-opening-focus.ts';
import { goToSegment } from './playback/go-to.ts';
import { fetchTranscript } from './sync/fetch-transcript.ts';

/** A transcript that is being opened. */
export interface OpeningTranscript {
  readonly transcript: OpenTranscript | null;
  readonly error: AppError | null;
  readonly retry: () => void;
}

/** Opens a transcript into an element while the component is mounted. */
export function useOpenedTranscript(
  parent: RefObject<HTMLElement | null>,
  { recordingId, segmentId, play }: { recordingId: string; segmentId: string | null; play: boolean },
): OpeningTranscript {
  const { t } = useTranslation(['transcript', 'rerun', 'record', 'checking', 'citing']);
  const [opened, setOpened] = useState<{ transcript: OpenTranscript | null; error: AppError | null }>(
    NOTHING,
  );
  const [attempts, setAttempts] = useState(0);

  // Closing reads the view state from the page: a layout effect ends before the page is removed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens anew; another language does not
  useLayoutEffect(() => {
    let transcript: OpenTranscript | null = null;
    let isGone = false;
    const open = async () => {
      const answer = await fetchTranscript(recordingId);
      if (isGone || parent.current === null) return;
      transcript = assembleTranscript({
        parent: parent.current,
        opened: answer,
        t,
        showDoubts: useApp.getState().state?.settings.showDoubts ?? true,
        onError: tellError,
        onExport: () => exportRecordings([recordingId]),
        onVersions: () => showOverlay({ kind: 'versions', recordingId }),
        onPseudonyms: (text) => showOverlay({ kind: 'pseudonyms', recordingId, text }),
        attempt,
        onRetranscribe: (choices) => showOverlay({ kind: 'rerun', recordingId, choices }),
      });
      setOpened({ transcript, error: null });
      transcript.begin(answer.value.place, segmentId, play);
    };
    open().catch((thrown: unknown) => {
      if (!isGone) setOpened({ transcript: null, error: appErrorOf(thrown) });
    });
    return () => {
      isGone = true;
      transcript?.close();
      setOpened(NOTHING);
    };
  }, [recordingId, attempts]);

  const { transcript, error } = opened;
  useOpeningFocus(transcript?.editor ?? null);
  useEffect(() => transcript?.speak(t), [transcript, t]);
  useEffect(() => {
    if (segmentId !== null && transcript !== null)
      goToSegment(transcript.editor, transcript.playback, segmentId, play);
  }, [transcript, segmentId, play]);
  useFollowing(transcript, recordingId);
  useLiveText(transcript, recordingId);
  return { transcript, error, retry: () => setAttempts((count) => count + 1) };
}

/** Shows what is being recorded, and the whole recording once it is. */
function useLiveText(transcript: OpenTranscript | null, recordingId: string): void {
  const isBeingRecorded = useCaptureOf(recordingId) !== null;
  const isImporting = useLibrary(({ recordings }) => recordings.get(recordingId)?.state === 'importing');
  useEffect(() => {
    if (transcript === null || !isBeingRecorded) return;
    const show = () => transcript.live.show(useLiveTexts.getState().texts[recordingId] ?? null);
    show();
    const stop = useLiveTexts.subscribe(({ texts }, { texts: before }) => {
      if (texts[recordingId] !== before[recordingId]) show();
    });
    return () => {
      stop();
      transcript.live.show(null);
    };
  }, [transcript, isBeingRecorded, recordingId]);

  // Offered only: without them the text is whole all the same.
  const final = useFinalTranscripts((store) => store.made[recordingId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a final transcript has just kept some
  useEffect(() => {
    if (transcript !== null && !isBeingRecorded) transcript.keptEdits.load().catch(() => undefined);
  }, [transcript, isBeingRecorded, final]);

  useEffect(() => {
    if (transcript === null) return;
    const load = () => transcript.applied.load().catch(() => undefined);
    void load();
    return window.voicesync.subscribe(({ event }) => {
      if (event.type === 'textCorrected' && event.recordingId === recordingId) void load();
    });
  }, [transcript, recordingId]);

  // Twice after a recording: when it has ended, and when all of it can be played.
  const state = `${isBeingRecorded} ${isImporting}`;
  const opened = useRef({ transcript, state });
  useEffect(() => {
    const { current: before } = opened;
    opened.current = { transcript, state };
    if (transcript !== null && before.transcript === transcript && before.state !== state && !isBeingRecorded)
      transcript.reload();
  }, [transcript, state, isBeingRecorded]);
}

const NOTHING = { transcript: null, error: null };

/** Syncs an open transcript with settings, its job and the window. */
function useFollowing(transcript: OpenTranscript | null, recordingId: string): void {
  const showDoubts = useApp(({ state }) => state?.settings.showDoubts ?? true);
  useEffect(() => transcript?.doubts.show(showDoubts), [transcript, showDoubts]);

  const spelling = useApp(({ state }) => state?.settings.spelling ?? false);
  const english = useApp(({ state }) => state?.settings.english ?? 'us');
  useEffect(() => transcript?.spelling.set(spelling, english), [transcript, spelling, english]);

  // The end of the job completes the text's facts.
  const isRunning = useLibrary(({ recordings }) => recordings.get(recordingId)?.job?.state === 'running');
  useEffect(() => {
    if (transcript === null || isRunning || transcript.sync.store.getState().facts.complete) return;
    void transcript.sync.reopen();
  }, [transcript, isRunning]);

  useEffect(() => {
    if (transcript === null) return;
    transcriptOpened({
      askAgain: () => transcript.act('again'),
      setMarker: transcript.setMarker,
      showSpeakers: () => transcript.who.open(),
      insertSnippet: transcript.insertSnippet,
      showPseudonyms: () => transcript.act('pseudonyms'),
      showChecked: () => transcript.act('checked'),
      playUnheard: () => transcript.act('nextUnheard'),
      goToCitation: () => transcript.act('goToCitation'),
      copyCitation: () => transcript.act('copyCitation'),
    });
    return () => transcriptOpened(null);
  }, [transcript]);

  useEffect(() => {
    if (transcript === null) return;
    const keep = () => transcript.keep();
    const keepIfHidden = () => document.visibilityState === 'hidden' && transcript.keep();
    window.addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', keepIfHidden);
    return () => {
      window.removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', keepIfHidden);
    };
  }, [transcript]);
}
